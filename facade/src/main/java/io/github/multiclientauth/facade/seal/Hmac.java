package io.github.multiclientauth.facade.seal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Authenticates texts that others keep and may change: HMAC with SHA-256, of which the first 128 bits are used.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc2104#section-5">RFC 2104, section 5</a>
 */
public final class Hmac {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES = 16;

    private final List<SecretKeySpec> keys;

    /** @param secrets newest first. The first makes codes, all of them check codes */
    Hmac(List<Secret> secrets) {
        this.keys = secrets.stream()
                .map(secret -> new SecretKeySpec(secret.bytes(), ALGORITHM))
                .toList();
    }

    /** The code of a text, in base64url: 22 characters. */
    public String of(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(of(keys.get(0), text));
    }

    /** Whether one of the keys has made the code for this very text. */
    public boolean isOf(String text, String code) {
        byte[] given;
        try {
            given = Base64.getUrlDecoder().decode(code);
        } catch (IllegalArgumentException e) {
            return false;
        }
        boolean right = false;
        for (SecretKeySpec key : keys) {
            right |= MessageDigest.isEqual(of(key, text), given);
        }
        return right;
    }

    private static byte[] of(SecretKeySpec key, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return Arrays.copyOf(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)), BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + ALGORITHM, e);
        }
    }
}
