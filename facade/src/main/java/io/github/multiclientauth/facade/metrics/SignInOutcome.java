package io.github.multiclientauth.facade.metrics;

/** How the beginning of a sign-in ended. */
enum SignInOutcome {
    /** The browser is on its way to Keycloak. */
    STARTED,
    /** The application offers no such provider. */
    UNKNOWN_PROVIDER,
    /** Keycloak could not be asked what it takes to go there. */
    KEYCLOAK_UNAVAILABLE,
    /** Too many were started from the same address. */
    LIMITED
}
