package io.github.multiclientauth.extension.token;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.extension.Fake;
import io.github.multiclientauth.extension.Providers;
import io.github.multiclientauth.extension.decision.GrantType;
import io.github.multiclientauth.extension.provider.Allowance;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.http.HttpRequest;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.UserSessionModel.SessionPersistenceState;

class AllowedProvidersMapperTest {

    private final ProtocolMapperModel rule = rule("github##google");
    private final Map<String, String> sessionNotes = new HashMap<>(Map.of("AUTH_TIME", "1"));
    private final Providers providers = new Providers();
    private final MultivaluedMap<String, String> form = new MultivaluedHashMap<>();
    private SessionPersistenceState persistence = SessionPersistenceState.PERSISTENT;
    private String providerNote;
    private String serviceAccountOf;
    private String grantInContext;

    @Test
    void a_session_of_an_allowed_provider_gets_tokens() {
        sessionNotes.put("identity_provider", "google");
        assertThat(isAllowed()).isTrue();
    }

    @Test
    void a_session_of_another_provider_gets_no_tokens() {
        sessionNotes.put("identity_provider", "facebook");
        assertThat(isAllowed()).isFalse();
    }

    @Test
    void keycloaks_own_login_page_is_one_of_them() {
        assertThat(isAllowed()).isFalse();
    }

    /** The person may have signed in again, at another client and with another provider, within the same session. */
    @Test
    void the_provider_noted_for_this_client_counts_before_that_of_the_session() {
        sessionNotes.put("identity_provider", "facebook");
        providerNote = "github";
        assertThat(isAllowed()).isTrue();
        sessionNotes.put("identity_provider", "github");
        providerNote = "facebook";
        assertThat(isAllowed()).isFalse();
    }

    /** The admin console's example tokens. */
    @Test
    void tokens_without_a_grant_are_allowed() {
        sessionNotes.remove("AUTH_TIME");
        assertThat(isAllowed()).isTrue();
    }

