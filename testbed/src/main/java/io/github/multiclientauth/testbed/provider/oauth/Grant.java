package io.github.multiclientauth.testbed.provider.oauth;

import java.util.List;
import java.util.Optional;

/** The consent of a person that a code and its tokens stand for. */
public record Grant(
        String login,
        String clientId,
        String redirectUri,
        List<String> scopes,
        Optional<String> nonce,
        Optional<Challenge> challenge,
        boolean offline) {

    public boolean has(String scope) {
        return scopes.contains(scope);
    }
}
