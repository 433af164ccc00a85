package io.github.multiclientauth.facade.metrics;

import io.github.multiclientauth.facade.client.Recognition;

/** Why a request got no further than the door. */
enum RefusedRequest {
    NO_ORIGIN,
    UNKNOWN_ORIGIN,
    AMBIGUOUS_ORIGIN,
    NOT_READY,
    MALFORMED,
    /** It did not arrive in time. */
    TOO_SLOW,
    /** It did not arrive, and others needed the memory. */
    NO_ROOM,
    /** Recognised, but without the contract's protection, with a {@code callbackUrl} of elsewhere, or while too many wait. */
    NOT_ACCEPTED,
    /** Our fault. */
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
