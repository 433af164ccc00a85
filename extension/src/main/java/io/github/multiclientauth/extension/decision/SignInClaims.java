package io.github.multiclientauth.extension.decision;

import io.github.multiclientauth.origin.Origin;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What tokens say about a sign-in.
 *
 * @param clientId the client that the token is for
 * @param clientOrigin from where its application was signed in to
 * @param provider alias of the identity provider, {@code keycloak} for Keycloak's own login page
 */
public record SignInClaims(String clientId, Optional<Origin> clientOrigin, Optional<String> provider) {

    /** The name of the claim with the origin. */
    public static final String CLIENT_ORIGIN = "clientOrigin";

    /**
     * Without a browser sign-in of this very client (service account, direct grant, token exchange) there is neither an
     * origin nor a provider, whatever the user session may know from another client.
     *
     * @param provider with which the person signed in, as far as the session knows
     */
    public static SignInClaims of(String clientId, Optional<Origin> clientOrigin, String provider) {
        return new SignInClaims(clientId, clientOrigin, clientOrigin.map(origin -> provider));
    }

    /** Names and values as they are in the token. */
    public Map<String, String> asMap() {
        Map<String, String> claims = new LinkedHashMap<>();
        clientOrigin.ifPresent(origin -> claims.put(CLIENT_ORIGIN, origin.toString()));
        claims.put("clientId", clientId);
        provider.ifPresent(alias -> claims.put("provider", alias));
        return claims;
    }
}
