package io.github.multiclientauth.facade.event;

/** How a read of the session was answered. */
public enum ReadOutcome {
    /** The cookie alone was enough. */
    COOKIE,
    /** There is no session. */
    NOBODY,
    /** Keycloak was asked, for this read or for one just before, and the session is alive. */
    CONFIRMED,
    /** Keycloak says that it is over, or it was signed out meanwhile. */
    ENDED,
    /** Keycloak's answer is about another user. */
    MISMATCH,
    /** Keycloak could not be asked, and the session is accepted for a while. */
    GRACE,
    /** Keycloak could not be asked, for too long or after a change: 503. */
    UNAVAILABLE
}
