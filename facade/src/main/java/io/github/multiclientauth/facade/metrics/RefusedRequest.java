package io.github.multiclientauth.facade.metrics;

import io.github.multiclientauth.facade.client.Recognition;

/** The reason why a request was refused before it was processed. */
enum RefusedRequest {
    NO_ORIGIN,
    UNKNOWN_ORIGIN,
    AMBIGUOUS_ORIGIN,
    NOT_READY,
    MALFORMED,
    /** The request did not arrive in time. */
    TOO_SLOW,
    /** The request did not arrive completely, and others needed the memory. */
    NO_ROOM,
    /**
     * The application was recognised, but the request lacks the contract's protection, has a {@code callbackUrl} of
     * another site, or too many requests wait.
     */
    NOT_ACCEPTED,
    /** A bug in the facade. */
    FAILED;

    static RefusedRequest of(Recognition.Reason reason) {
        return switch (reason) {
            case NO_ORIGIN -> NO_ORIGIN;
            case UNKNOWN_ORIGIN -> UNKNOWN_ORIGIN;
            case AMBIGUOUS -> AMBIGUOUS_ORIGIN;
            case NOT_READY -> NOT_READY;
        };
    }
}
