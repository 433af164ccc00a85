package io.github.multiclientauth.extension.rules;

import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The session that a browser has had until somebody signed in apart from it. */
final class ReplacedSession {

    private ReplacedSession() {}

    /** Ends it, if there is one, and tells its applications. Keycloak would remove it without a word. */
    // Keycloak 26.5 made AuthResult a record and deprecated its getters; older ones have nothing else.
    @SuppressWarnings("removal")
    static void end(KeycloakSession session, AuthenticationSessionModel signIn) {
        if (SignInProvider.isSingleSignOn(signIn)) {
            return;
        }
        AuthenticationManager.AuthResult cookie =
                AuthenticationManager.authenticateIdentityCookie(session, signIn.getRealm(), false);
        if (cookie == null
                || cookie.getSession().getId().equals(signIn.getParentSession().getId())) {
            return;
        }
        ClientModel client = signIn.getClient();
        AuthenticationManager.backchannelLogout(session, cookie.getSession(), true);
        // Signing out has put its own ones there, and the sign-in goes on.
        KeycloakContext context = session.getContext();
        context.setAuthenticationSession(signIn);
        context.setClient(client);
        RulesLog.LOG.replacedSessionEnded(
                client.getClientId(), signIn.getRealm().getName());
    }
}
