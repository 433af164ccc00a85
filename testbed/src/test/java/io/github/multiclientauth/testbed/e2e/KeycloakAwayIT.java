package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.testbed.facade.FacadeServer;
import io.github.multiclientauth.testbed.launch.Ports;
import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.proof.Cookie;
import io.github.multiclientauth.testbed.proof.SignIn;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.provider.Person;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A facade that starts before Keycloak, loses the connection later, and runs longer than its list is valid. */
@EndToEnd
class KeycloakAwayIT {

    private static final String CLIENT_ID = "lonely";
    private static final String LOG = "facade-keycloak-away.log";

    /** Long enough for a busy machine between cutting the connection and checking, short enough to wait for. */
    private static final Duration KEEP_FOR = Duration.ofSeconds(30);

    /** While Keycloak is unreachable, the facade polls less often, but at least twice a minute. */
    private static final Duration LONGEST = KEEP_FOR.plusMinutes(2);

    /** Far more than the facade's own requests in that time. */
    private static final int FLOOD = 1000;

    private final Chain chain;
    private final Person person;
    private final Visitor visitor;
    private LineToKeycloak line;
    private FacadeServer facade;
    private Path log;
    private Origin application;

    KeycloakAwayIT(Chain chain) {
        this.chain = chain;
        this.person = chain.somebody();
        this.visitor = chain.visitor();
    }

    @BeforeEach
    void start_a_facade_without_keycloak() throws IOException {
        Ports ports = Ports.free();
        application = new Origin("http", "localhost", ports.facade());
        chain.administrator().createPlainClient(CLIENT_ID, MadeClient.application(application));
        chain.administrator().optIn(CLIENT_ID);
        line = new LineToKeycloak(chain.keycloak().port(), ports.keycloak());
        log = chain.logs().resolve(LOG);
        facade = OwnFacade.launch(
                chain,
                ports,
                chain.secrets().facadeAccount(),
                Map.of(
                        "MCA_DIRECTORY_KEEP_FOR", KEEP_FOR.toString(),
                        "MCA_DIRECTORY_POLL_INTERVAL", "PT2S",
                        "JAVA_TOOL_OPTIONS", line.jvmOptions()),
                LOG);
        facade.awaitStart(passed -> {});
    }

    @AfterEach
    void stop() {
        if (facade != null) {
            facade.close();
        }
        line.close();
        chain.administrator().deleteClient(CLIENT_ID);
    }

