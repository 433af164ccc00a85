package io.github.multiclientauth.testbed.provider.oauth;

import java.util.Optional;

/**
 * The tokens that a token endpoint has issued to an app.
 *
 * @param expiresIn the lifetime of the access token in seconds
 */
public record Issued(
        Grant grant, String accessToken, long expiresIn, Optional<String> idToken, Optional<String> refreshToken) {

    /** Keeps the tokens out of messages. */
    @Override
    public String toString() {
        return "Issued[" + grant + "]";
    }
}
