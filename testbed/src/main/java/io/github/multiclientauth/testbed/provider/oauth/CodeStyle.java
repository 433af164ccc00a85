package io.github.multiclientauth.testbed.provider.oauth;

import java.time.Duration;

/**
 * The form and the lifetime of a provider's codes or tokens.
 *
 * @param length of the random part that follows the prefix, in characters of the alphabet
 */
public record CodeStyle(String prefix, String alphabet, int length, Duration lifetime) {

    public static final String HEXADECIMAL = "0123456789abcdef";
    public static final String ALPHANUMERIC = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    public static final String URL_SAFE = ALPHANUMERIC + "-_";
}
