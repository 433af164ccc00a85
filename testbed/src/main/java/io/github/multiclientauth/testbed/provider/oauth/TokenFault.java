package io.github.multiclientauth.testbed.provider.oauth;

/** What can be wrong with a token request. */
public enum TokenFault {
    UNKNOWN_APP,
    /** No secret, the wrong one, or sent in a way that the provider does not take. */
    WRONG_SECRET,
    UNSUPPORTED_GRANT_TYPE,
    MISSING_CODE,
    /** Never handed out, or to another app. */
    UNKNOWN_CODE,
    USED_CODE,
    EXPIRED_CODE,
    /** Another redirect URI than in the authorization request, or none. */
    OTHER_REDIRECT,
    MISSING_VERIFIER,
    WRONG_VERIFIER,
    UNKNOWN_REFRESH_TOKEN
}
