package io.github.multiclientauth.extension.application;

import io.github.multiclientauth.origin.Origin;
import java.util.Optional;
import org.keycloak.events.EventBuilder;
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

    /** The detail of Keycloak's events that has the origin. */
    public static final String EVENT_DETAIL = "client_origin";

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

    /** Puts the origin of a sign-in into an event about it, if it has been admitted. */
    public static void tell(EventBuilder event, AuthenticationSessionModel authenticationSession) {
        Origin.parse(authenticationSession.getClientNote(NAME)).ifPresent(origin -> tell(event, origin));
    }

    /** Puts the origin into an event about a session, if the person has signed in to this client by our step. */
    public static void tell(EventBuilder event, AuthenticatedClientSessionModel clientSession) {
        read(clientSession).ifPresent(origin -> tell(event, origin));
    }

    private static void tell(EventBuilder event, Origin origin) {
        event.detail(EVENT_DETAIL, origin.toString());
    }

    /** The origin from which the person signed in to this client; empty without a browser sign-in through our step. */
    public static Optional<Origin> read(AuthenticatedClientSessionModel clientSession) {
        return Origin.parse(clientSession.getNote(NAME));
    }
}
