package io.github.multiclientauth.extension.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.extension.Fake;
import io.github.multiclientauth.extension.Providers;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.UserSessionProvider;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.sessions.RootAuthenticationSessionModel;

class SignInProviderTest {

    private final Providers providers = new Providers()
            .with("github")
            .with("github-portfolio")
            .with("facebook")
            .with("facebook-portfolio");
    private final Map<String, AuthenticatedClientSessionModel> clientSessions = new HashMap<>();
    private final Map<String, String> presentNotes = new HashMap<>();
    private String sessionNote;
    private boolean sessionExists = true;
    private String singleSignOn;

    @Test
    void a_session_without_a_provider_comes_from_the_login_page() {
        assertThat(ofSession("portfolio")).isEqualTo("keycloak");
        sessionNote = "";
        assertThat(ofSession("portfolio")).isEqualTo("keycloak");
    }

    @Test
    void a_clients_own_provider_goes_by_the_name_of_the_shared_one() {
        sessionNote = "github-portfolio";
        assertThat(ofSession("portfolio")).isEqualTo("github");
    }

    @Test
    void the_name_of_the_shared_provider_also_counts_at_another_client_of_the_session() {
        sessionNote = "facebook-portfolio";
        clientSessions.put("1", clientSession("portfolio"));
        assertThat(ofSession("dashboard")).isEqualTo("facebook");
    }

    @Test
    void a_provider_of_a_client_that_is_not_in_the_session_keeps_its_name() {
        sessionNote = "facebook-portfolio";
        assertThat(ofSession("dashboard")).isEqualTo("facebook-portfolio");
    }

    @Test
    void the_provider_of_the_sign_in_counts_before_that_of_the_session() {
        sessionNote = "github";
        presentNotes.put("identity_provider", "facebook-portfolio");
        assertThat(ofSignIn()).isEqualTo("facebook");
    }

    @Test
    void single_sign_on_is_of_the_sessions_provider_even_after_linking_another() {
        sessionNote = "github";
        presentNotes.put("identity_provider", "facebook");
        singleSignOn = "true";
        assertThat(ofSignIn()).isEqualTo("github");
    }

    @Test
    void a_first_sign_in_at_the_login_page_has_the_provider_keycloak() {
        sessionExists = false;
        assertThat(ofSignIn()).isEqualTo("keycloak");
    }

    @Test
    void a_provider_that_was_disabled_meanwhile_is_noticed() {
        presentNotes.put("identity_provider", "github");
        assertThat(isOfDisabledProvider()).isFalse();
        providers.disable("github");
        assertThat(isOfDisabledProvider()).isTrue();
        presentNotes.put("identity_provider", "deleted");
        assertThat(isOfDisabledProvider()).isTrue();
    }

    @Test
    void a_session_outlives_its_provider() {
        providers.disable("github");
        assertThat(isOfDisabledProvider()).as("at the login page").isFalse();
        presentNotes.put("identity_provider", "github");
        singleSignOn = "true";
        assertThat(isOfDisabledProvider()).as("by single sign-on").isFalse();
    }

    private boolean isOfDisabledProvider() {
        return application().isProviderGone();
    }

    private String ofSession(String clientId) {
        return new ClientProviders(session(), client(clientId)).signInProvider(userSession());
    }

    private String ofSignIn() {
        return application().signInProvider();
    }

    private Application application() {
        return Application.of(session(), signIn(), ClientOriginSettings.of(Map.of()))
                .orElseThrow();
    }

    private AuthenticationSessionModel signIn() {
        return Fake.of(AuthenticationSessionModel.class)
                .answering("getUserSessionNotes", presentNotes)
                .answering("getAuthNote", singleSignOn)
                .answering("getClient", client("portfolio"))
                .answering("getRealm", Fake.of(RealmModel.class).build())
                .answering(
                        "getParentSession",
                        Fake.of(RootAuthenticationSessionModel.class)
                                .answering("getId", "sid")
                                .build())
                .build();
    }

    private KeycloakSession session() {
        return Fake.of(KeycloakSession.class)
                .answering("identityProviders", providers.storage())
                .answering(
                        "sessions",
                        Fake.of(UserSessionProvider.class)
                                .doing("getUserSession", arguments -> sessionExists ? userSession() : null)
                                .build())
                .build();
    }

    private UserSessionModel userSession() {
        return Fake.of(UserSessionModel.class)
                .answering("getNote", sessionNote)
                .answering("getAuthenticatedClientSessions", clientSessions)
                .build();
    }

    private static AuthenticatedClientSessionModel clientSession(String clientId) {
        return Fake.of(AuthenticatedClientSessionModel.class)
                .answering("getClient", client(clientId))
                .build();
    }

    private static ClientModel client(String clientId) {
        return Fake.of(ClientModel.class)
                .answering("getClientId", clientId)
                .answering(
                        "getClientScopes",
                        Map.of(
                                "multi-client-auth",
                                Fake.of(ClientScopeModel.class).build()))
                .build();
    }
}
