package io.github.multiclientauth.testbed.provider.oauth;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** The failures that a test can cause for a person. */
public enum Failure {
    /** The consent page answers as if the person had cancelled. */
    DENIED,
    /** The consent page sends the app {@code server_error}. */
    SERVER_ERROR,
    /** The token endpoint answers 503 with an HTML page. */
    TOKEN_UNAVAILABLE,
    /** The token endpoint answers 200 with incomplete JSON. */
    TOKEN_MALFORMED,
    /** The token endpoint rejects the code that was just issued. */
    TOKEN_REFUSED,
    /** The token endpoint rejects the app's secret. */
    SECRET_REFUSED,
    /** The profile answers 503 with an HTML page. */
    PROFILE_UNAVAILABLE,
    /** The profile answers 200 with incomplete JSON. */
    PROFILE_MALFORMED,
    /** The profile rejects the access token that was just issued. */
    PROFILE_REFUSED,
    /** The ID token names another issuer. */
    WRONG_ISSUER,
    /** The ID token is for another app. */
    WRONG_AUDIENCE,
    /** The ID token has the nonce of another request. */
    WRONG_NONCE,
    /** The ID token is a day old. */
    EXPIRED_ID_TOKEN,
    /** The ID token names the provider's key but another one signed it. */
    BADLY_SIGNED_ID_TOKEN;

    private static final Set<Failure> OF_ID_TOKENS =
            EnumSet.of(WRONG_ISSUER, WRONG_AUDIENCE, WRONG_NONCE, EXPIRED_ID_TOKEN, BADLY_SIGNED_ID_TOKEN);

    /** The failures of a provider with ID tokens that have a nonce. */
    public static final Set<Failure> WITH_ID_TOKENS = Collections.unmodifiableSet(EnumSet.allOf(Failure.class));

    /** The failures of a provider with ID tokens that have no nonce. */
    public static final Set<Failure> WITHOUT_NONCE =
            Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(WRONG_NONCE)));

    /** The failures of a provider without ID tokens. */
    public static final Set<Failure> WITHOUT_ID_TOKENS =
            Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.copyOf(OF_ID_TOKENS)));
}
