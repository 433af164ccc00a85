package io.github.multiclientauth.testbed.provider.oauth;

/**
 * Something a provider was asked. Never a secret, a code or a token.
 *
 * @param login whose sign-in it is; empty as long as nobody has been chosen
 */
public record Sighting(Kind kind, String clientId, String login, Credentials credentials) {

    /** What was asked. */
    public enum Kind {
        /** The consent page, in order or not. */
        AUTHORIZE,
        /** A person agreed. */
        AGREE,
        /** A code for tokens. */
        REDEEM,
        /** A refresh token for tokens. */
        REFRESH,
        /** The profile. */
        PROFILE
    }

    /** How the app proved itself. */
    public enum Credentials {
        /** It did not; nor need it where a browser or an access token speaks. */
        NONE,
        RIGHT,
        WRONG
    }
}
