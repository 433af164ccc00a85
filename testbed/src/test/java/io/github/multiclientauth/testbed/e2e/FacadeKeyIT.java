package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.testbed.Skipped;
import io.github.multiclientauth.testbed.facade.FacadeServer;
import io.github.multiclientauth.testbed.launch.Artifacts;
import io.github.multiclientauth.testbed.launch.Ports;
import io.github.multiclientauth.testbed.process.JavaChild;
import io.github.multiclientauth.testbed.process.WrongClock;
import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.proof.SignIn;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.provider.Person;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The clients of an application and of the facade's account expect a signed JWT, so there is no client secret. */
@EndToEnd
class FacadeKeyIT {

    private static final String CLIENT_ID = "with-a-key";
    private static final String DEMANDING = "demanding";
    private static final String ACCOUNT = "facade-with-a-key";

    /** Longer than the ten seconds after which Keycloak reads a client's keys again. */
    private static final Duration PUBLISH_FIRST = Duration.ofSeconds(15);

    @RegisterExtension
    static final Started STARTED = new Started();

    private static Chain chain;
    private static FacadeServer facade;
    private static Path keys;
    private static Path secrets;
    private static Origin application;
    private static Origin demanding;

    private final Person person = chain.somebody();
    private final Visitor visitor = chain.visitor();

    @BeforeAll
    static void start_a_facade_with_a_key(Chain running) throws IOException {
        chain = running;
        Artifacts artifacts = Artifacts.of(System.getProperties());
        Path directory = Files.createDirectories(artifacts.workDirectory().resolve("facade-key"));
        keys = directory.resolve("keys.json").toAbsolutePath();
        Files.deleteIfExists(keys);
        secrets = Files.createDirectories(directory.resolve("secrets-" + UUID.randomUUID()));
        Ports ports = Ports.free();
        // The facade itself at another host name. This test needs nothing else of an application.
        application = new Origin("http", "localhost", ports.facade());
        demanding = new Origin("http", "127.0.0.1", ports.facade());
        String jwks = "http://127.0.0.1:" + ports.facade() + "/api/auth/jwks.json";
        chain.administrator().createPlainClient(CLIENT_ID, client(application, jwks, false));
        chain.administrator().optIn(CLIENT_ID);
        ObjectNode demands = client(demanding, jwks, false);
        ((ObjectNode) demands.path("attributes"))
                .put("require.pushed.authorization.requests", "true")
                .put("dpop.bound.access.tokens", "true")
                .put("pkce.code.challenge.method", "S256");
        chain.administrator().createPlainClient(DEMANDING, demands);
        chain.administrator().optIn(DEMANDING);
        chain.administrator().createPlainClient(ACCOUNT, client(application, jwks, true));
        chain.administrator().mayViewClients(ACCOUNT);
        chain.administrator().mayAskAboutSessions(ACCOUNT);
        facade = STARTED.add(OwnFacade.ready(OwnFacade.launch(
                chain,
                ports,
                "",
                Map.of(
                        "MCA_CLIENT_KEY_FILE", keys.toString(),
                        "MCA_CLIENT_SECRETS_DIRECTORY", secrets.toAbsolutePath().toString(),
                        "MCA_CLIENT_KEY_PUBLISH_FIRST", PUBLISH_FIRST.toString(),
                        "MCA_DIRECTORY_CLIENT_ID", ACCOUNT),
                "facade-key.log")));
    }

