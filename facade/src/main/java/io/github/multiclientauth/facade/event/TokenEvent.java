package io.github.multiclientauth.facade.event;

import io.github.multiclientauth.facade.client.ClientId;

/** What happens when somebody wants an access token of a session. */
public sealed interface TokenEvent extends Event {

    /** Keycloak has issued a token. */
    record Issued(ClientId client) implements TokenEvent {
        @Override
        public void match(Event.Cases cases) {
            cases.on(this);
        }
    }

    /** A token is used that Keycloak issued before, or for somebody who asked at the same time. */
    record Cached(ClientId client) implements TokenEvent {
        @Override
        public void match(Event.Cases cases) {
            cases.on(this);
        }
    }

    /**
     * There is no token: the session is over, or the settings in Keycloak allow none.
     *
     * @param reason in Keycloak's words
     */
    record Refused(ClientId client, String reason) implements TokenEvent {
        @Override
        public void match(Event.Cases cases) {
            cases.on(this);
        }
    }

    /** Keycloak could not be asked, or does not let the facade ask. */
    record Unavailable(ClientId client, String reason) implements TokenEvent {
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
