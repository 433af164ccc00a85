package io.github.multiclientauth.extension;

import static java.util.stream.Collectors.toUnmodifiableMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.multiclientauth.extension.link.LinkVerifiedEmailAuthenticatorFactory;
import io.github.multiclientauth.extension.origin.ClientOriginAuthenticatorFactory;
import io.github.multiclientauth.extension.rules.AllowedProviderAuthenticatorFactory;
import io.github.multiclientauth.extension.rules.SignInGateProviderFactory;
import io.github.multiclientauth.extension.token.ClientOriginMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
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
import org.keycloak.representations.idm.IdentityProviderMapperRepresentation;
import org.keycloak.representations.idm.IdentityProviderRepresentation;
import org.keycloak.representations.idm.ProtocolMapperRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.representations.idm.RequiredActionProviderRepresentation;
import org.keycloak.representations.idm.RoleRepresentation;

/**
 * The realm to import must fit the code, and must not contain a secret that can be guessed.
 *
 * <p>It is read in two ways: at start-up Keycloak replaces {@code ${VARIABLE:default}} in the text before it parses it;
 * the admin console parses the text as it is, and of keys that stand twice the last one counts.
 */
class RealmFileTest {

    private static final Map<String, String> VARIABLES = Stream.of(
                    "PORTFOLIO_CLIENT_SECRET",
                    "DASHBOARD_CLIENT_SECRET",
                    "FACADE_CLIENT_SECRET",
                    "GITHUB_CLIENT_ID",
                    "GITHUB_CLIENT_SECRET",
                    "GITHUB_BASE_URL",
                    "GITHUB_API_URL",
                    "GITHUB_AUTHORIZATION_URL",
                    "GITHUB_DASHBOARD_CLIENT_ID",
                    "GITHUB_DASHBOARD_CLIENT_SECRET",
                    "GOOGLE_CLIENT_ID",
                    "GOOGLE_CLIENT_SECRET",
                    "GOOGLE_AUTHORIZATION_URL",
                    "GOOGLE_DASHBOARD_CLIENT_ID",
                    "GOOGLE_DASHBOARD_CLIENT_SECRET",
                    "FACEBOOK_CLIENT_ID",
                    "FACEBOOK_CLIENT_SECRET",
                    "FACEBOOK_AUTHORIZATION_URL",
                    "LINKEDIN_CLIENT_ID",
                    "LINKEDIN_CLIENT_SECRET",
                    "LINKEDIN_AUTHORIZATION_URL",
                    "AUTH0_CLIENT_ID",
                    "AUTH0_CLIENT_SECRET",
                    "AUTH0_ISSUER",
                    "AUTH0_AUTHORIZATION_URL",
                    "AUTH0_TOKEN_URL",
                    "AUTH0_USERINFO_URL",
                    "AUTH0_JWKS_URL",
                    "PORTFOLIO_ORIGIN",
                    "DASHBOARD_ORIGIN")
            .collect(toUnmodifiableMap(name -> name, name -> "value of " + name));

    private static final List<String> PROVIDERS = List.of("github", "google", "facebook", "linkedin", "auth0");

    private static final String FACADE = "multi-client-auth-facade";

    private static final List<String> ROLES = List.of("multi-client-auth-sessions", "multi-client-auth-tokens");

    private static final String TENANT = "https://demo-tenant.eu.auth0.com";

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
    void clients_without_a_variable_for_their_secret_expect_the_key_of_the_facade(RealmRepresentation realm) {
        assertThat(realm.getClients()).hasSize(3).allSatisfy(client -> {
            assertThat(client.getSecret()).isNull();
            assertThat(client.getClientAuthenticatorType()).isEqualTo("client-jwt");
            assertThat(client.getRootUrl()).startsWith("http://");
            assertThat(client.getAttributes())
                    .containsEntry("use.jwks.url", "true")
                    .containsEntry("jwks.url", "/api/auth/jwks.json");
        });
    }

    @Test
    void clients_with_a_variable_for_their_secret_expect_that_secret() throws IOException {
        assertThat(started(VARIABLES).getClients()).hasSize(3).allSatisfy(client -> {
            assertThat(client.getSecret()).isNotBlank();
            assertThat(client.getClientAuthenticatorType()).isEqualTo("client-secret");
        });
    }

