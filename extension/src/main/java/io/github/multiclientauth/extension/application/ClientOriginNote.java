package io.github.multiclientauth.extension.application;

import io.github.multiclientauth.origin.Origin;
import java.util.Optional;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Keeps the origin of a sign-in in a client note. Keycloak copies it into the client's part of the user session. So
 * each application has its own, and token refreshes find it.
 *
 * <p>Written at every sign-in, also if it is empty: Keycloak adds notes to an existing client session, but never
 * removes any.
 */
public final class ClientOriginNote {

    private static final String NAME = "multi-client-auth.origin";

    private ClientOriginNote() {}

    /** Notes the origin. */
    public static void write(AuthenticationSessionModel authenticationSession, Origin origin) {
        authenticationSession.setClientNote(NAME, origin.toString());
    }

    /** Replaces the note by an empty one. */
    public static void clear(AuthenticationSessionModel authenticationSession) {
        authenticationSession.setClientNote(NAME, "");
    }

    /** Whether our step has admitted this sign-in. */
    public static boolean isWritten(AuthenticationSessionModel authenticationSession) {
        return Origin.parse(authenticationSession.getClientNote(NAME)).isPresent();
    }

    /** The origin from which the person signed in to this client; empty without a browser sign-in through our step. */
    public static Optional<Origin> read(AuthenticatedClientSessionModel clientSession) {
        return Origin.parse(clientSession.getNote(NAME));
    }
}
