package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.testbed.keycloak.KeycloakServer;
import io.github.multiclientauth.testbed.launch.Ports;
import io.github.multiclientauth.testbed.proof.SignIn;
import io.github.multiclientauth.testbed.provider.Person;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same application comes out of every way to make it that docs/how-to/realm-as-code.md shows. */
@EndToEnd
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class RealmAsCodeIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path CODE = Path.of("..", "docs", "realm-as-code");
    private static final String FLOW = "multi-client-auth browser";

    private final Chain chain;
    private final KeycloakAdministrator administrator;
    private final Ports ports = Ports.free();
    private final Origin origin = new Origin("http", "127.0.0.1", ports.facade());
    private final String clientId = "shop-" + UUID.randomUUID();

    @TempDir
    Path directory;

    RealmAsCodeIT(Chain chain) {
        this.chain = chain;
        this.administrator = chain.administrator();
    }

    /** A way to make the application. */
    private interface Way {
        void make() throws Exception;
    }

    @BeforeEach
    void replace_what_is_the_readers() throws IOException {
        try (Stream<Path> files = Files.list(CODE)) {
            for (Path file : files.toList()) {
                String text = Files.readString(file)
                        .replace("https://shop.example.com", origin.toString())
                        .replaceAll("(client_?[Ii]d\"?\\s*[:=]\\s*\"?)shop\\b", "$1" + clientId);
                Files.writeString(directory.resolve(file.getFileName()), text);
            }
        }
    }

    @AfterEach
    void delete() {
        if (isThere()) {
            administrator.deleteClient(clientId);
        }
    }

    private boolean isThere() {
        return !administrator.get("/clients?clientId=" + clientId).isEmpty();
    }

    @Test
    void the_same_application_comes_out_of_all_ways() throws Exception {
        JsonNode expected = made(this::console);

        assertThat(expected.path("flows").path("browser").asText()).isEqualTo(FLOW);
        assertThat(expected.path("scopes").path("multi-client-auth").findValuesAsText("protocolMapper"))
                .containsExactly("oidc-client-origin-mapper");
        assertThat(made(this::curl)).as("curl").isEqualTo(expected);
        assertThat(made(this::kcadm)).as("kcadm.sh").isEqualTo(expected);
        assertThat(made(this::configCli)).as("keycloak-config-cli").isEqualTo(expected);
    }

    /** A comparison that overlooked differences would prove nothing. */
    @Test
    void a_difference_is_seen() throws Exception {
        JsonNode expected = made(this::configCli);
        Path file = directory.resolve("keycloak-config-cli.yaml");
        String text = Files.readString(file);
        for (String line : List.of(
                "      pkce.code.challenge.method: S256\n",
                "      post.logout.redirect.uris: \"-\"\n",
                "    frontchannelLogout: false\n",
                "    authenticationFlowBindingOverrides:\n      browser: multi-client-auth browser\n",
                "email, ",
                "    optionalClientScopes: []\n")) {
            assertThat(text).contains(line);
            Files.writeString(file, text.replace(line, ""));

            JsonNode other = made(this::configCli);

            // Keycloak itself switches off what is absent, or leaves scopes out when some are named.
            if (line.contains("Logout") || line.contains("optional")) {
                assertThat(other).as(line).isEqualTo(expected);
            } else {
                assertThat(other).as(line).isNotEqualTo(expected);
            }
        }
    }

    @Test
    void people_sign_in_at_it_through_the_facade() throws Exception {
        Map<String, String> settings = Map.of(
                "MCA_CLIENT_KEY_FILE",
                directory.resolve("keys.json").toAbsolutePath().toString());
        try (AutoCloseable facade = OwnFacade.start(chain, ports, settings, "facade-realm-as-code.log")) {
            assertThat(facade).isNotNull();
            curl();
            Soon.see(
                    () -> chain.visitor().get(new SignIn(chain.visitor(), origin).at("/api/auth/csrf")),
                    answer -> answer.status() == 200);
            Person person = chain.somebody();

            JsonNode session = new SignIn(chain.visitor(), origin).as(person.login());

            assertThat(session.path("user").path("email").asText()).isEqualTo(person.email());
            assertThat(session.path("user").path("clientId").asText()).isEqualTo(clientId);
            assertThat(session.path("user").path("clientOrigin").asText()).isEqualTo(origin.toString());
            delete();
            Soon.see(
                    () -> chain.visitor().get(new SignIn(chain.visitor(), origin).at("/api/auth/csrf")),
                    answer -> answer.status() == 400);
        }
    }

    private JsonNode made(Way way) throws Exception {
        way.make();
        JsonNode made = DescribedClient.of(administrator, clientId);
        administrator.deleteClient(clientId);
        return made;
    }

    /**
     * The requests that the console sends when somebody follows the page: the wizard creates the client with its own defaults
     * ({@code NewClientForm.tsx}), then each tab saves the whole client.
     */
    private void console() {
        ObjectNode client = JSON.createObjectNode()
                .put("protocol", "openid-connect")
                .put("name", "Shop")
                .put("description", "")
                .put("publicClient", false)
                .put("authorizationServicesEnabled", false)
                .put("serviceAccountsEnabled", false)
                .put("implicitFlowEnabled", false)
                .put("directAccessGrantsEnabled", false)
                .put("standardFlowEnabled", true)
                .put("frontchannelLogout", true)
                .put("alwaysDisplayInConsole", false)
                .put("rootUrl", origin.toString())
                .put("baseUrl", "");
        client.putArray("redirectUris").add("/api/auth/callback/github").add("/api/auth/callback/keycloak");
        client.putArray("webOrigins").add("+");
        client.putObject("attributes")
                .put("saml_idp_initiated_sso_url_name", "")
                .put("oauth2.device.authorization.grant.enabled", false)
                .put("oidc.ciba.grant.enabled", false)
                .put("post.logout.redirect.uris", "-");
        administrator.createPlainClient(clientId, client);
        save(settings -> settings.put("frontchannelLogout", false)
                .withObject("/attributes")
                .put("backchannel.logout.session.required", true)
                .put("backchannel.logout.revoke.offline.tokens", false));
        save(settings -> settings.put("clientAuthenticatorType", "client-jwt"));
        save(settings ->
                settings.withObject("/attributes").put("use.jwks.url", "true").put("jwks.url", "/api/auth/jwks.json"));
        save(settings -> settings.withObject("/attributes").put("pkce.code.challenge.method", "S256"));
        save(settings -> settings.withObject("/authenticationFlowBindingOverrides")
                .put("browser", administrator.flowId(FLOW))
                .put("direct_grant", ""));
        save(settings -> settings.put("fullScopeAllowed", false));
        String path = "/clients/" + administrator.idOfClient(clientId);
        for (String type : List.of("/default-client-scopes", "/optional-client-scopes")) {
            for (JsonNode scope : administrator.get(path + type)) {
                if (!List.of("acr", "basic", "email", "profile")
                        .contains(scope.path("name").asText())) {
                    administrator.delete(path + type + "/" + scope.path("id").asText());
                }
            }
        }
        administrator.optIn(clientId);
    }

    private interface Change {
        void of(ObjectNode settings);
    }

    private void save(Change change) {
        ObjectNode settings = (ObjectNode) administrator.get("/clients/" + administrator.idOfClient(clientId));
        change.of(settings);
        administrator.put("/clients/" + settings.path("id").asText(), settings);
    }

    private void curl() throws Exception {
        run("with-curl.sh");
    }

    private void kcadm() throws Exception {
        run("with-kcadm.sh");
    }

    private void configCli() throws Exception {
        new ConfigCli(administrator, Map.of("REALM", KeycloakServer.REALM))
                .create(Files.readString(directory.resolve("keycloak-config-cli.yaml")));
    }

    /** Runs a script of the page as its reader does, and returns what it prints. */
    private String run(String script) throws Exception {
        return Shell.run(chain, directory, Files.readString(directory.resolve(script)));
    }
}
