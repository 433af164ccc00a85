package io.github.multiclientauth.facade.wire;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * What a person can tell the operator, who finds it in the log: the same for all requests of a browser session, so that
 * it leads from the error page to the refusal before it, without anything being stored.
 *
 * @param value eight characters; a hash, so that it gives nothing away
 */
public record Reference(String value) {

    private static final int BYTES = 4;

    /** Of the browser whose cookie this is; of the request alone if it has none. */
    public static Reference of(Optional<String> csrfCookie, SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        if (csrfCookie.isPresent()) {
            System.arraycopy(hash("reference " + csrfCookie.get()), 0, bytes, 0, BYTES);
        } else {
            random.nextBytes(bytes);
        }
        return new Reference(HexFormat.of().formatHex(bytes).toUpperCase(Locale.ROOT));
    }

    private static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
