package io.github.multiclientauth.facade.metrics;

/** What became of a logout token. */
enum BackChannelOutcome {
    ENDED,
    REFUSED
}