    // Slow: the list of applications has to expire, and a busy machine needs time before it does.
    @Test
    @Timeout(value = 9, unit = TimeUnit.MINUTES)
    void waits_for_keycloak_serves_its_list_during_an_outage_gives_up_and_recovers() throws Exception {
        Soon.see(this::readiness, ready -> ready.problem().contains("Keycloak cannot be reached (mca.issuer)"));
        assertThat(readiness().status()).isEqualTo(503);
        assertThat(readiness().confirmedAt()).isEmpty();
        assertThat(visitor.get(at("session")).status()).isEqualTo(503);
        assertThat(visitor.get(at("session")).body()).isEqualTo("null");
        floodWithUnknownOrigins();
        assertThat(line.asked()).isEmpty();

        line.restore();
        Soon.see(LONGEST, this::readiness, ready -> ready.status() == 200);
        assertThat(readiness().problem()).isEmpty();
        signIn(visitor, person);
        Auth auth = new Auth(visitor, application);
        assertThat(auth.session().path("user").path("email").asText()).isEqualTo(person.email());
        Visitor gone = chain.visitor();
        Auth leaving = new Auth(gone, application);
        Person leaver = chain.somebody();
        signIn(gone, leaver);
        String leaverId = leaving.session().path("user").path("id").asText();
        Visitor late = chain.visitor();
        Answer atTheProvider = new SignIn(late, application).start();
        floodWithUnknownOrigins();
        assertThat(line.asked()).hasSizeLessThan(FLOOD / 2);

        line.cut();
        assertThat(readiness().status()).as("with the list that it has").isEqualTo(200);
        assertThat(auth.session().isNull()).isFalse();
        List<Cookie> copies = leaving.cookies();
        assertThat(leaving.signOut().location()).hasValue(URI.create(application + "/"));
        assertThat(leaving.cookies()).extracting(Cookie::name).noneMatch(name -> name.endsWith("session-token"));
        copies.forEach(gone.cookies()::put);
        assertThat(leaving.session().isNull()).as("a copy of the cookies").isTrue();
        assertThat(chain.administrator().sessions(leaverId)).hasSize(1);
        Answer end = late.follow(late.press(atTheProvider, "button[name=login][value=" + person.login() + "]"));
        assertThat(ErrorAddress.plain(end.address())).isEqualTo(at("error?error=Configuration"));
        assertThat(end.status()).isEqualTo(503);
        assertThat(end.body()).contains("The sign-in service does not answer at the moment");
        assertThat(Files.readString(log))
                .containsPattern("MCA00224: \\[[0-9A-Z]+\\] Callback for lonely refused: .*Connect");
        int askedBefore = line.asked().size();
        floodWithUnknownOrigins();
        assertThat(line.asked()).hasSize(askedBefore);

        Readiness given = Soon.see(LONGEST, this::readiness, ready -> ready.status() == 503);
        assertThat(given.problem()).contains("Keycloak cannot be reached (mca.issuer)");
        assertThat(given.confirmedAt()).as("how old the list is").isNotEmpty();
        assertThat(Files.readString(log)).contains("MCA00254");
        assertThat(visitor.get(at("session")).status()).isEqualTo(503);
        Answer page = visitor.get(at("signin"), "Accept", "text/html");
        assertThat(page.status()).isEqualTo(503);
        assertThat(page.body()).contains("Sign-in is not available at the moment");

        line.restore();
        Soon.see(LONGEST, this::readiness, ready -> ready.status() == 200);
        assertThat(auth.session().isNull()).as("who was signed in").isFalse();
        Soon.see(LONGEST, () -> chain.administrator().sessions(leaverId), JsonNode::isEmpty);
        assertThat(Files.readString(log)).contains("MCA00240").contains("MCA00233");
        Visitor next = chain.visitor();
        assertThat(new SignIn(next, application).start().status()).isEqualTo(200);
        assertThat(Files.readString(log)).contains("MCA00253");

        assertThat(List.copyOf(line.asked()))
                .as("the facade asks for what it needs, and for nothing that strangers name")
                .allMatch(path -> path.startsWith("/realms/multi-client-auth/"))
                .noneMatch(path -> path.contains("unknown"));
    }

    /** The facade's readiness. */
    private record Readiness(int status, String problem, String confirmedAt) {}

    private Readiness readiness() throws IOException {
        Answer answer = new Visitor().get(facade.health());
        for (JsonNode check : new ObjectMapper().readTree(answer.body()).path("checks")) {
            if (check.path("name").asText().equals("directory")) {
                JsonNode data = check.path("data");
                return new Readiness(
                        answer.status(),
                        data.path("problem").asText(),
                        data.path("confirmedAt").asText());
            }
        }
        throw new AssertionError("Nothing is said of the directory: " + answer.body());
    }

    private void signIn(Visitor who, Person as) {
        Answer page = new SignIn(who, application).start();
        who.follow(who.press(page, "button[name=login][value=" + as.login() + "]"));
    }

    /** Sends requests with different host names over a few connections, as an attacker would. */
    private void floodWithUnknownOrigins() throws IOException {
        int perConnection = 100;
        for (int connection = 0; connection < FLOOD / perConnection; connection++) {
            StringBuilder requests = new StringBuilder();
            for (int i = 0; i < perConnection; i++) {
                requests.append("GET /api/auth/signin/github HTTP/1.1\r\nHost: unknown-")
                        .append(connection * perConnection + i)
                        .append(".example\r\n")
                        .append(i == perConnection - 1 ? "Connection: close\r\n\r\n" : "\r\n");
            }
            try (Socket socket = new Socket("127.0.0.1", application.port())) {
                socket.getOutputStream().write(requests.toString().getBytes(StandardCharsets.ISO_8859_1));
                String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
                assertThat(answers.split("HTTP/1\\.1 (400|503) ", -1)).hasSize(perConnection + 1);
            }
        }
    }

    private URI at(String action) {
        return URI.create(application + "/api/auth/" + action);
    }
}
