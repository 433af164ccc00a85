package io.github.multiclientauth.facade.event;

/** How a sign-out ended. */
public enum SignOutOutcome {
    /** Here and at Keycloak. */
    SIGNED_OUT,
    /** The cookies no longer work, but Keycloak's session may still be alive. */
    KEYCLOAK_SESSION_REMAINS,
    /** There was no session. */
    NOBODY
}
