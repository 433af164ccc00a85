package io.github.multiclientauth.facade.metrics;

/** Keycloak's answer to the question whether a session is alive. */
enum ConfirmationOutcome {
    ALIVE,
    ENDED,
    /** The answer is about another user. */
    MISMATCH,
    /** Keycloak could not be asked. */
    UNCONFIRMED
}
