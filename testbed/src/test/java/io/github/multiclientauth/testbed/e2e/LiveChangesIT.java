package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.testbed.facade.FacadeServer;
import io.github.multiclientauth.testbed.launch.Artifacts;
import io.github.multiclientauth.testbed.launch.Ports;
import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.proof.SignIn;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.provider.Person;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Changes of a client whose users are signed in. Users of another client on the same host are not affected. */
@EndToEnd
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class LiveChangesIT {

    private static final String CLIENT_ID = "changing";
    private static final String NEIGHBOUR = "neighbour";
    private static final String LOG = "facade-live-changes.log";

    @RegisterExtension
    static final Started STARTED = new Started();

    private static Chain chain;
    private static KeycloakAdministrator administrator;
    private static FacadeServer facade;
    private static Path secretFile;
    private static Path log;
    private static Origin application;
    private static Origin neighbour;

    private final Person person = chain.somebody();
    private final Visitor visitor = chain.visitor();

    @BeforeAll
    static void start_a_facade_with_a_key_and_a_secret_file(Chain running) throws IOException {
        chain = running;
        administrator = chain.administrator();
        Artifacts artifacts = Artifacts.of(System.getProperties());
        Path directory = Files.createDirectories(artifacts.workDirectory().resolve("live-changes"));
        secretFile =
                Files.writeString(directory.resolve("secret"), "not made yet").toAbsolutePath();
        Files.setPosixFilePermissions(secretFile, PosixFilePermissions.fromString("rw-------"));
        log = chain.logs().resolve(LOG);
        Ports ports = Ports.free();
        // The facade itself at two host names. This test needs nothing else of applications.
        application = new Origin("http", "localhost", ports.facade());
        neighbour = new Origin("http", "127.0.0.1", ports.facade());
        facade = STARTED.add(OwnFacade.start(
                chain,
                ports,
                Map.of(
                        "MCA_CLIENT_KEY_FILE",
                                directory.resolve("keys.json").toAbsolutePath().toString(),
                        "MCA_CLIENTS_CHANGING_SECRET_FILE", secretFile.toString(),
                        // Otherwise the log has one refused callback a minute.
                        "QUARKUS_LOG_CATEGORY__MCA_REQUEST__LEVEL", "DEBUG"),
                LOG));
    }

    @BeforeEach
    void create_two_clients() throws Exception {
        String secret = UUID.randomUUID().toString();
        administrator.createClient(CLIENT_ID, secret, client(application).put("publicClient", false));
        administrator.createPlainClient(NEIGHBOUR, client(neighbour).put("publicClient", true));
        administrator.optIn(NEIGHBOUR);
        Files.writeString(secretFile, secret + "\n");
        awaitStatus(application, "providers", 200);
        awaitStatus(neighbour, "providers", 200);
    }

    @AfterEach
    void delete_them() throws Exception {
        administrator.deleteClient(CLIENT_ID);
        administrator.deleteClient(NEIGHBOUR);
        awaitStatus(application, "providers", 400);
        awaitStatus(neighbour, "providers", 400);
    }

    private static ObjectNode client(Origin origin) {
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        settings.put("standardFlowEnabled", true).put("name", "Changing");
        settings.putArray("webOrigins").add(origin.toString());
        settings.putArray("redirectUris").add(origin + "/api/auth/callback/*");
        settings.putObject("attributes")
                .put("use.jwks.url", "true")
                .put("jwks.url", "http://127.0.0.1:" + origin.port() + "/api/auth/jwks.json");
        return settings;
    }

    @Test
    void a_regenerated_secret_is_used_as_soon_as_the_facade_has_it() throws Exception {
        Auth before = signedIn(visitor, application);

        String regenerated = administrator.regenerateSecret(CLIENT_ID);

        Answer end = signIn(chain.visitor(), application);
        assertThat(ErrorAddress.plain(end.address())).isEqualTo(at(application, "error?error=Configuration"));
        assertThat(end.status()).isEqualTo(500);
        assertThat(end.document().text()).contains("is not set up correctly for sign-in", "Trying again will not help");
        assertThat(before.session().isNull()).as("who is signed in").isFalse();
        assertThat(Files.readString(log))
                .containsPattern("MCA00224: \\[[0-9A-Z]+\\] Callback for changing refused: unauthorized_client: [^:]+:"
                        + " Keycloak does not take what the facade authenticates this client with")
                .doesNotContain(regenerated);

        Files.writeString(secretFile, regenerated + "\n");

        awaitSignIn();
    }

    /** Success proves the method, because Keycloak accepts only the one of the client's Credentials tab. */
    @Test
    void the_next_sign_in_uses_the_client_authenticator_of_the_credentials_tab() throws Exception {
        awaitSignIn();

        authenticator("client-jwt");
        awaitSignIn();
        authenticator("client-secret");
        awaitSignIn();
    }

    @Test
    void a_disabled_provider_is_not_offered() throws Exception {
        try (MadeProvider provider = MadeProvider.of(chain, "oidc")) {
            String button = "Sign in with Switchable";
            awaitProvider(provider.alias(), true);
            assertThat(visitor.get(at(application, "signin")).body()).contains(button);

            provider.enable(false);
            awaitProvider(provider.alias(), false);
            assertThat(visitor.get(at(application, "signin")).body()).doesNotContain(button);
            assertThat(visitor.get(at(application, "signin/" + provider.alias()))
                            .status())
                    .as("not only hidden")
                    .isEqualTo(404);

            provider.enable(true);
            awaitProvider(provider.alias(), true);

            administrator.addMapper(CLIENT_ID, MadeClient.rule("github"));
            awaitProvider(provider.alias(), false);
            assertThat(visitor.get(at(neighbour, "providers")).json().has(provider.alias()))
                    .as("at the neighbour")
                    .isTrue();

            administrator.removeMapper(CLIENT_ID, MadeClient.rule().path("name").asText());
            awaitProvider(provider.alias(), true);
            assertThat(visitor.get(at(application, "signin")).body()).contains(button);
        }
    }

    @Test
    void users_of_a_disabled_client_are_signed_out_and_stay_signed_out() throws Exception {
        Auth auth = signedIn(visitor, application);
        Auth quiet = signedIn(chain.visitor(), application);
        Auth elsewhere = signedIn(chain.visitor(), neighbour);

        enable(false);

        Soon.see(auth::session, JsonNode::isNull);
        assertThat(auth.cookies())
                .as("cleared")
                .noneMatch(cookie -> cookie.name().contains("session-token"));
        // The end of the session is known sooner than the application's new entry in the directory.
        Answer page = Soon.see(
                () -> visitor.get(at(application, "signin"), "Accept", "text/html"), answer -> answer.status() == 403);
        assertThat(page.body()).contains("Sign-in is switched off").contains("Changing");
        assertThat(elsewhere.session().isNull()).as("at the neighbour").isFalse();

        enable(true);
        awaitStatus(application, "providers", 200);

        assertThat(quiet.session().isNull()).as("who did not ask meanwhile").isTrue();
        assertThat(auth.session().isNull()).isTrue();
        assertThat(signedIn(visitor, application).session().isNull()).isFalse();
        assertThat(elsewhere.session().isNull()).as("at the neighbour").isFalse();
    }

    @Test
    void users_of_a_client_that_loses_the_scope_are_signed_out_and_stay_signed_out() throws Exception {
        Auth auth = signedIn(visitor, application);
        Auth elsewhere = signedIn(chain.visitor(), neighbour);

        administrator.optOut(CLIENT_ID);

        awaitStatus(application, "session", 400);
        assertThat(visitor.get(auth.at("session")).body()).isEqualTo("null");
        assertThat(elsewhere.session().isNull()).as("at the neighbour").isFalse();

        administrator.optIn(CLIENT_ID);
        awaitStatus(application, "session", 200);

        assertThat(auth.session().isNull()).isTrue();
        assertThat(signedIn(visitor, application).session().isNull()).isFalse();
        assertThat(elsewhere.session().isNull()).as("at the neighbour").isFalse();
    }

    private static void enable(boolean enabled) {
        administrator.updateClient(
                CLIENT_ID, JsonNodeFactory.instance.objectNode().put("enabled", enabled));
    }

    private static void authenticator(String type) {
        administrator.updateClient(
                CLIENT_ID, JsonNodeFactory.instance.objectNode().put("clientAuthenticatorType", type));
    }

    private Auth signedIn(Visitor browser, Origin origin) {
        signIn(browser, origin);
        Auth auth = new Auth(browser, origin);
        assertThat(auth.session().path("user").path("email").asText()).isEqualTo(person.email());
        return auth;
    }

    /** Returns the last page. A user with a session at Keycloak does not see the provider. */
    private Answer signIn(Visitor browser, Origin origin) {
        Answer page = new SignIn(browser, origin).start();
        return Origin.ofUrl(page.address().toString()).equals(Optional.of(origin))
                ? page
                : browser.follow(browser.press(page, "button[name=login][value=" + person.login() + "]"));
    }

    private void awaitSignIn() throws Exception {
        Soon.see(this::newSession, session -> !session.isNull());
    }

    private JsonNode newSession() {
        Visitor browser = chain.visitor();
        signIn(browser, application);
        return new Auth(browser, application).session();
    }

    private void awaitProvider(String alias, boolean offered) throws Exception {
        Soon.see(() -> visitor.get(at(application, "providers")).json(), providers -> providers.has(alias) == offered);
    }

    private static void awaitStatus(Origin origin, String action, int expected) throws Exception {
        Visitor nobody = chain.visitor();
        Soon.see(() -> nobody.get(at(origin, action)).status(), status -> status == expected);
    }

    private static URI at(Origin origin, String action) {
        return URI.create(origin + "/api/auth/" + action);
    }
}
