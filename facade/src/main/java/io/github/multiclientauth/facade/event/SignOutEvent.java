package io.github.multiclientauth.facade.event;

import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.wire.AuthRequest;
import io.github.multiclientauth.facade.wire.Reference;
import java.util.List;
import java.util.Optional;

/** What happens while somebody signs out, here or at Keycloak. */
public sealed interface SignOutEvent extends Event {

    /**
     * A request to sign out is answered.
     *
     * @param actor whose cookie it was, if it could be read
     */
    record SignedOut(AuthRequest request, Optional<Actor> actor, SignOutOutcome outcome) implements SignOutEvent {
        @Override
        public void match(Event.Cases cases) {
            cases.on(this);
        }
    }

    /** The cookies no longer work, but Keycloak's session may still be alive. */
    record KeycloakSessionRemains(AuthRequest request, String reason) implements SignOutEvent {
        @Override
        public void match(Event.Cases cases) {
            cases.on(this);
        }
    }

    /**
     * Keycloak has ended a session that it could not end while the person signed out.
     *
     * @param reference of the request that signed out
     * @param sid Keycloak's id of the session
     */
    record KeycloakSessionEndedLater(Reference reference, ClientId client, String sid) implements SignOutEvent {
        @Override
        public void match(Event.Cases cases) {
            cases.on(this);
        }
    }

    /**
     * The facade stops trying to end Keycloak's session.
     *
     * @param reference of the request that signed out
     * @param sid Keycloak's id of the session
     */
    record KeycloakSessionGivenUp(Reference reference, ClientId client, String sid, String reason)
            implements SignOutEvent {
        @Override
        public void match(Event.Cases cases) {
            cases.on(this);
        }
    }

    /**
     * A person has ended other sessions of their own.
     *
     * @param sids Keycloak's ids of those that have ended
     */
    record OthersEnded(AuthRequest request, Actor actor, List<String> sids) implements SignOutEvent {
        public OthersEnded {
            sids = List.copyOf(sids);
        }

        @Override
        public void match(Event.Cases cases) {
            cases.on(this);
        }
    }

    /**
     * A logout token of Keycloak ended a session, or all sessions of a user at a client.
     *
     * @param sid Keycloak's id of the session; empty if all of them have ended
     * @param subject Keycloak's id of the user, if the token has it
     */
    record EndedByKeycloak(ClientId client, Optional<String> sid, Optional<String> subject) implements SignOutEvent {
        @Override
        public void match(Event.Cases cases) {
            cases.on(this);
        }
    }

    /** A logout token was not sent by Keycloak, was sent to another client, or there is no room for it now. */
    record LogoutTokenRefused(String reason) implements SignOutEvent {
        @Override
        public void match(Event.Cases cases) {
            cases.on(this);
        }
    }

    /** A logout token cannot be checked now. It may be a genuine one. */
    record LogoutTokenNotChecked(String reason) implements SignOutEvent {
        @Override
        public void match(Event.Cases cases) {
            cases.on(this);
        }
    }

    /** One method for each event. */
    interface Cases {

        void on(SignedOut event);

        void on(KeycloakSessionRemains event);

        void on(KeycloakSessionEndedLater event);

        void on(KeycloakSessionGivenUp event);

        void on(OthersEnded event);

        void on(EndedByKeycloak event);

        void on(LogoutTokenRefused event);

        void on(LogoutTokenNotChecked event);
    }
}
