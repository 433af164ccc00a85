package io.github.multiclientauth.facade.oidc;

/** What Keycloak is asked for, and how large an answer may be. */
public enum KeycloakEndpoint {
    /** The issuer's discovery document: 10 KB. */
    METADATA(1 << 18),
    /** The keys that its tokens are signed with: a few KB each. */
    KEYS(1 << 18),
    /** Tokens grow with the groups and roles of a person. */
    TOKEN(1 << 20),
    /** Authorization requests that are pushed (PAR). */
    PUSHED_REQUEST(1 << 18),
    END_SESSION(1 << 18),
    /** The extension's list of applications: 7 MB, unpacked, for 10,000 of them. */
    DIRECTORY(1 << 24);

    private final int maxBytes;

    KeycloakEndpoint(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Unpacked; what is larger is refused. */
    int maxBytes() {
        return maxBytes;
    }
}
