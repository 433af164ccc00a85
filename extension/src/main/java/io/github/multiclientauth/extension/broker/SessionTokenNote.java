package io.github.multiclientauth.extension.broker;

import org.keycloak.models.UserSessionModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * With which client's credentials the tokens of a provider were got that Keycloak keeps in a user session: a note beside
 * them, one for each provider, since linking an account brings tokens of another one into the same session.
 */
final class SessionTokenNote {

    private static final String PREFIX = "multi-client-auth.credentials.";

    private SessionTokenNote() {}

    /** @return the client id; empty for the shared credentials */
    static String read(UserSessionModel userSession, String provider) {
        String clientId = userSession.getNote(PREFIX + provider);
        return clientId == null ? "" : clientId;
    }

    /** @param clientId empty for the shared credentials: notes can be replaced, not removed */
    static void write(AuthenticationSessionModel signIn, String provider, String clientId) {
        signIn.setUserSessionNote(PREFIX + provider, clientId);
    }
}
