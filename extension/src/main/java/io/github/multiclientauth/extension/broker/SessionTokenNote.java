package io.github.multiclientauth.extension.broker;

import org.keycloak.models.UserSessionModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Notes which client's credentials were used for the tokens of a provider that Keycloak keeps in a user session. There
 * is one note for each provider, since linking an account adds tokens of another provider to the same session.
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
