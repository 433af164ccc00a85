package io.github.multiclientauth.facade.event;

import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.wire.AuthRequest;

/** What happens when somebody wants an access token of a session. */
public sealed interface TokenEvent extends Event {

    /** Keycloak has issued a token. */
    record Issued(AuthRequest request, Actor actor) implements TokenEvent {
        @Override
        public void match(Event.Cases cases) {
            cases.on(this);
        }
    }

    /** A token is used that Keycloak issued before, or for somebody who asked at the same time. Has to be cheap. */
    record Cached(ClientId client) implements TokenEvent {
        @Override
        public void match(Event.Cases cases) {
            cases.on(this);
        }
    }

    /**
     * There is no token: the session is over, or the settings in Keycloak allow none.
     *
     * @param ended whether the session is over
     * @param reason in Keycloak's words
     */
    record Refused(AuthRequest request, Actor actor, boolean ended, String reason) implements TokenEvent {
        @Override
        public void match(Event.Cases cases) {
            cases.on(this);
        }
    }

    /** Keycloak could not be asked, or does not let the facade ask. */
    record Unavailable(AuthRequest request, Actor actor, String reason) implements TokenEvent {
        @Override
        public void match(Event.Cases cases) {
            cases.on(this);
        }
    }

    /** One method for each event. */
    interface Cases {

        void on(Issued event);

        void on(Cached event);

        void on(Refused event);

        void on(Unavailable event);
    }
}