    /** A restored snapshot of a virtual machine has such a clock. Its message must not blame the key. */
    @Test
    void a_wrong_clock_is_called_clock_skew() throws Exception {
        Path library = WrongClock.library()
                .orElseThrow(() -> Skipped.because(
                        "THE TESTS WITH A WRONG CLOCK",
                        "There is no libfaketime. On Debian: apt-get install libfaketime"));
        String log = "facade-wrong-clock.log";
        Map<String, String> settings = new HashMap<>(WrongClock.environment(library, "-10m"));
        settings.put("MCA_CLIENT_KEY_FILE", keys.toString());
        settings.put("MCA_DIRECTORY_CLIENT_ID", ACCOUNT);
        try (FacadeServer late = OwnFacade.launch(chain, Ports.free(), "", settings, log)) {
            Soon.see(
                    () -> Files.readString(chain.logs().resolve(log)),
                    text -> text.contains("The directory of applications cannot be read: clock skew: "));
            assertThat(late.process().isAlive()).isTrue();
        }
    }

    @AfterAll
    static void stop() {
        chain.administrator().deleteClient(CLIENT_ID);
        chain.administrator().deleteClient(DEMANDING);
        chain.administrator().deleteClient(ACCOUNT);
    }

    private static ObjectNode client(Origin origin, String jwks, boolean account) {
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        settings.put("publicClient", false)
                .put("clientAuthenticatorType", "client-jwt")
                .put("standardFlowEnabled", !account)
                .put("serviceAccountsEnabled", account);
        settings.putArray("webOrigins").add(origin.toString());
        settings.putArray("redirectUris").add(origin + "/api/auth/callback/*");
        settings.putObject("attributes")
                .put("use.jwks.url", "true")
                .put("jwks.url", jwks)
                .put("token.endpoint.auth.signing.alg", "ES256");
        return settings;
    }

    @Test
    void signs_in_confirms_sessions_and_signs_out() {
        livesThrough(application, CLIENT_ID);
    }

    /** FAPI 2.0 requires PAR and DPoP. */
    @Test
    void signs_in_and_out_at_a_client_that_requires_par_and_dpop() {
        Answer start = visitor.get(URI.create(demanding + "/api/auth/signin/github"));
        assertThat(start.location().orElseThrow().getRawQuery())
                .contains("request_uri=")
                .doesNotContain("client_origin", "kc_idp_hint", "code_challenge");

        livesThrough(demanding, DEMANDING);
    }

    private void livesThrough(Origin at, String clientId) {
        JsonNode session = signIn(visitor, at, person);
        assertThat(session.path("user").path("clientId").asText()).isEqualTo(clientId);
        assertThat(session.path("user").path("clientOrigin").asText()).isEqualTo(at.toString());
        String userId = session.path("user").path("id").asText();
        Auth auth = new Auth(visitor, at);

        assertThat(auth.update("{}").status()).as("Keycloak confirms it").isEqualTo(200);
        assertThat(auth.session().isNull()).isFalse();

        auth.signOut();
        assertThat(auth.session().isNull()).isTrue();
        assertThat(chain.administrator().sessions(userId)).isEmpty();
    }

    /** Kubernetes mounts a Secret as links into a folder that it replaces as a whole. */
    @Test
    void another_application_with_a_secret_needs_no_restart() throws Exception {
        String clientId = "second.app/" + UUID.randomUUID();
        Origin second = new Origin("http", "second.localhost", application.port());
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        settings.put("publicClient", false).put("standardFlowEnabled", true);
        settings.putArray("webOrigins").add(second.toString());
        settings.putArray("redirectUris").add(second + "/api/auth/callback/*");
        chain.administrator().createClient(clientId, UUID.randomUUID().toString(), settings);
        try (LocalNames names = new LocalNames(application.port())) {
            mount("..1", clientId, chain.administrator().clientSecret(clientId) + "\n");
            Files.createSymbolicLink(
                    secrets.resolve(clientId.replace("/", "%2F")), Path.of("..data", clientId.replace("/", "%2F")));
            Soon.see(
                    () -> new Visitor(names.client()).get(URI.create(second + "/api/auth/csrf")),
                    answer -> answer.status() == 200);
            assertThat(signIn(new Visitor(names.client()), second, person)
                            .path("user")
                            .path("clientId")
                            .asText())
                    .isEqualTo(clientId);

            mount("..2", clientId, chain.administrator().regenerateSecret(clientId));
            Soon.see(
                    () -> signIn(new Visitor(names.client()), second, chain.somebody()),
                    session -> session.path("user").path("clientId").asText().equals(clientId));
        } finally {
            chain.administrator().deleteClient(clientId);
        }
    }

