package io.github.multiclientauth.bench.reliability;

import java.time.Duration;

/** The last time when Keycloak could not answer. Meanwhile, and until the facades notice its return, other answers are right. */
final class Outage {

    /** The time in which the facades notice that Keycloak is back. It is the goal for everything that changes. */
    static final Duration NOTICED_WITHIN = Duration.ofSeconds(2);

    /** A request that was sent before the end may still wait until the facade's time limit for Keycloak's answers. */
    static final Duration STILL_WAITING = Duration.ofSeconds(10);

    private long begun = Long.MIN_VALUE;
    private long ended = Long.MIN_VALUE;

    synchronized void begin() {
        begun = System.nanoTime();
        ended = Long.MAX_VALUE;
    }

    synchronized void end() {
        ended = System.nanoTime();
    }

    /** Ends it, but requests from before may still be waiting for their answers. */
    synchronized void endSlowly() {
        ended = System.nanoTime() + STILL_WAITING.toNanos();
    }

    synchronized boolean isNow() {
        return ended == Long.MAX_VALUE;
    }

    /** Whether it excuses an answer to a request that was sent and answered at these times of {@link System#nanoTime}. */
    synchronized boolean excuses(long sent, long answered) {
        return begun != Long.MIN_VALUE && answered >= begun && (isNow() || sent <= ended + NOTICED_WITHIN.toNanos());
    }

    /** The time between these two in which Keycloak could answer; only the time after an outage counts. */
    synchronized Duration calm(long since, long now) {
        return isNow() ? Duration.ZERO : Duration.ofNanos(Math.max(0, now - Math.max(since, ended)));
    }
}
