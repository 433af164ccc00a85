package io.github.multiclientauth.extension.claims;

import io.github.multiclientauth.origin.Origin;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What tokens say about a sign-in.
 *
 * @param clientId the client that the token is for
 * @param clientOrigin from where its application was signed in to
 * @param provider alias of the identity provider, {@value #OWN_LOGIN_PAGE} for Keycloak's own login page
 */
record SignInClaims(String clientId, Optional<Origin> clientOrigin, Optional<String> provider) {

    static final String OWN_LOGIN_PAGE = "keycloak";

    /**
     * Without a browser sign-in of this very client (service account, direct grant, token exchange) there is neither an
     * origin nor a provider, whatever the user session may know from another client.
     *
     * @param identityProvider alias that Keycloak noted for the user session, {@code null} for its own login page
     */
    static SignInClaims of(String clientId, Optional<Origin> clientOrigin, String identityProvider) {
        return new SignInClaims(
                clientId,
                clientOrigin,
                clientOrigin.map(origin ->
                        identityProvider == null || identityProvider.isEmpty() ? OWN_LOGIN_PAGE : identityProvider));
    }

    /** Names and values as they stand in the token. */
    Map<String, String> asMap() {
        Map<String, String> claims = new LinkedHashMap<>();
        clientOrigin.ifPresent(origin -> claims.put("clientOrigin", origin.toString()));
        claims.put("clientId", clientId);
        provider.ifPresent(alias -> claims.put("provider", alias));
        return claims;
    }
}
