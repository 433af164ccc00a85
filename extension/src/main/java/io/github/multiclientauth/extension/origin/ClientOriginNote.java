package io.github.multiclientauth.extension.origin;

import io.github.multiclientauth.origin.Origin;
import java.util.Optional;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Where the origin of a sign-in is kept: a client note, which Keycloak copies into the client's part of the user session,
 * so that each application has its own and token refreshes find it.
 *
 * <p>Written at every sign-in, an empty one included: Keycloak adds notes to an existing client session, but never removes
 * any.
 */
public final class ClientOriginNote {

    private static final String NAME = "multi-client-auth.origin";

    private ClientOriginNote() {}

    static void write(AuthenticationSessionModel authenticationSession, Origin origin) {
        authenticationSession.setClientNote(NAME, origin.toString());
    }

    static void clear(AuthenticationSessionModel authenticationSession) {
        authenticationSession.setClientNote(NAME, "");
    }

    /** Whether our step has admitted this sign-in. */
    public static boolean isWritten(AuthenticationSessionModel authenticationSession) {
        return Origin.parse(authenticationSession.getClientNote(NAME)).isPresent();
    }

    /** From where this client was signed in to; empty without a browser sign-in through our step. */
    public static Optional<Origin> read(AuthenticatedClientSessionModel clientSession) {
        return Origin.parse(clientSession.getNote(NAME));
    }
}
