package io.github.multiclientauth.testbed.provider.oauth;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An authorization request that may be shown to a person.
 *
 * @param challenge empty without PKCE
 * @param parameters all parameters, including those that only one provider knows
 */
public record AuthorizationRequest(
        RegisteredApp app,
        ReturnAddress returnAddress,
        List<String> scopes,
        Optional<String> nonce,
        Optional<Challenge> challenge,
        Map<String, String> parameters) {

    public AuthorizationRequest {
        scopes = List.copyOf(scopes);
        parameters = Map.copyOf(parameters);
    }
}
