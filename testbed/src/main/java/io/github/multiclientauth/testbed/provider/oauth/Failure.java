package io.github.multiclientauth.testbed.provider.oauth;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** What can be made to go wrong for a person. */
public enum Failure {
    /** The consent page answers as if the person had cancelled. */
    DENIED,
    /** The consent page sends the app {@code server_error}. */
    SERVER_ERROR,
    /** The token endpoint answers 503 with an HTML page. */
    TOKEN_UNAVAILABLE,
    /** The token endpoint answers 200 with JSON that breaks off. */
    TOKEN_MALFORMED,
    /** The token endpoint does not know the code that was just handed out. */
    TOKEN_REFUSED,
    /** The token endpoint takes the app's secret for a wrong one. */
    SECRET_REFUSED,
    /** The profile answers 503 with an HTML page. */
    PROFILE_UNAVAILABLE,
    /** The profile answers 200 with JSON that breaks off. */
    PROFILE_MALFORMED,
    /** The profile does not accept the access token that was just handed out. */
    PROFILE_REFUSED,
    /** The ID token is another issuer's. */
    WRONG_ISSUER,
    /** The ID token is meant for another app. */
    WRONG_AUDIENCE,
    /** The ID token answers another request. */
    WRONG_NONCE,
    /** The ID token is a day old. */
    EXPIRED_ID_TOKEN,
    /** The ID token names the provider's key but another one signed it. */
    BADLY_SIGNED_ID_TOKEN;

    private static final Set<Failure> OF_ID_TOKENS =
            EnumSet.of(WRONG_ISSUER, WRONG_AUDIENCE, WRONG_NONCE, EXPIRED_ID_TOKEN, BADLY_SIGNED_ID_TOKEN);

    /** At a provider that hands out ID tokens with a nonce. */
    public static final Set<Failure> WITH_ID_TOKENS = Collections.unmodifiableSet(EnumSet.allOf(Failure.class));

    /** At a provider whose ID tokens have no nonce. */
    public static final Set<Failure> WITHOUT_NONCE =
            Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(WRONG_NONCE)));

    /** At a provider without ID tokens. */
    public static final Set<Failure> WITHOUT_ID_TOKENS =
            Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.copyOf(OF_ID_TOKENS)));
}
