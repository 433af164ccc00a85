package io.github.multiclientauth.facade.metrics;

/** The outcome of starting a sign-in. */
enum SignInOutcome {
    /** The browser is on its way to Keycloak. */
    STARTED,
    /** The application offers no such provider. */
    UNKNOWN_PROVIDER,
    /** What the application's request demands of the authentication cannot be understood. */
    MALFORMED_DEMAND,
    /** Keycloak's metadata could not be read. */
    KEYCLOAK_UNAVAILABLE,
    /** Too many sign-ins were started from the same address. */
    LIMITED
}