    @ParameterizedTest
    @MethodSource("without_variables")
    void has_defaults_that_work(RealmRepresentation realm) {
        assertThat(client(realm, "portfolio").getRootUrl()).isEqualTo("http://localhost:3000");
        assertThat(client(realm, "dashboard").getRootUrl()).isEqualTo("http://127.0.0.1:3001");
        assertThat(config(realm, "github"))
                .containsEntry("baseUrl", "https://github.com")
                .containsEntry("apiUrl", "https://api.github.com");
        assertThat(config(realm, "auth0"))
                .containsEntry("issuer", TENANT + "/")
                .containsEntry("authorizationUrl", TENANT + "/authorize")
                .containsEntry("tokenUrl", TENANT + "/oauth/token")
                .containsEntry("userInfoUrl", TENANT + "/userinfo")
                .containsEntry("jwksUrl", TENANT + "/.well-known/jwks.json");
        for (String alias : List.of("github", "google", "facebook", "linkedin")) {
            assertThat(config(realm, alias)).as(alias).containsEntry("authorizationUrl", "");
        }
    }

    /** With an empty client id they lend nothing; with another one they would break sign-ins. */
    @ParameterizedTest
    @MethodSource("without_variables")
    void leaves_an_applications_own_providers_empty(RealmRepresentation realm) {
        for (String alias : List.of("github-dashboard", "google-dashboard")) {
            assertThat(config(realm, alias)).containsEntry("clientId", "").containsEntry("clientSecret", "");
        }
    }

    @Test
    void takes_the_variables() throws IOException {
        RealmRepresentation realm = started(VARIABLES);
        for (String name : List.of("portfolio", "dashboard")) {
            String prefix = name.toUpperCase(Locale.ROOT);
            assertThat(client(realm, name).getRootUrl()).isEqualTo("value of " + prefix + "_ORIGIN");
            assertThat(client(realm, name).getSecret()).isEqualTo("value of " + prefix + "_CLIENT_SECRET");
        }
        assertThat(client(realm, FACADE).getSecret()).isEqualTo("value of FACADE_CLIENT_SECRET");
        for (IdentityProviderRepresentation provider : realm.getIdentityProviders()) {
            String prefix =
                    "value of " + provider.getAlias().toUpperCase(Locale.ROOT).replace('-', '_');
            assertThat(provider.getConfig())
                    .containsEntry("clientId", prefix + "_CLIENT_ID")
                    .containsEntry("clientSecret", prefix + "_CLIENT_SECRET");
            if (provider.isEnabled()) {
                assertThat(provider.getConfig()).containsEntry("authorizationUrl", prefix + "_AUTHORIZATION_URL");
            }
        }
        assertThat(config(realm, "github"))
                .containsEntry("baseUrl", "value of GITHUB_BASE_URL")
                .containsEntry("apiUrl", "value of GITHUB_API_URL");
        assertThat(config(realm, "auth0"))
                .containsEntry("issuer", "value of AUTH0_ISSUER")
                .containsEntry("tokenUrl", "value of AUTH0_TOKEN_URL")
                .containsEntry("userInfoUrl", "value of AUTH0_USERINFO_URL")
                .containsEntry("jwksUrl", "value of AUTH0_JWKS_URL");
    }

    @ParameterizedTest
    @MethodSource("in_every_way")
    void offers_the_five_providers_and_two_sets_of_credentials(RealmRepresentation realm) {
        assertThat(realm.getIdentityProviders())
                .extracting(
                        IdentityProviderRepresentation::getAlias,
                        IdentityProviderRepresentation::getProviderId,
                        IdentityProviderRepresentation::isEnabled,
                        IdentityProviderRepresentation::isHideOnLogin)
                .containsExactly(
                        tuple("github", "github", true, null),
                        tuple("google", "google", true, null),
                        tuple("facebook", "facebook", true, null),
                        tuple("linkedin", "linkedin-openid-connect", true, null),
                        tuple("auth0", "oidc", true, null),
                        tuple("github-dashboard", "github", false, true),
                        tuple("google-dashboard", "google", false, true));
        assertThat(realm.getIdentityProviders()).allSatisfy(provider -> {
            assertThat(provider.isTrustEmail()).isFalse();
            assertThat(provider.isStoreToken()).isFalse();
        });
    }

    /** Keycloak checks neither signature unless configured to. */
    @ParameterizedTest
    @MethodSource("in_every_way")
    void checks_the_signature_of_id_tokens(RealmRepresentation realm) {
        for (String alias : List.of("google", "auth0")) {
            assertThat(config(realm, alias))
                    .containsEntry("validateSignature", "true")
                    .containsEntry("useJwksUrl", "true")
                    .containsKey("jwksUrl");
        }
    }

    /** Keycloak 26.0 believes an ID token of any issuer where none is configured, also at Google. */
    @ParameterizedTest
    @MethodSource("in_every_way")
    void checks_the_issuer_of_id_tokens(RealmRepresentation realm) {
        assertThat(config(realm, "google"))
                .containsEntry("issuer", "https://accounts.google.com")
                .containsEntry("jwksUrl", "https://www.googleapis.com/oauth2/v3/certs");
        assertThat(config(realm, "auth0").get("issuer")).isNotBlank();
    }

