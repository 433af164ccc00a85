package io.github.multiclientauth.facade.metrics;

import io.github.multiclientauth.facade.event.RequestEvent;

/** The reason why a request was refused before it was processed. */
enum RefusedRequest {
    NO_ORIGIN,
    UNKNOWN_ORIGIN,
    /** No application is recognised, and a forwarded header is ignored because its sender is not trusted. */
    UNTRUSTED_PROXY,
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

    static RefusedRequest of(RequestEvent.Unrecognised event) {
        return switch (event.reason()) {
            case NO_ORIGIN -> NO_ORIGIN;
            case UNKNOWN_ORIGIN -> event.ignored().isEmpty() ? UNKNOWN_ORIGIN : UNTRUSTED_PROXY;
            case AMBIGUOUS -> AMBIGUOUS_ORIGIN;
            case NOT_READY -> NOT_READY;
        };
    }
}
