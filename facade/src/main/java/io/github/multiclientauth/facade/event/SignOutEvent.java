package io.github.multiclientauth.facade.event;

import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.wire.AuthRequest;
import io.github.multiclientauth.facade.wire.Reference;
import java.util.Optional;

/** What happens while somebody signs out, here or at Keycloak. */
public sealed interface SignOutEvent extends Event {

    /**
     * A request to sign out is answered.
     *
     * @param provider with which the person had signed in, if known
     */
    record SignedOut(AuthRequest request, Optional<String> provider, SignOutOutcome outcome) implements SignOutEvent {
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
     */
    record KeycloakSessionEndedLater(Reference reference, ClientId client) implements SignOutEvent {
        @Override
        public void match(Event.Cases cases) {
            cases.on(this);
        }
    }

    /**
     * The facade stops trying to end Keycloak's session.
     *
     * @param reference of the request that signed out
     */
    record KeycloakSessionGivenUp(Reference reference, ClientId client, String reason) implements SignOutEvent {
        @Override
        public void match(Event.Cases cases) {
            cases.on(this);
        }
    }

    /**
     * A person has ended other sessions of their own.
     *
     * @param number how many have ended
     */
    record OthersEnded(AuthRequest request, int number) implements SignOutEvent {
        @Override
        public void match(Event.Cases cases) {
            cases.on(this);
        }
    }

    /** A logout token of Keycloak ended a session. */
    record EndedByKeycloak(ClientId client) implements SignOutEvent {
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
