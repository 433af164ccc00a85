package io.github.multiclientauth.testbed.provider.oauth;

import java.util.Optional;

/**
 * What a token endpoint has made for an app.
 *
 * @param expiresIn seconds that the access token lives
 */
public record Issued(
        Grant grant, String accessToken, long expiresIn, Optional<String> idToken, Optional<String> refreshToken) {

    /** Keeps the tokens out of messages. */
    @Override
    public String toString() {
        return "Issued[" + grant + "]";
    }
}
