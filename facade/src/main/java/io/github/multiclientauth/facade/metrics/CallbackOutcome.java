package io.github.multiclientauth.facade.metrics;

/** How a callback ended. */
enum CallbackOutcome {
    SIGNED_IN,
    /** Keycloak, or the provider behind it, answered with an error; so does a person who cancels. */
    PROVIDER_ERROR,
    /** Asked with {@code prompt=none}, Keycloak says that nobody is signed in. */
    NOBODY,
    /** It belongs to no sign-in of this browser, or Keycloak's answer cannot be used. */
    REFUSED,
    /** It goes on at a preview. */
    HANDED_OFF,
    /** A preview does not take it, or may not have it. */
    HAND_OFF_REFUSED
}
