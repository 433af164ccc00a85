package io.github.multiclientauth.facade.seal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HKDF with SHA-256. The JDK has it since version 24 only, and Nimbus does not publish its own.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5869">RFC 5869</a>
 */
final class Hkdf {

    private static final String HMAC = "HmacSHA256";
    private static final int HASH_BYTES = 32;

    private Hkdf() {}

    /**
     * @param salt may be empty, which RFC 5869 defines as {@code HashLen} zero bytes
     * @param length in bytes, at most 255 × 32
     */
    static byte[] derive(byte[] input, byte[] salt, byte[] info, int length) {
        if (length < 1 || length > 255 * HASH_BYTES) {
            throw new IllegalArgumentException("HKDF cannot derive " + length + " bytes");
        }
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(salt.length == 0 ? new byte[HASH_BYTES] : salt, HMAC));
            mac.init(new SecretKeySpec(mac.doFinal(input), HMAC));
            byte[] output = new byte[length];
            byte[] block = {};
            for (int done = 0, counter = 1; done < length; done += block.length, counter++) {
                mac.update(block);
                mac.update(info);
                mac.update((byte) counter);
                block = mac.doFinal();
                System.arraycopy(block, 0, output, done, Math.min(block.length, length - done));
            }
            return output;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + HMAC, e);
        }
    }

    static byte[] derive(String input, String salt, String info, int length) {
        byte[] key = input.getBytes(StandardCharsets.UTF_8);
        try {
            return derive(key, salt.getBytes(StandardCharsets.UTF_8), info.getBytes(StandardCharsets.UTF_8), length);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }
}
