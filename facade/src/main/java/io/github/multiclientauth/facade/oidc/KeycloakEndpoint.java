package io.github.multiclientauth.facade.oidc;

/** The endpoints of Keycloak that the facade uses, and the largest answer that it accepts. */
public enum KeycloakEndpoint {
    /** The issuer's discovery document: 10 KB. */
    METADATA(1 << 18),
    /** The keys that sign its tokens: a few KB each. */
    KEYS(1 << 18),
    /** Tokens grow with the groups and roles of a person. */
    TOKEN(1 << 20),
    /** Pushed authorization requests (PAR). */
    PUSHED_REQUEST(1 << 18),
    /** The extension's list of applications: 7 MB uncompressed for 10,000 of them. */
    DIRECTORY(1 << 24),
    /** The extension's answer about up to 500 sessions, each with the claims of an ID token: a few KB. */
    SESSIONS(1 << 23),
    /** The extension's access tokens of sessions, which grow with the groups and roles of a person. */
    ACCESS_TOKEN(1 << 20),
    /** The extension's list of changes: nearly always empty, and at most some thousand of a hundred bytes each. */
    CHANGES(1 << 22);

    private final int maxBytes;

    KeycloakEndpoint(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** The limit for the uncompressed answer. Larger ones are refused. */
    int maxBytes() {
        return maxBytes;
    }
}
