package io.github.multiclientauth.facade.seal;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Refuses secrets that a word list finds. Sealed cookies are in the hands of every user, who may try secrets offline as
 * long as he likes.
 *
 * <p>The checks are coarse on purpose: a secret from a random generator passes all of them, what a person typed seldom
 * does.
 */
final class SecretStrength {

    /** In bytes of UTF-8. */
    private static final int MIN_LENGTH = 32;

    /** 32 random hexadecimal digits have 14 different ones on average, and fewer than 9 about once in 200,000 times. */
    private static final int MIN_DISTINCT = 9;

    private static final int MIN_OUTSIDE_WORDS = 20;

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
        String unspaced = secret.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
        if (WORDS.matcher(unspaced).replaceAll("").length() < MIN_OUTSIDE_WORDS) {
            throw new GuessableSecretException(variable, "is made of dictionary words");
        }
    }

    /** Whether some block of at most half its length, written again and again, gives the secret. */
    private static boolean isRepeated(String secret) {
        return (secret + secret).indexOf(secret, 1) < secret.length()
                || secret.length() > 2 && secret.regionMatches(secret.length() / 2, secret, 0, secret.length() / 2);
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
