package io.github.multiclientauth.facade.event;

/** What happens to the directory of applications. */
public sealed interface DirectoryEvent extends Event {

    /**
     * The directory has changed.
     *
     * @param applications how many can sign people in
     */
    record Changed(int applications) implements DirectoryEvent {
        @Override
        public void match(Event.Cases cases) {
            cases.on(this);
        }
    }

    /** An administrator has added, changed or removed an application. Not reported for the first list after a start. */
    record ApplicationChanged(ApplicationChange change) implements DirectoryEvent {
        @Override
        public void match(Event.Cases cases) {
            cases.on(this);
        }
    }

    /** A setting keeps an application, or a part of it, from working. Reported once. */
    record Finding(String what) implements DirectoryEvent {
        @Override
        public void match(Event.Cases cases) {
            cases.on(this);
        }
    }

    /** Several clients claim one origin. Reported once. */
    record Contested(String what) implements DirectoryEvent {
        @Override
        public void match(Event.Cases cases) {
            cases.on(this);
        }
    }

    /** There are too many findings to report each of them. */
    record MoreFindings(int number) implements DirectoryEvent {
        @Override
        public void match(Event.Cases cases) {
            cases.on(this);
        }
    }

    /**
     * No application is left that can sign people in.
     *
     * @param before how many there were
     */
    record Emptied(int before) implements DirectoryEvent {
        @Override
        public void match(Event.Cases cases) {
            cases.on(this);
        }
    }

    /** The directory cannot be read. Reported again only for another reason. */
    record Unreachable(String reason) implements DirectoryEvent {
        @Override
        public void match(Event.Cases cases) {
            cases.on(this);
        }
    }

    /** The directory can be read again. */
    record ReachedAgain() implements DirectoryEvent {
        @Override
        public void match(Event.Cases cases) {
            cases.on(this);
        }
    }

    /** The last snapshot is too old to be used any longer. */
    record GivenUp() implements DirectoryEvent {
        @Override
        public void match(Event.Cases cases) {
            cases.on(this);
        }
    }

    /** One method for each event. */
    interface Cases {

        void on(Changed event);

        void on(ApplicationChanged event);

        void on(Finding event);

        void on(Contested event);

        void on(MoreFindings event);

        void on(Emptied event);

        void on(Unreachable event);

        void on(ReachedAgain event);

        void on(GivenUp event);
    }
}