    /** A question about a session has no form. Without the grant in the context, a forbidden session would stay alive. */
    @Test
    void a_grant_in_the_context_counts_like_one_in_the_form() {
        sessionNotes.remove("AUTH_TIME");
        grantInContext = "refresh_token";
        assertThat(isAllowed()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(GrantType.class)
    void a_service_account_is_not_concerned(GrantType grant) {
        sessionNotes.remove("AUTH_TIME");
        form.putSingle("grant_type", grant.id());
        serviceAccountOf = "portfolio";
        assertThat(isAllowed()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = GrantType.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"JWT_BEARER"})
    void a_session_without_a_provider_counts_as_keycloaks_own_login(GrantType grant) {
        sessionNotes.remove("AUTH_TIME");
        form.putSingle("grant_type", grant.id());
        assertThat(isAllowed()).isFalse();
        rule.setConfig(rule("keycloak").getConfig());
        assertThat(isAllowed()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(GrantType.class)
    void a_forbidden_providers_session_is_refused_to_every_grant(GrantType grant) {
        form.putSingle("grant_type", grant.id());
        sessionNotes.put("identity_provider", "facebook");
        assertThat(isAllowed()).isFalse();
    }

    /** Keycloak makes one up where a token has none behind it, and it says nothing of where that token is from. */
    @ParameterizedTest
    @EnumSource(
            value = GrantType.class,
            names = {"TOKEN_EXCHANGE", "PRE_AUTHORIZED_CODE", "UMA_TICKET", "REFRESH_TOKEN"})
    void a_transient_session_does_not_count_as_keycloaks_own_login(GrantType grant) {
        sessionNotes.remove("AUTH_TIME");
        persistence = SessionPersistenceState.TRANSIENT;
        form.putSingle("grant_type", grant.id());
        rule.setConfig(rule("keycloak").getConfig());
        assertThat(isAllowed()).isFalse();
    }

    /** A grant type of a Keycloak to come. */
    @Test
    void an_unknown_grant_is_refused_where_there_is_a_rule() {
        sessionNotes.remove("AUTH_TIME");
        form.putSingle("grant_type", "urn:example:next-year");
        rule.setConfig(rule("keycloak##github##google").getConfig());
        assertThat(isAllowed()).isFalse();
        rule.setConfig(rule("").getConfig());
        assertThat(isAllowed()).isTrue();
    }

    @Nested
    class OfAnAssertion {

        @BeforeEach
        void present_an_assertion() {
            sessionNotes.remove("AUTH_TIME");
            persistence = SessionPersistenceState.TRANSIENT;
            form.putSingle("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer");
            form.putSingle("assertion", assertion("https://corp.example"));
            providers
                    .with("corp", "oidc", Map.of("issuer", "https://corp.example"))
                    .with("github");
        }

        @Test
        void its_issuers_provider_must_be_allowed() {
            assertThat(isAllowed()).isFalse();
            rule.setConfig(rule("github##corp").getConfig());
            assertThat(isAllowed()).isTrue();
        }

        @Test
        void every_provider_with_its_issuer_must_be_allowed() {
            providers.with("other", "oidc", Map.of("issuer", "https://a.example, https://corp.example"));
            rule.setConfig(rule("corp").getConfig());
            assertThat(isAllowed()).isFalse();
        }

        @ParameterizedTest
        @ValueSource(strings = {"https://nobody.example", "https://corp.example/", ""})
        void an_issuer_that_no_provider_has_is_refused(String issuer) {
            form.putSingle("assertion", assertion(issuer));
            rule.setConfig(rule("corp##keycloak").getConfig());
            assertThat(isAllowed()).isFalse();
        }

        @ParameterizedTest
        @NullSource
        @ValueSource(strings = {"", "x", "a.b.c"})
        void malformed_assertions_are_refused(String assertion) {
            form.putSingle("assertion", assertion);
            rule.setConfig(rule("corp##keycloak").getConfig());
            assertThat(isAllowed()).isFalse();
        }

        @Test
        void a_provider_that_is_named_keycloak_does_not_pass_for_the_own_login_page() {
            providers.with("keycloak", "oidc", Map.of("issuer", "https://corp.example"));
            rule.setConfig(rule("corp##keycloak").getConfig());
            assertThat(isAllowed()).isFalse();
        }

        private static String assertion(String issuer) {
            Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
            return encoder.encodeToString("{\"alg\":\"RS256\"}".getBytes(UTF_8))
                    + "."
                    + encoder.encodeToString(("{\"iss\":\"" + issuer + "\"}").getBytes(UTF_8))
                    + ".AAAA";
        }
    }

    @Test
    void a_session_begun_with_a_providers_token_counts_as_that_providers() {
        sessionNotes.put("EXTERNAL_IDENTITY_PROVIDER", "facebook");
        assertThat(isAllowed()).isFalse();
        sessionNotes.put("EXTERNAL_IDENTITY_PROVIDER", "google");
        assertThat(isAllowed()).isTrue();
    }

    @Test
    void the_rules_apply_to_a_providers_session_even_without_an_authentication_time() {
        sessionNotes.remove("AUTH_TIME");
        sessionNotes.put("identity_provider", "facebook");
        assertThat(isAllowed()).isFalse();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = "")
    void an_empty_rule_refuses_no_token(String providers) {
        rule.setConfig(rule(providers).getConfig());
        assertThat(isAllowed()).isTrue();
    }

    private boolean isAllowed() {
        KeycloakSession session = Fake.of(KeycloakSession.class)
                .answering("identityProviders", providers.storage())
                .answering(
                        "getContext",
                        Fake.of(KeycloakContext.class)
                                .answering(
                                        "getHttpRequest",
                                        Fake.of(HttpRequest.class)
                                                .answering("getDecodedFormParameters", form)
                                                .build())
                                .build())
                .build();
        ClientModel client = Fake.of(ClientModel.class)
                .answering("getClientId", "portfolio")
                .answering("getClientScopes", Map.of())
                .doing("getProtocolMappersStream", arguments -> Stream.of(rule))
                .build();
        UserSessionModel userSession = Fake.of(UserSessionModel.class)
                .doing("getNote", arguments -> sessionNotes.get((String) arguments[0]))
                .answering("getAuthenticatedClientSessions", Map.of())
                .answering("getPersistenceState", persistence)
                .answering(
                        "getUser",
                        Fake.of(UserModel.class)
                                .answering("getServiceAccountClientLink", serviceAccountOf)
                                .build())
                .build();
        AuthenticatedClientSessionModel clientSession = Fake.of(AuthenticatedClientSessionModel.class)
                .answering("getClient", client)
                .answering("getNote", providerNote)
                .build();
        ClientSessionContext context = Fake.of(ClientSessionContext.class)
                .answering("getClientSession", clientSession)
                .answering("getAttribute", grantInContext)
                .build();
        return AllowedProvidersMapper.refusal(session, userSession, context).isEmpty();
    }

    private static ProtocolMapperModel rule(String providers) {
        ProtocolMapperModel rule = new ProtocolMapperModel();
        rule.setProtocolMapper(AllowedProvidersMapper.ID);
        Map<String, String> config = new HashMap<>();
        config.put(Allowance.PROVIDERS, providers);
        rule.setConfig(config);
        return rule;
    }
}
