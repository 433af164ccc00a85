package io.github.multiclientauth.facade.event;

/**
 * Something that an operator wants to know. The deciding code reports values. One class writes them to the log, one
 * counts them, and neither compiles if it lacks a case.
 */
public sealed interface Event
        permits RequestEvent, SignInEvent, SessionEvent, TokenEvent, SignOutEvent, DirectoryEvent, ChangesEvent {

    /** Calls the method for this event. */
    void match(Cases cases);

    /** One method for each event. */
    interface Cases
            extends RequestEvent.Cases,
                    SignInEvent.Cases,
                    SessionEvent.Cases,
                    TokenEvent.Cases,
                    SignOutEvent.Cases,
                    DirectoryEvent.Cases,
                    ChangesEvent.Cases {

        /** Calls the method for an event. */
        default void report(Event event) {
            event.match(this);
        }
    }
}
