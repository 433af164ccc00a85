package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.testbed.backend.ServerHome;
import io.github.multiclientauth.testbed.facade.FacadeServer;
import io.github.multiclientauth.testbed.keycloak.KeycloakBuild;
import io.github.multiclientauth.testbed.keycloak.KeycloakServer;
import io.github.multiclientauth.testbed.launch.Artifacts;
import io.github.multiclientauth.testbed.launch.Ports;
import io.github.multiclientauth.testbed.launch.Testbed;
import io.github.multiclientauth.testbed.process.JavaChild;
import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.proxy.TlsCertificate;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An administrator enforces Keycloak's profiles of FAPI 2.0 on all clients of the shipped realm: the application and the
 * facade's account. Nothing changes in the facade. Everything speaks TLS, as the profiles require.
 */
@Tag("zip")
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class FapiIT {

    private static final String APPLICATION = "portfolio";
    private static final String ACCOUNT = "multi-client-auth-facade";
    private static final String ADMINISTRATOR = "of-the-administrator-of-this-test";
    private static final String USER_PASSWORD = "of-a-user-of-this-test";

    private static final String ACCEPT = "[name=accept]";

    @RegisterExtension
    static final Started STARTED = new Started();

    private static Artifacts artifacts;
    private static Path logs;
    private static TlsCertificate certificate;
    private static Map<String, String> settings;
    private static URI issuer;
    private static Origin application;
    private static KeycloakAdministrator administrator;

    private final String user = "person-" + UUID.randomUUID();
    private final Visitor visitor = newVisitor();

    // Slow: a Keycloak with TLS is started for it.
    @BeforeAll
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    static void start_everything_with_tls() throws Exception {
        artifacts = Artifacts.of(System.getProperties());
        logs = Files.createDirectories(
                artifacts.workDirectory().resolve("logs").resolve("fapi").toAbsolutePath());
        certificate = TlsCertificate.create(logs, List.of("localhost"));
        Ports ports = Ports.free();
        application = new Origin("https", "localhost", ports.portfolio());
        String keycloakAddress = "https://localhost:" + ports.dashboard();
        issuer = URI.create(keycloakAddress + "/realms/" + KeycloakServer.REALM);
        Path keys = logs.resolve("keys.json");
        Files.deleteIfExists(keys);
        settings = Map.of(
                "MCA_CLIENT_KEY_FILE", keys.toString(),
                "MCA_KEYCLOAK_TRUSTED_CERTIFICATES",
                        certificate.certificateFile().toString(),
                "MCA_DIRECTORY_POLL_INTERVAL", "1S",
                "QUARKUS_HTTP_SSL_CERTIFICATE_FILES",
                        certificate.certificateFile().toString(),
                "QUARKUS_HTTP_SSL_CERTIFICATE_KEY_FILES", certificate.keyFile().toString(),
                "QUARKUS_HTTP_SSL_PORT", Integer.toString(ports.portfolio()));
        // As in docs/how-to/fapi-2.md: Keycloak trusts the certificate of the facade's key.
        Path facadeCertificate = logs.resolve("facade.pem");
        run(facadeCertificate, "client-key", "certificate");
        String lifeline = JavaChild.lifelineOption(artifacts.workDirectory().resolve("lifeline"));
        KeycloakServer keycloak = STARTED.add(KeycloakServer.start(
                KeycloakBuild.of(
                        ServerHome.extended(artifacts),
                        artifacts.extensionJar(),
                        logs.resolve("keycloak-build.log"),
                        lifeline,
                        passed -> {}),
                new KeycloakServer.Settings(
                        ports.keycloak(),
                        artifacts.realmFile(),
                        Map.of(
                                "PORTFOLIO_ORIGIN",
                                application.toString(),
                                "DASHBOARD_ORIGIN",
                                "https://dashboard.example"),
                        List.of(
                                "--hostname=" + keycloakAddress,
                                "--https-port=" + ports.dashboard(),
                                "--https-certificate-file=" + certificate.certificateFile(),
                                "--https-certificate-key-file=" + certificate.keyFile(),
                                "--truststore-paths=" + certificate.certificateFile() + "," + facadeCertificate),
                        KeycloakServer.SHORT_LIVED,
                        ADMINISTRATOR,
                        logs.resolve("keycloak.log")),
                lifeline));
        FacadeServer facade = STARTED.add(FacadeServer.start(
                artifacts.facadeJar(),
                new FacadeServer.Settings(
                        ports.facade(),
                        ports.facadeManagement(),
                        issuer,
                        UUID.randomUUID() + "-" + UUID.randomUUID(),
                        "",
                        Map.of(),
                        settings,
                        logs.resolve("facade.log")),
                lifeline));
        keycloak.awaitReady(passed -> {});
        administrator = new KeycloakAdministrator(keycloak.address(), ADMINISTRATOR);
        // Nobody serves it, and the doctor would say so.
        administrator.deleteClient("dashboard");
        // FAPI 2.0 allows a minute. Only the way through one redirect counts.
        administrator.updateRealm(JsonNodeFactory.instance.objectNode().put("accessCodeLifespan", 5));
        facade.awaitReady(passed -> {});
    }

    /** The profiles of this Keycloak: with certificates, and from Keycloak 26.4 on with DPoP. */
    static Stream<String> profiles() {
        return KeycloakIsNewEnough.is("26.4")
                ? Stream.of("fapi-2-security-profile", "fapi-2-dpop-security-profile")
                : Stream.of("fapi-2-security-profile");
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void a_profile_is_enforced_on_clients_as_they_are(String profile) throws Exception {
        enforce(profile);

        livesThrough();
    }

    /** When the console saves a client, the profile changes the client's settings. */
    @ParameterizedTest
    @MethodSource("profiles")
    void a_profile_changes_the_clients_settings(String profile) throws Exception {
        enforce(profile);
        save(APPLICATION);
        save(ACCOUNT);
        JsonNode attributes = client(APPLICATION).path("attributes");
        assertThat(attributes.path("id.token.signed.response.alg").asText()).isEqualTo("PS256");
        assertThat(attributes.path("token.endpoint.auth.signing.alg").asText()).isEqualTo("PS256");
        assertThat(attributes.path("dpop.bound.access.tokens").asBoolean()).isEqualTo(profile.contains("dpop"));
        assertThat(attributes.path("tls.client.certificate.bound.access.tokens").asBoolean())
                .isEqualTo(!profile.contains("dpop"));

        livesThrough();
        assertThat(doctor()).doesNotContain("client " + APPLICATION, "ERROR");
    }

    private void livesThrough() throws Exception {
        administrator.createUser(user, USER_PASSWORD);
        Answer start = Soon.see(
                () -> newVisitor().get(signInAddress()),
                answer -> answer.location().orElseThrow().getRawQuery().contains("request_uri="));
        assertThat(start.location().orElseThrow().getRawQuery())
                .doesNotContain("redirect_uri", "client_origin", "code_challenge");

        // Again if the facade has not yet read what the last save has changed.
        JsonNode session = Soon.see(this::signIn, found -> !found.isNull());

        assertThat(session.path("user").path("clientId").asText()).isEqualTo(APPLICATION);
        assertThat(session.path("user").path("clientOrigin").asText()).isEqualTo(application.toString());
        String userId = session.path("user").path("id").asText();
        Auth auth = new Auth(visitor, application);
        assertThat(auth.update("{}").status()).as("Keycloak confirms it").isEqualTo(200);
        assertThat(auth.session().isNull()).isFalse();

        auth.signOut();
        assertThat(auth.session().isNull()).isTrue();
        assertThat(administrator.sessions(userId)).isEmpty();
    }

    /** The profiles require the user's consent. */
    private JsonNode signIn() {
        Answer page = visitor.browse(signInAddress());
        Element login = page.document().selectFirst("#kc-form-login");
        if (login != null) {
            Map<String, String> form = new LinkedHashMap<>(Map.of("username", user, "password", USER_PASSWORD));
            page = visitor.follow(visitor.post(URI.create(login.absUrl("action")), form));
        }
        if (page.document().selectFirst(ACCEPT) != null) {
            visitor.follow(visitor.press(page, ACCEPT));
        }
        assertThat(visitor.history())
                .filteredOn(answer -> answer.address().getPath().startsWith("/api/auth/callback/"))
                .isNotEmpty()
                .allSatisfy(answer -> assertThat(answer.address().getRawQuery()).contains("code=", "iss="));
        return new Auth(visitor, application).session();
    }

    private static URI signInAddress() {
        return URI.create(application + "/api/auth/signin/keycloak?callbackUrl=%2F");
    }

    /** The condition <i>any-client</i> includes the facade's account. */
    private static void enforce(String profile) {
        ObjectNode policies = JsonNodeFactory.instance.objectNode();
        ObjectNode policy = policies.putArray("policies").addObject();
        policy.put("name", "FAPI 2").put("description", "").put("enabled", true);
        policy.putArray("conditions").addObject().put("condition", "any-client").putObject("configuration");
        policy.putArray("profiles").add(profile);
        administrator.put("/client-policies/policies", policies);
    }

    private static JsonNode client(String clientId) {
        return administrator.get("/clients/" + administrator.idOfClient(clientId));
    }

    /** Saves a client in the console, with addresses as the profiles want them: absolute, with https, without wildcards. */
    private static void save(String clientId) {
        ObjectNode changes = JsonNodeFactory.instance.objectNode();
        changes.putArray("redirectUris");
        if (clientId.equals(APPLICATION)) {
            changes.put("baseUrl", application + "/").putArray("webOrigins").add(application.toString());
            Stream.concat(Stream.of("keycloak"), Testbed.PROVIDERS.stream())
                    .forEach(provider ->
                            changes.withArray("redirectUris").add(application + "/api/auth/callback/" + provider));
        }
        ObjectNode attributes = client(clientId).path("attributes").deepCopy();
        // A client has one profile. Keycloak cannot bind a token in both ways.
        attributes.put("dpop.bound.access.tokens", "false").put("tls.client.certificate.bound.access.tokens", "false");
        changes.set(
                "attributes",
                attributes.put("jwks.url", application + "/api/auth/jwks.json").put("post.logout.redirect.uris", "+"));
        administrator.updateClient(clientId, changes);
    }

    private static Visitor newVisitor() {
        try {
            return new Visitor(HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .sslContext(certificate.sslContext())
                    .build());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String doctor() throws IOException, InterruptedException {
        Path output = logs.resolve("doctor.txt");
        run(output, "doctor");
        return Files.readString(output);
    }

    /** Runs a command of the facade. */
    private static void run(Path output, String... arguments) throws IOException, InterruptedException {
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("AUTH_SECRET", UUID.randomUUID() + "-" + UUID.randomUUID());
        environment.put("MCA_ISSUER", issuer.toString());
        List<String> command = Stream.concat(
                        Stream.of(
                                JavaChild.java().toString(),
                                "-jar",
                                artifacts.facadeJar().toString()),
                        Stream.of(arguments))
                .toList();
        try (JavaChild program = JavaChild.start(arguments[0], command, environment, output)) {
            program.await(passed -> {});
        }
    }
}
