package io.github.multiclientauth.facade.event;

/** How a read of the session was answered. */
public enum ReadOutcome {
    /** The cookie alone was enough. */
    COOKIE,
    /** There is no session. */
    NOBODY,
    /** The session is due, and the request has no refresh token to ask Keycloak with. */
    NOT_RENEWABLE,
    /** Keycloak was asked, and the session is alive. */
    CONFIRMED,
    /** Keycloak says that it is over, or it was signed out meanwhile. */
    ENDED,
    /** The refreshed tokens belong to another user or session. */
    MISMATCH,
    /** Keycloak could not be asked, and the session is accepted for a while. */
    GRACE,
    /** Keycloak could not be asked, for too long: 503. */
    UNAVAILABLE
}
