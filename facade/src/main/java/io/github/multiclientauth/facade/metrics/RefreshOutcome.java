package io.github.multiclientauth.facade.metrics;

/** What Keycloak said when it was asked whether a session lives. */
enum RefreshOutcome {
    RENEWED,
    ENDED,
    /** The tokens are of another user or session. */
    MISMATCH,
    /** Keycloak could not be asked. */
    UNCONFIRMED
}
