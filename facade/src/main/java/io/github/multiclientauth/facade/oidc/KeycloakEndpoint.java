package io.github.multiclientauth.facade.oidc;

/** What Keycloak is asked for. */
public enum KeycloakEndpoint {
    /** The issuer's discovery document. */
    METADATA,
    /** The keys that its tokens are signed with. */
    KEYS,
    TOKEN,
    /** Authorization requests that are pushed (PAR). */
    PUSHED_REQUEST,
    END_SESSION,
    /** The extension's list of applications. */
    DIRECTORY
}
