package io.github.multiclientauth.testbed.provider.oauth;

/**
 * A request to a provider. It never contains a secret, a code or a token.
 *
 * @param login the person's login; empty until one is chosen
 */
public record Sighting(Kind kind, String clientId, String login, Credentials credentials) {

    /** The kind of request. */
    public enum Kind {
        /** A request for the consent page, valid or not. */
        AUTHORIZE,
        /** The consent of a person. */
        AGREE,
        /** A request of tokens for a code. */
        REDEEM,
        /** A request of tokens for a refresh token. */
        REFRESH,
        /** A request for the profile. */
        PROFILE
    }

    /** The app's authentication. */
    public enum Credentials {
        /** There was none. Requests of a browser or with an access token need none. */
        NONE,
        RIGHT,
        WRONG
    }
}
