package io.github.multiclientauth.testbed.provider.oauth;

/** The possible errors of a token request. */
public enum TokenFault {
    UNKNOWN_APP,
    /** No secret, a wrong one, or one that is sent in a way that the provider does not accept. */
    WRONG_SECRET,
    UNSUPPORTED_GRANT_TYPE,
    MISSING_CODE,
    /** The code was not issued to this app. */
    UNKNOWN_CODE,
    USED_CODE,
    EXPIRED_CODE,
    /** The redirect URI is missing, or differs from the one in the authorization request. */
    OTHER_REDIRECT,
    MISSING_VERIFIER,
    WRONG_VERIFIER,
    UNKNOWN_REFRESH_TOKEN
}
