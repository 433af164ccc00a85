package io.github.multiclientauth.extension;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.multiclientauth.extension.claims.ClientOriginMapper;
import io.github.multiclientauth.extension.origin.ClientOriginAuthenticatorFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.keycloak.common.util.StringPropertyReplacer;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.representations.idm.AuthenticationExecutionExportRepresentation;
import org.keycloak.representations.idm.AuthenticationFlowRepresentation;
import org.keycloak.representations.idm.AuthenticatorConfigRepresentation;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.ClientScopeRepresentation;
import org.keycloak.representations.idm.ProtocolMapperRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;

/**
 * The realm to import must fit the code, and must not leave a secret behind that somebody could guess.
 *
 * <p>It is read in two ways: at start-up Keycloak replaces {@code ${VARIABLE:default}} in the text before it parses it;
 * the admin console parses the text as it is, and of keys that stand twice the last one counts.
 */
class RealmFileTest {

    private static final Map<String, String> VARIABLES = Map.of(
            "PORTFOLIO_ORIGIN", "https://portfolio.example.com",
            "PORTFOLIO_CLIENT_SECRET", "secret of portfolio",
            "DASHBOARD_ORIGIN", "https://dashboard.example.com",
            "DASHBOARD_CLIENT_SECRET", "secret of dashboard",
            "GITHUB_CLIENT_ID", "id at github",
            "GITHUB_CLIENT_SECRET", "secret at github",
            "GITHUB_BASE_URL", "https://github.example.com",
            "GITHUB_API_URL", "https://github.example.com/api/v3");

    /** Fails on properties that Keycloak does not know, as Keycloak does. */
    private static final ObjectMapper JSON = new ObjectMapper();

    private static String text;

