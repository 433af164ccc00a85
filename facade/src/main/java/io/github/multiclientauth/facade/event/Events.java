package io.github.multiclientauth.facade.event;

/** Receives the events of the deciding code. */
@FunctionalInterface
public interface Events {

    /** Must be quick, must not block, and must not fail: requests wait for it. */
    void report(Event event);
}
