package io.github.multiclientauth.facade.metrics;

/** The outcome of a logout token. */
enum BackChannelOutcome {
    ENDED,
    REFUSED
}
