package io.github.multiclientauth.facade.client;

import java.util.Objects;

/**
 * The algorithms with which Keycloak signs an application's tokens.
 *
 * @param idToken the one of its ID tokens, as JOSE names it. It may be one that the facade cannot verify
 * @param logoutTokensByAny whether its logout tokens may have another one. Keycloak before 26.4 takes the algorithm of
 *     the client whose request ends the session
 */
public record TokenAlgorithms(String idToken, boolean logoutTokensByAny) {

    /** Those of clients and realms that nobody has changed. */
    public static final TokenAlgorithms USUAL = new TokenAlgorithms("RS256", false);

    public TokenAlgorithms {
        Objects.requireNonNull(idToken, "idToken");
    }
}
