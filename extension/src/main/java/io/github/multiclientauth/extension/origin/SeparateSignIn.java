package io.github.multiclientauth.extension.origin;

import io.github.multiclientauth.extension.application.SignIn;
import io.github.multiclientauth.extension.application.SsoCookie;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.RestartLoginCookie;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.managers.AuthenticationSessionManager;
import org.keycloak.services.util.AuthenticationFlowURLHelper;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * A sign-in that is separate from the browser's session, and replaces that session once the person has signed in.
 *
 * <p>Keycloak continues an existing session with any person who signs in. Another person gets an error page, and a
 * half-made user stays behind. The same person changes the session under all other applications. A sign-in with an
 * authentication session of its own begins a new session. The old one ends only when the person has signed in.
 */
public final class SeparateSignIn {

    private static final String NOTE = "multi-client-auth.apart";

    private SeparateSignIn() {}

    /** Whether this sign-in is separate already. */
    static boolean isSeparate(AuthenticationSessionModel signIn) {
        return Boolean.parseBoolean(signIn.getAuthNote(NOTE));
    }

    /** Starts the same sign-in once more, separate from the browser's session, and leads the browser to it. */
    static Response begin(AuthenticationFlowContext context) {
        KeycloakSession session = context.getSession();
        AuthenticationSessionModel present = context.getAuthenticationSession();
        AuthenticationSessionModel separate = new AuthenticationSessionManager(session)
                .createAuthenticationSession(context.getRealm(), true)
                .createAuthenticationSession(present.getClient());
        separate.setProtocol(present.getProtocol());
        separate.setRedirectUri(present.getRedirectUri());
        separate.setAction(present.getAction());
        separate.setClientScopes(present.getClientScopes());
        present.getClientNotes().forEach(separate::setClientNote);
        separate.setAuthNote(NOTE, "true");
        RestartLoginCookie.setRestartCookie(session, separate);
        URI flow = new AuthenticationFlowURLHelper(session, context.getRealm(), context.getUriInfo())
                .getLastExecutionUrl(separate);
        return Response.seeOther(flow).build();
    }

    /**
     * Ends the session that the browser has had until now, if the sign-in is separate from it, and tells its applications. Keycloak would
     * remove it silently.
     *
     * @return whether there was one
     */
    public static boolean endReplacedSession(KeycloakSession session, AuthenticationSessionModel signIn) {
        if (SignIn.isSingleSignOn(signIn)) {
            return false;
        }
        Optional<UserSessionModel> replaced = SsoCookie.anySession(session, signIn.getRealm())
                .filter(present ->
                        !present.getId().equals(signIn.getParentSession().getId()));
        replaced.ifPresent(present -> {
            ClientModel client = signIn.getClient();
            AuthenticationManager.backchannelLogout(session, present, true);
            // Signing out has put its own authentication session and client there, and the sign-in goes on.
            KeycloakContext context = session.getContext();
            context.setAuthenticationSession(signIn);
            context.setClient(client);
        });
        return replaced.isPresent();
    }
}