    @ParameterizedTest
    @MethodSource("in_every_way")
    void every_provider_brings_a_picture(RealmRepresentation realm) {
        assertThat(realm.getIdentityProviderMappers())
                .extracting(IdentityProviderMapperRepresentation::getIdentityProviderAlias)
                .containsExactlyElementsOf(PROVIDERS);
        assertThat(realm.getIdentityProviderMappers())
                .allSatisfy(mapper -> assertThat(mapper.getConfig()).containsValue("picture"));
    }

    /** Only providers without a flow of their own follow the realm's. */
    @ParameterizedTest
    @MethodSource("in_every_way")
    void unknown_people_go_through_our_flow(RealmRepresentation realm) {
        assertThat(realm.getIdentityProviders())
                .allSatisfy(provider ->
                        assertThat(provider.getFirstBrokerLoginFlowAlias()).isNull());
        List<AuthenticationExecutionExportRepresentation> steps = executions(realm, realm.getFirstBrokerLoginFlow());
        assertThat(steps.get(0).getAuthenticator()).isEqualTo(AllowedProviderAuthenticatorFactory.ID);
        assertThat(steps).allSatisfy(step -> assertThat(step.getRequirement()).isEqualTo("REQUIRED"));
    }

    @ParameterizedTest
    @MethodSource("in_every_way")
    void links_only_by_verified_email_or_if_the_owner_confirms(RealmRepresentation realm) {
        assertThat(executions(realm, "multi-client-auth account by e-mail"))
                .extracting(
                        AuthenticationExecutionExportRepresentation::getAuthenticator,
                        AuthenticationExecutionExportRepresentation::getFlowAlias,
                        AuthenticationExecutionExportRepresentation::getRequirement)
                .containsExactly(
                        tuple("idp-create-user-if-unique", null, "ALTERNATIVE"),
                        tuple(LinkVerifiedEmailAuthenticatorFactory.ID, null, "ALTERNATIVE"),
                        tuple(null, "multi-client-auth existing account", "ALTERNATIVE"));
        assertThat(text).doesNotContain("idp-auto-link");
    }

    @ParameterizedTest
    @MethodSource("in_every_way")
    void runs_the_end_of_sign_ins_after_all_other_required_actions(RealmRepresentation realm) {
        assertThat(realm.getRequiredActions())
                .filteredOn(action -> action.getProviderId().equals(SignInGateProviderFactory.ID))
                .singleElement()
                .satisfies(gate -> {
                    assertThat(gate.isEnabled()).isTrue();
                    assertThat(gate.isDefaultAction()).isFalse();
                    assertThat(realm.getRequiredActions())
                            .allSatisfy(
                                    other -> assertThat(other.getPriority()).isLessThanOrEqualTo(gate.getPriority()));
                });
    }

