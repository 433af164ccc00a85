package io.github.multiclientauth.facade.event;

/** What happens to the list of changes, which Keycloak is asked for every second. */
public sealed interface ChangesEvent extends Event {

    /** It cannot be read. Reported again only for another reason. */
    record Unreachable(String reason) implements ChangesEvent {
        @Override
        public void match(Event.Cases cases) {
            cases.on(this);
        }
    }

    /** It can be read again. */
    record ReachedAgain() implements ChangesEvent {
        @Override
        public void match(Event.Cases cases) {
            cases.on(this);
        }
    }

    /** Keycloak does not remember what has changed since the last question: every session is confirmed again. */
    record Missed() implements ChangesEvent {
        @Override
        public void match(Event.Cases cases) {
            cases.on(this);
        }
    }

    /**
     * Keycloak has ended a session, in whichever way. Reported once, and not for a session that has ended here before.
     *
     * @param sid Keycloak's id of the session, which need not have been used at any application of the facade
     */
    record SessionEnded(String sid) implements ChangesEvent {
        @Override
        public void match(Event.Cases cases) {
            cases.on(this);
        }

        /** Keeps the session out of messages. */
        @Override
        public String toString() {
            return "SessionEnded[***]";
        }
    }

    /** One method for each event. */
    interface Cases {

        void on(Unreachable event);

        void on(ReachedAgain event);

        void on(Missed event);

        void on(SessionEnded event);
    }
}
