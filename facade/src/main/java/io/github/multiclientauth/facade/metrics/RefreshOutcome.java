package io.github.multiclientauth.facade.metrics;

/** Keycloak's answer to the question whether a session is alive. */
enum RefreshOutcome {
    RENEWED,
    ENDED,
    /** The tokens belong to another user or session. */
    MISMATCH,
    /** Keycloak could not be asked. */
    UNCONFIRMED
}
