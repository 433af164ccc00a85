package io.github.multiclientauth.facade.metrics;

/** The outcome of a callback. */
enum CallbackOutcome {
    SIGNED_IN,
    /** Keycloak, or the provider behind it, answered with an error, for example because the person cancelled. */
    PROVIDER_ERROR,
    /** Asked with {@code prompt=none}, Keycloak says that nobody is signed in. */
    NOBODY,
    /** The sign-in was begun in this browser, and Keycloak's answer cannot be used. */
    REFUSED,
    /** It belongs to no sign-in of this browser. Strangers can send such callbacks. */
    UNKNOWN_SIGN_IN,
    /** The user did not authenticate as the sign-in, or the application, demands. */
    STEP_UP_REQUIRED,
    /** It continues at a preview. */
    HANDED_OFF,
    /** A preview does not accept it, or must not receive it. */
    HAND_OFF_REFUSED
}
