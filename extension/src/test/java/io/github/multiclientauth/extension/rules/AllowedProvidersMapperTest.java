package io.github.multiclientauth.extension.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.extension.Fake;
import io.github.multiclientauth.extension.Providers;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.UserSessionModel;

class AllowedProvidersMapperTest {

    private final ProtocolMapperModel rule = rule("github##google");
    private final Map<String, String> sessionNotes = new HashMap<>(Map.of("AUTH_TIME", "1"));
    private String providerNote;

    @Test
    void a_session_of_an_allowed_provider_gets_tokens() {
        sessionNotes.put("identity_provider", "google");
        assertThat(isAllowed()).isTrue();
    }

    @Test
    void there_is_no_token_from_a_session_of_another_provider() {
        sessionNotes.put("identity_provider", "facebook");
        assertThat(isAllowed()).isFalse();
    }

    @Test
    void keycloaks_own_login_page_is_one_of_them() {
        assertThat(isAllowed()).isFalse();
    }

    /** Somebody may have signed in again, at another client and with another provider, within the same session. */
    @Test
    void what_this_client_was_signed_in_to_with_counts_before_the_session() {
        sessionNotes.put("identity_provider", "facebook");
        providerNote = "github";
        assertThat(isAllowed()).isTrue();
        sessionNotes.put("identity_provider", "github");
        providerNote = "facebook";
        assertThat(isAllowed()).isFalse();
    }

    @Test
    void who_was_never_asked_to_sign_in_is_not_concerned() {
        sessionNotes.remove("AUTH_TIME");
        assertThat(isAllowed()).isTrue();
    }

    @Test
    void a_providers_session_is_concerned_however_it_came_about() {
        sessionNotes.remove("AUTH_TIME");
        sessionNotes.put("identity_provider", "facebook");
        assertThat(isAllowed()).isFalse();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = "")
    void an_empty_rule_refuses_nobody(String providers) {
        rule.setConfig(rule(providers).getConfig());
        assertThat(isAllowed()).isTrue();
    }

    private boolean isAllowed() {
        KeycloakSession session = Fake.of(KeycloakSession.class)
                .answering("identityProviders", new Providers().storage())
                .build();
        ClientModel client = Fake.of(ClientModel.class)
                .answering("getClientId", "portfolio")
                .answering("getClientScopes", Map.of())
                .doing("getProtocolMappersStream", arguments -> Stream.of(rule))
                .build();
        UserSessionModel userSession = Fake.of(UserSessionModel.class)
                .doing("getNote", arguments -> sessionNotes.get((String) arguments[0]))
                .answering("getAuthenticatedClientSessions", Map.of())
                .build();
        AuthenticatedClientSessionModel clientSession = Fake.of(AuthenticatedClientSessionModel.class)
                .answering("getClient", client)
                .answering("getNote", providerNote)
                .build();
        return AllowedProvidersMapper.isAllowed(
                session,
                userSession,
                clientSession,
                AllowedProvidersMapper.provider(session, userSession, clientSession));
    }

    private static ProtocolMapperModel rule(String providers) {
        ProtocolMapperModel rule = new ProtocolMapperModel();
        rule.setProtocolMapper(AllowedProvidersMapper.ID);
        Map<String, String> config = new HashMap<>();
        config.put(AllowedProvidersMapper.PROVIDERS, providers);
        rule.setConfig(config);
        return rule;
    }
}
