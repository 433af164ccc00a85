package io.github.multiclientauth.facade.seal;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Seals and opens one kind of value. The first secret seals, all open, so that secrets can be rotated.
 *
 * <p>The token is what {@code @auth/core/jwt} makes and reads: JWE with direct encryption, {@code A256CBC-HS512}.
 * {@code A256GCM} is opened as well, as Auth.js does.
 */
public final class Seal {

    private final List<SealingKey> keys;
    private final SecureRandom random;

    private Seal(List<SealingKey> keys, SecureRandom random) {
        this.keys = keys;
        this.random = random;
    }

    /**
     * @param secrets newest first, at least one
     * @param cookieName Auth.js' salt; values sealed under another name do not open
     */
    public static Seal of(List<Secret> secrets, String cookieName, SecureRandom random) {
        if (secrets.isEmpty()) {
            throw new IllegalArgumentException("Nothing to seal with");
        }
        List<SealingKey> keys = new ArrayList<>();
        for (Secret secret : secrets) {
            for (ContentEncryption encryption : ContentEncryption.values()) {
                keys.add(SealingKey.authJs(secret, cookieName, encryption));
            }
        }
        return new Seal(List.copyOf(keys), random);
    }

    /** @return letters, digits, {@code -}, {@code _} and {@code .} only */
    public String seal(byte[] payload) {
        return keys.get(0).seal(payload, random);
    }

    /**
     * @return empty if the text is anything but a token that one of the secrets sealed under this name; the time limits
     *     of the content are not looked at
     */
    public Optional<byte[]> open(String token) {
        if (token.length() > CompactJwe.MAX_LENGTH) {
            return Optional.empty();
        }
        // Nearly all tokens are our own or by Auth.js' encode, which writes the same header.
        for (SealingKey key : keys) {
            if (key.wroteHeaderOf(token)) {
                return key.openOwn(token);
            }
        }
        return CompactJwe.parse(token).flatMap(jwe -> key(jwe).flatMap(key -> key.open(jwe)));
    }

    private Optional<SealingKey> key(CompactJwe jwe) {
        return keys.stream()
                .filter(key -> key.encryption() == jwe.encryption())
                // Auth.js tries the newest secret for a token that names no key.
                .filter(key -> jwe.keyId().map(key.keyId()::equals).orElse(true))
                .findFirst();
    }
}
