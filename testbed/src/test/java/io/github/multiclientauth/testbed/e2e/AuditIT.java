package io.github.multiclientauth.testbed.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.testbed.facade.FacadeServer;
import io.github.multiclientauth.testbed.launch.Ports;
import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.proof.SignIn;
import io.github.multiclientauth.testbed.proof.TokenCanary;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.provider.Person;
import io.github.multiclientauth.testbed.web.Parameters;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The audit stream of a facade with a real Keycloak. {@link LogsIT} looks for secrets in it.
 *
 * <p>Slow: it starts facades of its own.
 */
@EndToEnd
class AuditIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CLIENT_ID = "audited";
    private static final String CLIENT_SECRET = UUID.randomUUID().toString();
    private static final String API = "an-audited-api";

    @RegisterExtension
    static final Started STARTED = new Started();

    private static Chain chain;
    private static KeycloakAdministrator administrator;
    private static Origin application;
    private static Path stream;
    private static JsonSchema schema;

    private final Visitor visitor = chain.visitor();
    private final Auth auth = new Auth(visitor, application);
    private final Person person = chain.somebody();
    private int before;

    @BeforeAll
    static void start_a_facade_with_an_audit_stream(Chain running) throws Exception {
        chain = running;
        administrator = chain.administrator();
        schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(JSON.readTree(
                        Path.of("..", "docs", "reference", "audit.schema.json").toFile()));
        // LogsIT reads all files with this ending.
        stream = chain.logs().resolve("audit-stream.log");
        Files.deleteIfExists(stream);
        Ports ports = Ports.free();
        application = new Origin("http", "localhost", ports.facade());
        administrator.createPlainClient(API, JSON.createObjectNode().put("publicClient", true));
        STARTED.add(() -> administrator.deleteClient(API));
        STARTED.add(OwnFacade.start(
                chain,
                ports,
                Map.of(
                        "MCA_AUDIT_ENABLED",
                        "true",
                        "MCA_AUDIT_FILE",
                        stream.toString(),
                        "MCA_AUDIT_INSTANCE",
                        "facade-of-the-test",
                        "MCA_CLIENTS_AUDITED_SECRET",
                        CLIENT_SECRET),
                "facade-audit.log"));

        ObjectNode settings = MadeClient.application(application).put("publicClient", false);
        settings.putArray("protocolMappers").add(MadeClient.audience(API)).add(MadeClient.apiAccess(API, ""));
        administrator.createClient(CLIENT_ID, CLIENT_SECRET, settings);
        STARTED.add(() -> administrator.deleteClient(CLIENT_ID));
        Visitor nobody = chain.visitor();
        Soon.see(() -> nobody.get(at("providers")).status(), status -> status == 200);
    }

    @BeforeEach
    void forget_what_was_before() throws IOException {
        before = lines().size();
    }

    /** Whatever a test has caused. */
    @AfterEach
    void every_line_is_of_the_schema_and_has_no_token() throws IOException {
        assertThat(Files.readAllLines(stream)).isNotEmpty().allSatisfy(line -> {
            assertThat(schema.validate(JSON.readTree(line))).as(line).isEmpty();
            assertThat(TokenCanary.in(line)).isEmpty();
        });
    }

    private static URI at(String action) {
        return URI.create(application + "/api/auth/" + action);
    }

    private static List<JsonNode> lines() throws IOException {
        return Files.readAllLines(stream).stream()
                .map(line -> {
                    try {
                        return JSON.readTree(line);
                    } catch (IOException e) {
                        throw new AssertionError(line, e);
                    }
                })
                .toList();
    }

    /** What this test has caused, without the ends of sessions at Keycloak, which other tests cause, too. */
    private List<JsonNode> written() throws IOException {
        return lines().stream()
                .skip(before)
                .filter(line -> line.path("application").asText().equals(CLIENT_ID))
                .toList();
    }

    private JsonNode one(String event, String outcome) throws IOException {
        List<JsonNode> found = written().stream()
                .filter(line -> line.path("event").asText().equals(event)
                        && line.path("outcome").asText().equals(outcome))
                .toList();
        assertThat(found).as("%s, %s in %s", event, outcome, written()).hasSize(1);
        return found.get(0);
    }

    private static JsonNode event(JsonNode events, Predicate<JsonNode> which) {
        for (JsonNode each : events) {
            if (which.test(each)) {
                return each;
            }
        }
        throw new AssertionError("No such event in " + events);
    }

    private static Predicate<JsonNode> ofType(String type) {
        return each -> each.path("type").asText().equals(type);
    }

    /** As docs/how-to/audit.md says it to administrators. */
    private static String hash(String sid) throws IOException {
        Process shell = new ProcessBuilder("sh", "-c", "printf %s " + sid + " | sha256sum | cut -c1-32").start();
        return new String(shell.getInputStream().readAllBytes(), UTF_8).strip();
    }

    private HttpResponse<String> token(String secret) {
        String cookies = auth.cookies().stream()
                .map(cookie -> cookie.name() + "=" + cookie.value())
                .collect(Collectors.joining("; "));
        HttpRequest request = HttpRequest.newBuilder(at("token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Cookie", cookies)
                .POST(BodyPublishers.ofString(
                        Parameters.encode(Map.of("client_id", CLIENT_ID, "client_secret", secret))))
                .build();
        return HttpClient.newHttpClient()
                .sendAsync(request, BodyHandlers.ofString())
                .join();
    }

    @Test
    void follows_a_session_to_its_end_and_keycloaks_events_have_its_origin() throws Exception {
        String user = new SignIn(visitor, application)
                .as(person.login())
                .path("user")
                .path("id")
                .asText();
        assertThat(token(CLIENT_SECRET).statusCode()).isEqualTo(200);
        assertThat(token(CLIENT_SECRET).statusCode()).as("the same token again").isEqualTo(200);
        for (int i = 0; i < 10; i++) {
            auth.session();
        }
        auth.signOut();

        List<JsonNode> written = written();
        assertThat(written)
                .extracting(
                        line -> line.path("event").asText(),
                        line -> line.path("outcome").asText())
                .containsExactly(
                        tuple("sign_in", "success"), tuple("access_token", "success"), tuple("sign_out", "success"));
        JsonNode events = Soon.see(
                () -> administrator.get("/events?client=" + CLIENT_ID + "&user=" + user),
                saved -> saved.findValuesAsText("type").containsAll(List.of("LOGIN", "TOKEN_EXCHANGE", "LOGOUT")));
        JsonNode login = event(events, ofType("LOGIN"));
        String session = hash(login.path("sessionId").asText());
        assertThat(written).allSatisfy(line -> {
            assertThat(line.path("userId").asText()).isEqualTo(user);
            assertThat(line.path("session").asText()).isEqualTo(session);
            assertThat(line.path("origin").asText()).isEqualTo(application.toString());
            assertThat(line.path("provider").asText()).isEqualTo("github");
            assertThat(line.path("clientAddress").asText()).isEqualTo("127.0.0.1");
            assertThat(line.path("instance").asText()).isEqualTo("facade-of-the-test");
            assertThat(line.toString()).doesNotContain(person.login());
        });
        for (String type : List.of("LOGIN", "TOKEN_EXCHANGE", "LOGOUT")) {
            assertThat(event(events, ofType(type))
                            .path("details")
                            .path("client_origin")
                            .asText())
                    .as("%s in %s", type, events)
                    .isEqualTo(application.toString());
        }
    }

    /** Single sign-on: Keycloak asks the person for nothing. */
    @Test
    void keycloaks_event_of_a_single_sign_on_has_the_origin() throws Exception {
        String user = chain.atPortfolio(visitor)
                .as(person.login())
                .path("user")
                .path("id")
                .asText();
        new SignIn(visitor, application).start();

        assertThat(one("sign_in", "success").path("userId").asText()).isEqualTo(user);
        JsonNode login = event(administrator.get("/events?client=" + CLIENT_ID + "&user=" + user), ofType("LOGIN"));
        assertThat(login.path("details").path("client_origin").asText()).isEqualTo(application.toString());
    }

    @Test
    void has_what_is_refused() throws Exception {
        visitor.get(at("callback/github?code=canary-of-a-forged-code&state=canary-of-a-state"));
        visitor.get(at("signin/nowhere"));
        new SignIn(visitor, application).as(person.login());
        assertThat(token("wrong").statusCode()).isEqualTo(401);
        assertThat(token("wrong").body()).doesNotContain("eyJ");
        // The person takes the demand out of the address.
        URI toKeycloak = visitor.get(at("signin/github?acr_values=gold&callbackUrl=%2F"))
                .location()
                .orElseThrow();
        Map<String, String> query = new LinkedHashMap<>(Parameters.ofQuery(toKeycloak));
        assertThat(query.remove("acr_values")).isEqualTo("gold");
        Answer stepUp = visitor.browse(
                URI.create(Parameters.append(toKeycloak.toString().replaceFirst("\\?.*", ""), query)));
        assertThat(stepUp.address().toString()).contains("error=StepUpRequired");

        assertThat(written())
                .extracting(
                        line -> line.path("event").asText(),
                        line -> line.path("outcome").asText(),
                        line -> line.path("reason").asText())
                .containsExactly(
                        tuple("sign_in", "refused", "begun_elsewhere"),
                        tuple("sign_in", "refused", "provider_not_offered"),
                        tuple("sign_in", "success", ""),
                        tuple("access_token", "refused", "server_not_proved"),
                        tuple("access_token", "refused", "server_not_proved"),
                        tuple("step_up", "refused", "step_up_required"));
        assertThat(Files.readString(stream)).doesNotContain("canary", "nowhere");
    }

    @Test
    @FromKeycloak(value = "26.3", does = "lets an application ask for a link to another provider (kc_action=idp_link)")
    void has_a_linked_account() throws Exception {
        new SignIn(visitor, application).as(person.login());
        Answer page = visitor.browse(at("signin/github?kc_action=idp_link:google&callbackUrl=%2F"));
        Answer provider = visitor.follow(visitor.press(page, "#kc-continue"));
        visitor.follow(visitor.press(provider, "button[name=login][value=" + person.login() + "]"));

        JsonNode line = one("account_action", "success");
        assertThat(line.path("action").asText()).isEqualTo("idp_link:google");
        assertThat(line.path("session").asText())
                .isEqualTo(written().get(0).path("session").asText())
                .hasSize(32);
    }

    @Test
    void has_the_end_by_an_administrator_and_by_the_person() throws Exception {
        String user = new SignIn(visitor, application)
                .as(person.login())
                .path("user")
                .path("id")
                .asText();
        String session = one("sign_in", "success").path("session").asText();
        Visitor elsewhere = chain.visitor();
        new SignIn(elsewhere, application).as(person.login());
        new Auth(elsewhere, application).endSessions("others", "true");
        JsonNode ended = one("own_sessions_end", "success");
        assertThat(ended.path("endedSessions").path(0).asText()).isEqualTo(session);

        administrator.logOut(user);
        // Keycloak names the user, and not the sessions: the next read finds out.
        Soon.see(new Auth(elsewhere, application)::session, JsonNode::isNull);
        Soon.see(
                () -> lines().stream()
                        .skip(before)
                        .filter(line -> line.path("event").asText().equals("session_end"))
                        .map(line -> line.path("session").asText())
                        .toList(),
                sessions -> sessions.contains(ended.path("session").asText()));
    }

    @Test
    void has_what_an_administrator_changes() throws Exception {
        administrator.addMapper(CLIENT_ID, MadeClient.rule("github"));
        try {
            Soon.see(this::written, written -> !written.isEmpty());
        } finally {
            administrator.removeMapper(CLIENT_ID, "Allowed identity providers");
        }
        JsonNode line = written().get(0);
        assertThat(line.path("event").asText()).isEqualTo("application_changed");
        assertThat(line.path("providersRemoved").toString()).contains("google").doesNotContain("github");
        Soon.see(this::written, written -> written.size() == 2);
    }

    /** As in the container image. Other messages have another format, and fewer of them are written. */
    @Test
    void goes_to_standard_output_as_it_is_beside_other_messages_in_json() throws Exception {
        Ports ports = Ports.free();
        FacadeServer facade = OwnFacade.start(
                chain,
                ports,
                Map.of(
                        "MCA_AUDIT_ENABLED", "true",
                        "QUARKUS_LOG_CONSOLE_JSON_ENABLED", "true",
                        "QUARKUS_LOG_LEVEL", "WARN"),
                "facade-audit-stdout.log");
        facade.close();

        List<String> audited = Files.readAllLines(chain.logs().resolve("facade-audit-stdout.log")).stream()
                .filter(line -> line.startsWith("{\"schema\":1,"))
                .toList();
        assertThat(audited)
                .isNotEmpty()
                .allSatisfy(line -> assertThat(schema.validate(JSON.readTree(line)))
                        .as(line)
                        .isEmpty());
        assertThat(JSON.readTree(audited.get(0)).path("event").asText()).isEqualTo("facade_start");
    }
}
