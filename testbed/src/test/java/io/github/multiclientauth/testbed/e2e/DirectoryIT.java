package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The directory of applications is for the facade's account only, has no secrets, and is up to date right after a change. */
@EndToEnd
class DirectoryIT {

    private final Chain chain;
    private final KeycloakAdministrator administrator;
    private final DirectoryReader directory;

    DirectoryIT(Chain chain) {
        this.chain = chain;
        this.administrator = chain.administrator();
        this.directory = new DirectoryReader(chain);
    }

    @Test
    void lists_the_applications_of_the_realm_file() {
        JsonNode document = directory.read();

        assertThat(document.path("version").intValue()).isEqualTo(1);
        assertThat(document.path("realm").asText()).isEqualTo("multi-client-auth");
        assertThat(clientIds(document)).contains("dashboard", "portfolio").isSorted();
        JsonNode portfolio = directory.application("portfolio");
        assertThat(portfolio.path("name").asText()).isEqualTo("Portfolio");
        assertThat(portfolio.path("enabled").booleanValue()).isTrue();
        assertThat(texts(portfolio.path("webOrigins")))
                .containsExactly(chain.portfolio().toString());
        assertThat(texts(portfolio.path("redirectUris")))
                .containsExactlyElementsOf(Stream.of("auth0", "facebook", "github", "google", "keycloak", "linkedin")
                        .map(provider -> chain.portfolio() + "/api/auth/callback/" + provider)
                        .toList());
        assertThat(portfolio.path("authentication").asText()).isEqualTo("client_secret");
        assertThat(portfolio.path("pkce").asText()).isEqualTo("S256");
        assertThat(portfolio.path("par").booleanValue()).isFalse();
        assertThat(portfolio.path("dpop").booleanValue()).isFalse();
        assertThat(portfolio.has("backchannelLogoutUrl")).isFalse();
        assertThat(portfolio.path("providers").findValuesAsText("alias"))
                .containsSubsequence("auth0", "facebook", "github", "google", "linkedin")
                .endsWith("keycloak");
        assertThat(portfolio.path("providers").findValuesAsText("displayName"))
                .containsSubsequence("Auth0", "Facebook", "GitHub", "Google", "LinkedIn")
                .endsWith("Multi-Client Auth");
    }

    @Test
    void never_lists_clients_that_are_not_applications() {
        assertThat(clientIds(directory.read()))
                .doesNotContain(
                        DirectoryReader.CLIENT_ID,
                        "account",
                        "account-console",
                        "admin-cli",
                        "broker",
                        "realm-management",
                        "security-admin-console");
    }

    @Nested
    class Access {