    private static void mount(String version, String clientId, String secret) throws IOException {
        Path file = Files.createDirectory(secrets.resolve(version)).resolve(clientId.replace("/", "%2F"));
        Files.setPosixFilePermissions(Files.writeString(file, secret), PosixFilePermissions.fromString("r--------"));
        Files.move(
                Files.createSymbolicLink(secrets.resolve("..data_tmp"), Path.of(version)),
                secrets.resolve("..data"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    // Slow: Keycloak reads a client's keys every ten seconds, and the new key waits longer than that.
    @Test
    void a_new_key_takes_over_without_an_interruption() throws Exception {
        signIn(visitor, application, person);
        Auth auth = new Auth(visitor, application);
        Set<String> before = published();
        assertThat(before).hasSize(1);

        rotate();

        // The new key signs after the first of these times, and goes on for as long again.
        long end = System.nanoTime() + PUBLISH_FIRST.multipliedBy(2).toNanos();
        int confirmed = 0;
        while (System.nanoTime() < end) {
            assertThat(auth.update("{}").status()).isEqualTo(200);
            assertThat(auth.session().isNull())
                    .as("after %d confirmations", confirmed)
                    .isFalse();
            confirmed++;
            Thread.sleep(500);
        }
        assertThat(published()).hasSize(2).containsAll(before);
        assertThat(confirmed).isGreaterThan(20);
        Visitor another = chain.visitor();
        assertThat(signIn(another, application, chain.somebody()).isNull()).isFalse();
    }

    /** There is no page to return to, only the facade. */
    private static JsonNode signIn(Visitor visitor, Origin at, Person person) {
        Answer page = new SignIn(visitor, at).start();
        visitor.follow(visitor.press(page, "button[name=login][value=" + person.login() + "]"));
        return new Auth(visitor, at).session();
    }

    /** For platforms that keep the key themselves, before there is a facade. */
    @Test
    void a_key_can_be_made_without_a_facade_and_is_made_once() throws Exception {
        Path made = keys.resolveSibling("made-" + UUID.randomUUID() + ".json");

        assertThat(clientKey("create", made, 0)).startsWith("A key is in " + made);
        String content = Files.readString(made);
        assertThat(clientKey("create", made, 1)).contains("is there already", "rotate");

        assertThat(Files.readString(made)).isEqualTo(content);
        assertThat(new ObjectMapper().readTree(content).path("keys"))
                .hasSize(1)
                .allMatch(key -> key.has("d") && key.has("x5c"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                .isEqualTo("rw-------");
    }

    private static void rotate() throws IOException, InterruptedException {
        assertThat(clientKey("rotate", keys, 0)).startsWith("A new key is in ");
    }

    /** Runs a command about the file, and returns what it prints. */
    private static String clientKey(String name, Path file, int status) throws IOException, InterruptedException {
        ProcessBuilder command = new ProcessBuilder(List.of(
                JavaChild.java().toString(),
                "-jar",
                Artifacts.of(System.getProperties()).facadeJar().toString(),
                "client-key",
                name));
        command.environment().put("MCA_CLIENT_KEY_FILE", file.toString());
        Process process = command.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(output).isEqualTo(status);
        return output;
    }

    private static Set<String> published() throws IOException, InterruptedException {
        String text = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(facade.address() + "/api/auth/jwks.json"))
                                .build(),
                        BodyHandlers.ofString())
                .body();
        assertThat(text).doesNotContain("\"d\"");
        Set<String> ids = new HashSet<>();
        new ObjectMapper()
                .readTree(text)
                .path("keys")
                .forEach(key -> ids.add(key.path("kid").asText()));
        return ids;
    }
}
