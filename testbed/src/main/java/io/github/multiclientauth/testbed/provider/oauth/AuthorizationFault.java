package io.github.multiclientauth.testbed.provider.oauth;

/** The possible errors of an authorization request. */
public enum AuthorizationFault {
    /** The client id is not registered. */
    UNKNOWN_APP,
    /** No redirect URI, or one that is not registered. */
    FOREIGN_REDIRECT,
    /** A parameter was sent twice. */
    DUPLICATE_PARAMETER,
    /** No {@code response_type}, or another one than {@code code}. */
    RESPONSE_TYPE,
    MISSING_SCOPE,
    UNKNOWN_SCOPE,
    /** A PKCE method that the provider does not know. */
    CHALLENGE_METHOD
}