        @Test
        void needs_a_token() {
            HttpResponse<String> answer = directory.ask("GET");

            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(header(answer, "WWW-Authenticate")).isEqualTo("Bearer");
            assertThat(answer.body()).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"nonsense", "e30.e30.e30"})
        void needs_a_valid_token(String token) {
            HttpResponse<String> answer = directory.askWith(token);

            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(header(answer, "WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
            assertThat(answer.body()).isEmpty();
        }

        @Test
        void does_not_accept_a_password() {
            HttpResponse<String> answer = directory.ask("GET", "Authorization", "Basic YTpi");

            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(header(answer, "WWW-Authenticate")).startsWith("Bearer");
        }

        /** Even a token of the administrator of all realms is refused. */
        @Test
        void needs_a_token_of_the_same_realm() {
            HttpResponse<String> answer = directory.askWith(administrator.accessToken());

            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.body()).isEmpty();
        }

        @Test
        void needs_the_role() {
            OidcClient other =
                    new OidcClient(chain, MadeClient.id(), UUID.randomUUID().toString(), MadeClient.ORIGIN);
            administrator.createClient(
                    other.clientId(),
                    other.secret(),
                    MadeClient.settings(other).put("publicClient", false).put("serviceAccountsEnabled", true));
            try {
                HttpResponse<String> answer =
                        directory.askWith(other.serviceAccount().accessToken());

                assertThat(answer.statusCode()).isEqualTo(403);
                assertThat(header(answer, "WWW-Authenticate")).isEqualTo("Bearer error=\"insufficient_scope\"");
                assertThat(answer.body()).isEmpty();
            } finally {
                administrator.deleteClient(other.clientId());
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE"})
        void refuses_methods_other_than_get(String method) {
            HttpResponse<String> answer = directory.ask(method, "Authorization", "Bearer " + directory.accessToken());

            assertThat(answer.statusCode()).isEqualTo(405);
        }
    }

    @Nested
    class Caching {

        private final String token = directory.accessToken();

        @Test
        void may_be_stored_if_revalidated_each_time() {
            HttpResponse<String> answer = directory.askWith(token);

            assertThat(header(answer, "Content-Type")).isEqualTo("application/json");
            assertThat(header(answer, "Cache-Control")).isEqualTo("private, no-cache");
            assertThat(header(answer, "Vary")).isEqualTo("Authorization, Accept-Encoding");
            assertThat(header(answer, "ETag")).matches("\"[A-Za-z0-9_-]+\"");
        }

        @ParameterizedTest
        @ValueSource(strings = {"%s", "W/%s", "\"another\", %s", "*"})
        void sends_no_body_if_the_caller_has_this_version(String condition) {
            String tag = header(directory.askWith(token), "ETag");

            HttpResponse<String> answer =
                    directory.ask("GET", "Authorization", "Bearer " + token, "If-None-Match", condition.formatted(tag));

            assertThat(answer.statusCode()).isEqualTo(304);
            assertThat(answer.body()).isEmpty();
            assertThat(header(answer, "ETag")).isEqualTo(tag);
            assertThat(header(answer, "Cache-Control")).isEqualTo("private, no-cache");
            assertThat(header(answer, "Vary")).isEqualTo("Authorization, Accept-Encoding");
        }

        @Test
        void is_compressed_for_callers_that_accept_gzip() throws IOException {
            HttpResponse<String> plain = directory.askWith(token);
            HttpResponse<byte[]> packed = directory.askPacked(token);

            assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
            assertThat(packed.headers().firstValue("Content-Encoding")).contains("gzip");
            assertThat(packed.headers().firstValue("Content-Type")).contains("application/json");
            assertThat(packed.headers().firstValue("ETag"))
                    .get()
                    .asString()
                    .matches("\"[A-Za-z0-9_-]+\"")
                    .isNotEqualTo(header(plain, "ETag"));
            try (GZIPInputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
                assertThat(new String(unpacked.readAllBytes(), StandardCharsets.UTF_8))
                        .isEqualTo(plain.body());
            }
        }

        @Test
        void sends_no_body_if_the_caller_has_this_version_compressed() {
            String tag = directory.askPacked(token).headers().firstValue("ETag").orElseThrow();

            HttpResponse<String> packed = directory.ask(
                    "GET", "Authorization", "Bearer " + token, "Accept-Encoding", "gzip", "If-None-Match", tag);
            HttpResponse<String> plain = directory.ask("GET", "Authorization", "Bearer " + token, "If-None-Match", tag);

            assertThat(packed.statusCode()).isEqualTo(304);
            assertThat(header(packed, "ETag")).isEqualTo(tag);
            assertThat(plain.statusCode()).isEqualTo(200);
        }

        @Test
        void sends_the_body_if_the_caller_has_another_version() {
            HttpResponse<String> answer =
                    directory.ask("GET", "Authorization", "Bearer " + token, "If-None-Match", "\"another\"");

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).startsWith("{\"version\":1,");
        }

        @Test
        void does_not_tell_other_callers_whether_it_has_changed() {
            assertThat(directory.ask("GET", "If-None-Match", "*").statusCode()).isEqualTo(401);
        }
    }

    /** Each test reads the directory immediately after a change. */
    @Nested
    class Live {

        private final OidcClient client =
                new OidcClient(chain, MadeClient.id(), UUID.randomUUID().toString(), MadeClient.ORIGIN);

        @BeforeEach
        void create_a_client() {
            assertThat(directory.find(client.clientId())).isEmpty();
            administrator.createClient(
                    client.clientId(),
                    client.secret(),
                    MadeClient.settings(client).put("publicClient", false));
        }

        @AfterEach
        void delete_it() {
            administrator.deleteClient(client.clientId());
            assertThat(directory.find(client.clientId())).isEmpty();
        }

        @Test
        void a_new_client() {
            assertThat(entry().path("name").asText()).isEqualTo("Made");
            assertThat(entry().path("authentication").asText()).isEqualTo("client_secret");
            assertThat(entry().has("pkce")).isFalse();
        }

        @Test
        void no_secret() {
            administrator.updateClient(
                    client.clientId(),
                    settings(node -> node.putObject("attributes")
                            .put("some.secret", "canary-of-an-attribute")
                            .put("client.secret.rotated", "canary-of-a-rotated-secret")));

            assertThat(directory.askWith(directory.accessToken()).body())
                    .contains(client.clientId())
                    .doesNotContain(client.secret(), "canary")
                    .doesNotContain(
                            chain.secrets().portfolio(),
                            chain.secrets().dashboard(),
                            chain.secrets().facadeAccount());
        }

        @Test
        void an_origin() {
            administrator.updateClient(client.clientId(), settings(node -> {
                node.put("rootUrl", "https://shop.example");
                node.putArray("redirectUris").add("/api/auth/callback/github").add("https://b.example:8443/*");
                node.putArray("webOrigins").add("+").add("*").add("https://a.example");
            }));

            assertThat(texts(entry().path("webOrigins")))
                    .containsExactly("https://a.example", "https://b.example:8443", "https://shop.example");
            assertThat(texts(entry().path("redirectUris")))
                    .containsExactly("https://b.example:8443/*", "https://shop.example/api/auth/callback/github");
        }

        @Test
        void what_it_must_do() {
            administrator.updateClient(
                    client.clientId(),
                    settings(node -> node.putObject("attributes")
                            .put("require.pushed.authorization.requests", "true")
                            .put("dpop.bound.access.tokens", "true")
                            .put("pkce.code.challenge.method", "S256")
                            .put("backchannel.logout.url", "https://shop.example/logout")));

            assertThat(entry().path("par").booleanValue()).isTrue();
            assertThat(entry().path("dpop").booleanValue()).isTrue();
            assertThat(entry().path("pkce").asText()).isEqualTo("S256");
            assertThat(entry().path("backchannelLogoutUrl").asText()).isEqualTo("https://shop.example/logout");
        }

        @Test
        void which_scopes_can_be_asked_for() {
            assertThat(texts(entry().path("scopes"))).containsExactly("email", "profile");
            String id = administrator.idOfClient(client.clientId());
            for (JsonNode scope : administrator.get("/clients/" + id + "/default-client-scopes")) {
                if (scope.path("name").asText().equals("email")) {
                    administrator.delete("/clients/" + id + "/default-client-scopes/"
                            + scope.path("id").asText());
                }
            }

            assertThat(texts(entry().path("scopes"))).containsExactly("profile");
        }

        @Test
        void how_it_authenticates() {
            administrator.updateClient(
                    client.clientId(), settings(node -> node.put("clientAuthenticatorType", "client-jwt")));
            assertThat(entry().path("authentication").asText()).isEqualTo("private_key_jwt");

            administrator.updateClient(client.clientId(), settings(node -> node.put("publicClient", true)));
            assertThat(entry().path("authentication").asText()).isEqualTo("none");
        }

        @Test
        void disabled() {
            administrator.updateClient(client.clientId(), settings(node -> node.put("enabled", false)));

            assertThat(entry().path("enabled").booleanValue()).isFalse();
        }

        @Test
        void opted_out() {
            administrator.optOut(client.clientId());

            assertThat(directory.find(client.clientId())).isEmpty();
        }

        @Test
        void a_rule() {
            assertThat(offered()).contains("github", "google");

            administrator.addMapper(client.clientId(), MadeClient.rule("google", "nowhere"));

            assertThat(offered()).containsExactly("google");
        }

        @Test
        void a_rule_in_a_client_scope() {
            administrator.addOptionalScope(
                    client.clientId(), "rule-of-" + client.clientId(), MadeClient.rule("google"));

            assertThat(offered()).containsExactly("google");
        }

        /** Keycloak's own login page is on if there is a redirect URI for it. */
        @Test
        void the_password() {
            assertThat(offered()).doesNotContain("keycloak");

            administrator.updateClient(
                    client.clientId(),
                    settings(node ->
                            node.putArray("redirectUris").add(chain.portfolio() + "/api/auth/callback/keycloak")));
            assertThat(offered()).endsWith("keycloak");

            administrator.addMapper(client.clientId(), MadeClient.rule("github"));
            assertThat(offered()).containsExactly("github");
        }

        @Test
        void a_provider() {
            try (MadeProvider provider = MadeProvider.of(chain, "oidc")) {
                assertThat(offered()).contains(provider.alias());

                provider.enable(false);
                assertThat(offered()).doesNotContain(provider.alias());

                provider.enable(true);
                assertThat(offered()).contains(provider.alias());

                administrator.updateProvider(provider.alias(), settings(node -> node.put("linkOnly", true)));
                assertThat(offered()).doesNotContain(provider.alias());
            }
        }

        /** A provider that is hidden on the login page is for applications that name it. */
        @Test
        void a_hidden_provider() {
            try (MadeProvider provider = MadeProvider.of(chain, "oidc")) {
                administrator.updateProvider(provider.alias(), settings(node -> node.put("hideOnLogin", true)));
                assertThat(offered()).doesNotContain(provider.alias());

                administrator.addMapper(client.clientId(), MadeClient.rule(provider.alias(), "github"));
                assertThat(offered()).containsExactly("github", provider.alias());
            }
        }

        @Test
        void its_own_provider_in_the_place_of_the_shared_one() {
            try (OwnProviders own = new OwnProviders(chain)) {
                String alias = "facebook-" + client.clientId();
                own.provider(alias, "facebook", chain.providers().facebook().standIn(), true, alias, Map.of());

                assertThat(offered()).contains("facebook").doesNotContain(alias);
                assertThat(offers(directory.application("portfolio")))
                        .contains("facebook")
                        .doesNotContain(alias);
            }
        }

        private JsonNode entry() {
            return directory.application(client.clientId());
        }

        private List<String> offered() {
            return offers(entry());
        }
    }

    private static ObjectNode settings(Consumer<ObjectNode> change) {
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        change.accept(settings);
        return settings;
    }

    private static List<String> clientIds(JsonNode document) {
        return document.path("applications").findValuesAsText("clientId");
    }

    private static List<String> offers(JsonNode application) {
        return application.path("providers").findValuesAsText("alias");
    }

    private static List<String> texts(JsonNode array) {
        return Stream.iterate(0, i -> i < array.size(), i -> i + 1)
                .map(i -> array.get(i).asText())
                .toList();
    }

    private static String header(HttpResponse<?> answer, String name) {
        return String.join("; ", answer.headers().allValues(name));
    }
}
