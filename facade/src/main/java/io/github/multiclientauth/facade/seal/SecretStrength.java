package io.github.multiclientauth.facade.seal;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Refuses secrets that a word list can find. Every user has sealed cookies, and can try secrets offline for as long as
 * they like.
 *
 * <p>The checks are coarse on purpose. A random secret passes all of them, a typed one rarely does.
 */
public final class SecretStrength {

    /** In bytes of UTF-8. */
    private static final int MIN_LENGTH = 32;

    /** 32 random hexadecimal digits have 14 different ones on average, and fewer than 8 once in 28 million times. */
    private static final int MIN_DISTINCT = 8;

    private static final int MIN_OUTSIDE_WORDS = 20;

    private static final Pattern SIGN = Pattern.compile("[^\\p{L}\\p{N}]");

    private static final Pattern WORDS = Pattern.compile(String.join(
            "|",
            List.of(
                    "password",
                    "passwort",
                    "passphrase",
                    "secret",
                    "geheim",
                    "changeme",
                    "change",
                    "replace",
                    "insert",
                    "please",
                    "default",
                    "example",
                    "sample",
                    "development",
                    "production",
                    "testing",
                    "test",
                    "demo",
                    "local",
                    "authjs",
                    "nextauth",
                    "next",
                    "auth",
                    "token",
                    "session",
                    "cookie",
                    "keycloak",
                    "facade",
                    "jwt",
                    "key",
                    "your",
                    "this",
                    "that",
                    "with",
                    "some",
                    "random",
                    "string",
                    "value",
                    "very",
                    "long",
                    "super",
                    "safe",
                    "secure",
                    "strong",
                    "supply",
                    "must",
                    "should",
                    "least",
                    "characters",
                    "char",
                    "bytes",
                    "minimum",
                    "here",
                    "enter",
                    "generate",
                    "qwerty",
                    "asdf",
                    "letmein",
                    "admin",
                    "root",
                    "welcome",
                    "monkey",
                    "dragon",
                    "correct",
                    "horse",
                    "battery",
                    "staple",
                    "hello",
                    "world",
                    "lorem",
                    "ipsum",
                    "dolor",
                    "abcdef",
                    "deadbeef",
                    "cafebabe",
                    "0123456789",
                    "1234567890",
                    "12345")));

    private SecretStrength() {}

    /** Whether the secret is hard to guess. */
    public static boolean isStrong(String secret) {
        try {
            require("", secret);
            return true;
        } catch (GuessableSecretException e) {
            return false;
        }
    }

    static void require(String variable, String secret) {
        int length = secret.getBytes(StandardCharsets.UTF_8).length;
        if (length < MIN_LENGTH) {
            throw new GuessableSecretException(variable, "has only " + length + " bytes");
        }
        if (secret.chars().distinct().count() < MIN_DISTINCT) {
            throw new GuessableSecretException(variable, "has too few different characters");
        }
        if (isRepeated(secret)) {
            throw new GuessableSecretException(variable, "repeats itself");
        }
        if (isSequence(secret)) {
            throw new GuessableSecretException(variable, "is a sequence of neighbouring characters");
        }
        if (outsideWords(secret.toLowerCase(Locale.ROOT)) < MIN_OUTSIDE_WORDS) {
            throw new GuessableSecretException(variable, "is made of dictionary words");
        }
    }

    /**
     * Counts the characters outside dictionary words. Punctuation between letters does not hide a word, and each
     * punctuation character counts once: a dash after every word adds nothing, while a third of what a generator draws
     * from all printable characters is punctuation.
     */
    private static long outsideWords(String secret) {
        long signs = SIGN.matcher(secret)
                .results()
                .map(MatchResult::group)
                .distinct()
                .count();
        return signs
                + WORDS.matcher(SIGN.matcher(secret).replaceAll(""))
                        .replaceAll("")
                        .length();
    }

    /** Whether the secret repeats a block of at most half its length. The last repetition may be cut. */
    private static boolean isRepeated(String secret) {
        int half = secret.length() / 2;
        for (int block = 1; block <= half; block++) {
            if (secret.regionMatches(block, secret, 0, secret.length() - block)) {
                return true;
            }
        }
        // The same block twice, and one more character.
        return secret.regionMatches(half, secret, 0, half);
    }

    private static boolean isSequence(String secret) {
        int steps = 0;
        for (int i = 1; i < secret.length(); i++) {
            if (Math.abs(secret.charAt(i) - secret.charAt(i - 1)) <= 1) {
                steps++;
            }
        }
        return steps > secret.length() / 2;
    }
}