    @BeforeAll
    static void read() throws IOException {
        try (InputStream file = RealmFileTest.class.getResourceAsStream("/multi-client-auth-realm.json")) {
            text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static Stream<RealmRepresentation> without_variables() throws IOException {
        return Stream.of(uploaded(), started(Map.of()));
    }

    static Stream<RealmRepresentation> in_every_way() throws IOException {
        return Stream.of(uploaded(), started(Map.of()), started(VARIABLES));
    }

    @Test
    void has_these_variables_and_no_others() {
        Matcher variable = Pattern.compile("\\$\\{([^:}]*)").matcher(text);
        TreeSet<String> names = new TreeSet<>();
        while (variable.find()) {
            names.add(variable.group(1));
        }
        assertThat(names).containsExactlyInAnyOrderElementsOf(VARIABLES.keySet());
    }

    @ParameterizedTest
    @MethodSource("without_variables")
    void lets_keycloak_generate_the_client_secrets(RealmRepresentation realm) {
        assertThat(realm.getClients()).hasSize(2).allSatisfy(client -> {
            assertThat(client.getSecret()).isNull();
            assertThat(client.getClientAuthenticatorType()).isEqualTo("client-secret");
        });
    }

    @ParameterizedTest
    @MethodSource("without_variables")
    void has_defaults_that_work(RealmRepresentation realm) {
        assertThat(client(realm, "portfolio").getRootUrl()).isEqualTo("http://localhost:3000");
        assertThat(client(realm, "dashboard").getRootUrl()).isEqualTo("http://127.0.0.1:3001");
        assertThat(realm.getIdentityProviders())
                .singleElement()
                .satisfies(github -> assertThat(github.getConfig())
                        .containsEntry("baseUrl", "https://github.com")
                        .containsEntry("apiUrl", "https://api.github.com"));
    }

    @Test
    void takes_the_variables() throws IOException {
        RealmRepresentation realm = started(VARIABLES);
        assertThat(client(realm, "portfolio").getRootUrl()).isEqualTo("https://portfolio.example.com");
        assertThat(client(realm, "portfolio").getSecret()).isEqualTo("secret of portfolio");
        assertThat(client(realm, "dashboard").getRootUrl()).isEqualTo("https://dashboard.example.com");
        assertThat(client(realm, "dashboard").getSecret()).isEqualTo("secret of dashboard");
        assertThat(realm.getIdentityProviders())
                .singleElement()
                .satisfies(github -> assertThat(github.getConfig())
                        .containsEntry("clientId", "id at github")
                        .containsEntry("clientSecret", "secret at github")
                        .containsEntry("baseUrl", "https://github.example.com")
                        .containsEntry("apiUrl", "https://github.example.com/api/v3"));
    }

    @ParameterizedTest
    @MethodSource("in_every_way")
    void leaves_no_trace_of_the_variables(RealmRepresentation realm) {
        assertThat(realm.getClients()).allSatisfy(client -> {
            assertThat(client.getDescription()).startsWith("Example application");
        });
        assertThat(realm.getIdentityProviders())
                .allSatisfy(provider -> assertThat(provider.getConfig())
                        .containsEntry("syncMode", "FORCE")
                        .allSatisfy((key, value) -> assertThat(value).doesNotContain("${")));
    }

    @ParameterizedTest
    @MethodSource("in_every_way")
    void lets_clients_do_nothing_but_sign_in_at_their_origin(RealmRepresentation realm) {
        assertThat(realm.getClients()).allSatisfy(client -> {
            assertThat(client.isPublicClient()).isFalse();
            assertThat(client.isStandardFlowEnabled()).isTrue();
            assertThat(client.isImplicitFlowEnabled()).isFalse();
            assertThat(client.isDirectAccessGrantsEnabled()).isFalse();
            assertThat(client.isServiceAccountsEnabled()).isFalse();
            assertThat(client.isFullScopeAllowed()).isFalse();
            assertThat(client.getAttributes()).containsEntry("pkce.code.challenge.method", "S256");
            assertThat(client.getRedirectUris())
                    .containsExactly("/api/auth/callback/github", "/api/auth/callback/keycloak");
            assertThat(client.getWebOrigins()).containsExactly("+");
            assertThat(client.getDefaultClientScopes()).contains("multi-client-auth", "basic");
        });
    }

    @ParameterizedTest
    @MethodSource("in_every_way")
    void begins_the_browser_flow_with_our_step(RealmRepresentation realm) {
        AuthenticationFlowRepresentation browser = realm.getAuthenticationFlows().stream()
                .filter(flow -> flow.getAlias().equals(realm.getBrowserFlow()))
                .findFirst()
                .orElseThrow();
        AuthenticationExecutionExportRepresentation first =
                browser.getAuthenticationExecutions().get(0);
        assertThat(first.getAuthenticator()).isEqualTo(ClientOriginAuthenticatorFactory.ID);
        assertThat(browser.getAuthenticationExecutions())
                .allSatisfy(execution -> assertThat(execution.getRequirement()).isEqualTo("REQUIRED"))
                .allSatisfy(
                        execution -> assertThat(execution.getPriority()).isGreaterThanOrEqualTo(first.getPriority()));
        assertThat(realm.getAuthenticatorConfig())
                .extracting(AuthenticatorConfigRepresentation::getAlias)
                .containsExactly(first.getAuthenticatorConfig());
        assertThat(realm.getAuthenticatorConfig().get(0).getConfig())
                .containsOnlyKeys(names(new ClientOriginAuthenticatorFactory().getConfigProperties()))
                .containsEntry("clientScope", "multi-client-auth");
    }

    @ParameterizedTest
    @MethodSource("in_every_way")
    void maps_the_claims_in_every_place(RealmRepresentation realm) {
        ProtocolMapperRepresentation mapper = realm.getClientScopes().stream()
                .filter(scope -> scope.getName().equals("multi-client-auth"))
                .findFirst()
                .orElseThrow()
                .getProtocolMappers()
                .get(0);
        assertThat(mapper.getProtocolMapper()).isEqualTo(ClientOriginMapper.ID);
        assertThat(mapper.getConfig())
                .containsOnlyKeys(names(new ClientOriginMapper().getConfigProperties()))
                .containsEntry("access.token.claim", "true")
                .containsEntry("id.token.claim", "true")
                .containsEntry("userinfo.token.claim", "true")
                .containsEntry("introspection.token.claim", "true")
                .containsEntry("client.in.audience", "true");
    }

    /** Keycloak makes its own client scopes only if a realm lists none. */
    @ParameterizedTest
    @MethodSource("in_every_way")
    void lists_the_client_scopes_that_it_uses(RealmRepresentation realm) {
        List<String> names = realm.getClientScopes().stream()
                .map(ClientScopeRepresentation::getName)
                .toList();
        assertThat(names).contains("offline_access", "roles", "web-origins").doesNotHaveDuplicates();
        assertThat(names).containsAll(realm.getDefaultDefaultClientScopes());
        assertThat(names).containsAll(realm.getDefaultOptionalClientScopes());
        assertThat(realm.getClients())
                .allSatisfy(client -> assertThat(names).containsAll(client.getDefaultClientScopes()));
    }

    @ParameterizedTest
    @MethodSource("in_every_way")
    void asks_nobody_for_a_name(RealmRepresentation realm) {
        String profile = realm.getComponents()
                .getFirst("org.keycloak.userprofile.UserProfileProvider")
                .getConfig()
                .getFirst("kc.user.profile.config");
        assertThat(profile).contains("\"name\":\"firstName\"", "\"name\":\"lastName\"", "\"name\":\"picture\"");
        assertThat(profile.split("\"required\"", -1))
                .as("only the e-mail address is required")
                .hasSize(2);
        assertThat(profile).contains("\"displayName\":\"${firstName}\"");
    }

    private static RealmRepresentation uploaded() throws IOException {
        return JSON.readValue(text, RealmRepresentation.class);
    }

    private static RealmRepresentation started(Map<String, String> environment) throws IOException {
        return JSON.readValue(
                StringPropertyReplacer.replaceProperties(text, environment::get), RealmRepresentation.class);
    }

    private static ClientRepresentation client(RealmRepresentation realm, String clientId) {
        return realm.getClients().stream()
                .filter(client -> client.getClientId().equals(clientId))
                .findFirst()
                .orElseThrow();
    }

    private static String[] names(List<ProviderConfigProperty> properties) {
        return properties.stream().map(ProviderConfigProperty::getName).toArray(String[]::new);
    }
}
