package io.github.multiclientauth.extension.origin;

import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.RestartLoginCookie;
import org.keycloak.services.managers.AuthenticationSessionManager;
import org.keycloak.services.util.AuthenticationFlowURLHelper;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The same sign-in once more, apart from the browser's session.
 *
 * <p>Keycloak continues an existing session with whoever signs in: another person gets an error page, after a half-made
 * user has been left behind, and the same person changes the session under all other applications. A sign-in with an
 * authentication session of its own begins a new session; the old one ends only when somebody has signed in.
 */
final class SeparateSignIn {

    private static final String NOTE = "multi-client-auth.apart";

    private SeparateSignIn() {}

    /** Whether this sign-in is such a one. */
    static boolean is(AuthenticationSessionModel signIn) {
        return Boolean.parseBoolean(signIn.getAuthNote(NOTE));
    }

    /** Leads the browser to the new sign-in, whose flow begins anew. */
    static Response begin(AuthenticationFlowContext context) {
        KeycloakSession session = context.getSession();
        AuthenticationSessionModel present = context.getAuthenticationSession();
        AuthenticationSessionModel apart = new AuthenticationSessionManager(session)
                .createAuthenticationSession(context.getRealm(), true)
                .createAuthenticationSession(present.getClient());
        apart.setProtocol(present.getProtocol());
        apart.setRedirectUri(present.getRedirectUri());
        apart.setAction(present.getAction());
        apart.setClientScopes(present.getClientScopes());
        present.getClientNotes().forEach(apart::setClientNote);
        apart.setAuthNote(NOTE, "true");
        RestartLoginCookie.setRestartCookie(session, apart);
        URI flow = new AuthenticationFlowURLHelper(session, context.getRealm(), context.getUriInfo())
                .getLastExecutionUrl(apart);
        return Response.seeOther(flow).build();
    }
}