    /** Keycloak makes its own required actions only if a realm lists none. */
    @ParameterizedTest
    @MethodSource("in_every_way")
    void keeps_keycloaks_required_actions(RealmRepresentation realm) {
        assertThat(realm.getRequiredActions())
                .extracting(RequiredActionProviderRepresentation::getAlias)
                .contains("CONFIGURE_TOTP", "UPDATE_PASSWORD", "VERIFY_EMAIL", "VERIFY_PROFILE", "idp_link")
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("in_every_way")
    void leaves_no_trace_of_the_variables(RealmRepresentation realm) {
        assertThat(applications(realm)).allSatisfy(client -> {
            assertThat(client.getDescription()).startsWith("Example application");
        });
        assertThat(client(realm, FACADE).getDescription()).startsWith("Service account of the facade");
        assertThat(realm.getIdentityProviders())
                .allSatisfy(provider -> assertThat(provider.getConfig())
                        .containsEntry("syncMode", "FORCE")
                        .allSatisfy((key, value) -> assertThat(value).doesNotContain("${")));
    }

    @ParameterizedTest
    @MethodSource("in_every_way")
    void lets_clients_do_nothing_but_sign_in_at_their_origin(RealmRepresentation realm) {
        assertThat(applications(realm)).allSatisfy(client -> {
            assertThat(client.isPublicClient()).isFalse();
            assertThat(client.isStandardFlowEnabled()).isTrue();
            assertThat(client.isImplicitFlowEnabled()).isFalse();
            assertThat(client.isDirectAccessGrantsEnabled()).isFalse();
            assertThat(client.isServiceAccountsEnabled()).isFalse();
            assertThat(client.isFullScopeAllowed()).isFalse();
            assertThat(client.getAttributes()).containsEntry("pkce.code.challenge.method", "S256");
            assertThat(client.getRedirectUris())
                    .containsExactlyElementsOf(Stream.concat(PROVIDERS.stream(), Stream.of("keycloak"))
                            .map(provider -> "/api/auth/callback/" + provider)
                            .toList());
            assertThat(client.getWebOrigins()).containsExactly("+");
            assertThat(client.getDefaultClientScopes()).contains("multi-client-auth", "basic");
        });
    }

    @ParameterizedTest
    @MethodSource("in_every_way")
    void lets_the_facade_read_clients_and_confirm_sessions_and_nothing_else(RealmRepresentation realm) {
        ClientRepresentation facade = client(realm, FACADE);
        assertThat(facade.isServiceAccountsEnabled()).isTrue();
        assertThat(facade.isPublicClient()).isFalse();
        assertThat(facade.isStandardFlowEnabled()).isFalse();
        assertThat(facade.isImplicitFlowEnabled()).isFalse();
        assertThat(facade.isDirectAccessGrantsEnabled()).isFalse();
        assertThat(facade.isFullScopeAllowed()).isFalse();
        assertThat(facade.getRedirectUris()).isEmpty();
        assertThat(facade.getDefaultClientScopes()).containsExactly("basic", "roles");
        assertThat(facade.getOptionalClientScopes()).isEmpty();
        assertThat(realm.getUsers()).singleElement().satisfies(account -> {
            assertThat(account.getServiceAccountClientId()).isEqualTo(FACADE);
            assertThat(account.getRealmRoles()).containsExactlyElementsOf(ROLES);
            assertThat(account.getClientRoles())
                    .containsExactly(Map.entry("realm-management", List.of("view-clients")));
        });
        assertThat(realm.getScopeMappings()).singleElement().satisfies(mapping -> {
            assertThat(mapping.getClient()).isEqualTo(FACADE);
            assertThat(mapping.getRoles()).containsExactlyElementsOf(ROLES);
        });
        assertThat(realm.getClientScopeMappings()).containsOnlyKeys("realm-management");
        assertThat(realm.getClientScopeMappings().get("realm-management"))
                .singleElement()
                .satisfies(mapping -> {
                    assertThat(mapping.getClient()).isEqualTo(FACADE);
                    assertThat(mapping.getRoles()).containsExactly("view-clients");
                });
    }

    /** The roles are for the facade's account alone, and no other role contains them. */
    @ParameterizedTest
    @MethodSource("in_every_way")
    void has_roles_for_sessions_and_tokens_that_no_user_gets_by_default(RealmRepresentation realm) {
        assertThat(realm.getRoles().getRealm())
                .allSatisfy(role -> {
                    assertThat(role.getDescription()).isNotBlank();
                    assertThat(role.isComposite()).isFalse();
                })
                .extracting(RoleRepresentation::getName)
                .containsExactlyElementsOf(ROLES);
        assertThat(realm.getRoles().getClient()).isNull();
        assertThat(realm.getDefaultRole()).isNull();
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
                .contains(first.getAuthenticatorConfig());
        assertThat(realm.getAuthenticatorConfig().get(0).getAlias()).isEqualTo(first.getAuthenticatorConfig());
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
                // The realm demands no level and no age.
                .containsOnlyKeys(names(new ClientOriginMapper()
                        .getConfigProperties().stream()
                                .filter(property -> property.getDefaultValue() != null)
                                .toList()))
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
    void asks_for_no_profile_page(RealmRepresentation realm) {
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

    private static List<ClientRepresentation> applications(RealmRepresentation realm) {
        return realm.getClients().stream()
                .filter(client -> !client.getClientId().equals(FACADE))
                .toList();
    }

    private static ClientRepresentation client(RealmRepresentation realm, String clientId) {
        return realm.getClients().stream()
                .filter(client -> client.getClientId().equals(clientId))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> config(RealmRepresentation realm, String alias) {
        return realm.getIdentityProviders().stream()
                .filter(provider -> provider.getAlias().equals(alias))
                .findFirst()
                .orElseThrow()
                .getConfig();
    }

    private static List<AuthenticationExecutionExportRepresentation> executions(
            RealmRepresentation realm, String flow) {
        return realm.getAuthenticationFlows().stream()
                .filter(candidate -> candidate.getAlias().equals(flow))
                .findFirst()
                .orElseThrow()
                .getAuthenticationExecutions();
    }

    private static String[] names(List<ProviderConfigProperty> properties) {
        return properties.stream().map(ProviderConfigProperty::getName).toArray(String[]::new);
    }
}
