package io.github.multiclientauth.facade.metrics;

/** What became of a wish for an access token. */
enum TokenOutcome {
    /** Keycloak issued it. */
    ISSUED,
    /** It was issued before, or for somebody who asked at the same time. */
    CACHED,
    /** The session is over, or the settings in Keycloak allow none. */
    REFUSED,
    /** Keycloak could not be asked. */
    UNAVAILABLE
}
