package io.github.multiclientauth.facade.event;

import io.github.multiclientauth.facade.wire.AuthRequest;

/** What happens when a session is read. */
public sealed interface SessionEvent extends Event {

    /** A read is answered. Reported for each read, so it has to be cheap. */
    record Read(AuthRequest request, ReadOutcome outcome) implements SessionEvent {
        @Override
        public void match(Event.Cases cases) {
            cases.on(this);
        }
    }

    /**
     * Keycloak was asked about a session. Reported once, however many reads share the answer.
     *
     * @param provider the alias with which the person signed in
     */
    record Confirmed(AuthRequest request, String provider, ReadOutcome outcome) implements SessionEvent {
        @Override
        public void match(Event.Cases cases) {
            cases.on(this);
        }
    }

    /** Keycloak says that the session is over. Reported for each read that is answered so. */
    record Ended(AuthRequest request, Actor actor, String reason) implements SessionEvent {
        @Override
        public void match(Event.Cases cases) {
            cases.on(this);
        }
    }

    /** Keycloak could not be asked. */
    record Unconfirmed(AuthRequest request, String reason) implements SessionEvent {
        @Override
        public void match(Event.Cases cases) {
            cases.on(this);
        }
    }

    /** Keycloak's answer is about another user. */
    record Mismatch(AuthRequest request, Actor actor) implements SessionEvent {
        @Override
        public void match(Event.Cases cases) {
            cases.on(this);
        }
    }

    /** Some of the user's groups and roles are not in the session. */
    record GroupsLeftOut(AuthRequest request, int number) implements SessionEvent {
        @Override
        public void match(Event.Cases cases) {
            cases.on(this);
        }
    }

    /** Somebody wants to see or end the own sessions, and Keycloak could not be asked, or has failed. */
    record OwnSessionsUnavailable(AuthRequest request, String reason) implements SessionEvent {
        @Override
        public void match(Event.Cases cases) {
            cases.on(this);
        }
    }

    /** One method for each event. */
    interface Cases {

        void on(Read event);

        void on(Confirmed event);

        void on(Ended event);

        void on(Unconfirmed event);

        void on(Mismatch event);

        void on(GroupsLeftOut event);

        void on(OwnSessionsUnavailable event);
    }
}
