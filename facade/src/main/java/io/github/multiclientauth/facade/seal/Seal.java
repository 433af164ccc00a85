package io.github.multiclientauth.facade.seal;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Seals and opens one kind of value. The first secret seals, all of them open, so that secrets can be rotated.
 *
 * <p>The token has the format of {@code @auth/core/jwt}: JWE with direct encryption, {@code A256CBC-HS512}. {@code
 * A256GCM} is opened as well, as Auth.js does.
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
     * @param cookieName the salt of Auth.js. Values sealed under another name do not open
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

    /** @return only letters, digits, {@code -}, {@code _} and {@code .} */
    public String seal(byte[] payload) {
        return keys.get(0).seal(payload, random);
    }

    /**
     * @return empty unless one of the secrets sealed the token under this name. The time limits of the content are not
     *     checked
     */
    public Optional<byte[]> open(String token) {
        if (token.length() > CompactJwe.MAX_LENGTH) {
            return Optional.empty();
        }
        // Nearly all tokens come from this class or from Auth.js' encode, which writes the same header.
        for (SealingKey key : keys) {
            if (key.wroteHeaderOf(token)) {
                return key.openOwn(token);
            }
        }
        return CompactJwe.parse(token).flatMap(jwe -> key(jwe).flatMap(key -> key.open(jwe)));
    }

    /**
     * Seals without the header, which is the same in all tokens of a key. For values that only the facade reads: half of a
     * short token is header.
     */
    public String sealWithoutHeader(byte[] payload) {
        return keys.get(0).sealWithoutHeader(payload, random);
    }

    /** Opens what {@link #sealWithoutHeader} sealed. */
    public Optional<byte[]> openWithoutHeader(String token) {
        return token.length() > CompactJwe.MAX_LENGTH
                ? Optional.empty()
                : keys.stream()
                        .flatMap(key -> key.openWithoutHeader(token).stream())
                        .findFirst();
    }

    private Optional<SealingKey> key(CompactJwe jwe) {
        return keys.stream()
                .filter(key -> key.encryption() == jwe.encryption())
                // Auth.js tries the newest secret for a token that names no key.
                .filter(key -> jwe.keyId().map(key.keyId()::equals).orElse(true))
                .findFirst();
    }
}
