package io.github.multiclientauth.facade.seal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * One symmetric key in the way of Auth.js 5: derived from a secret and the name of the cookie, named by its thumbprint.
 *
 * @param keyId RFC 7638 thumbprint of the key as a JWK, base64url
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7516#section-7.1">RFC 7516, JWE compact serialization</a>
 */
record SealingKey(ContentEncryption encryption, byte[] key, String keyId, String header) {

    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    static SealingKey authJs(Secret secret, String cookieName, ContentEncryption encryption) {
        return of(
                Hkdf.derive(
                        secret.reveal(),
                        cookieName,
                        "Auth.js Generated Encryption Key (" + cookieName + ")",
                        encryption.keyBytes()),
                encryption);
    }

    static SealingKey of(byte[] key, ContentEncryption encryption) {
        if (key.length != encryption.keyBytes()) {
            throw new IllegalArgumentException(encryption + " takes a key of " + encryption.keyBytes() + " bytes");
        }
        String jwk = "{\"k\":\"" + BASE64URL.encodeToString(key) + "\",\"kty\":\"oct\"}";
        String keyId = BASE64URL.encodeToString(hash(encryption.thumbprintHash(), jwk));
        String header = "{\"alg\":\"dir\",\"enc\":\"" + encryption.headerName() + "\",\"kid\":\"" + keyId + "\"}";
        return new SealingKey(
                encryption, key, keyId, BASE64URL.encodeToString(header.getBytes(StandardCharsets.US_ASCII)));
    }

    String seal(byte[] payload, SecureRandom random) {
        try {
            var sealed = encryption.encrypt(key, header.getBytes(StandardCharsets.US_ASCII), payload, random);
            return header
                    + ".."
                    + BASE64URL.encodeToString(sealed.iv())
                    + '.'
                    + BASE64URL.encodeToString(sealed.text())
                    + '.'
                    + BASE64URL.encodeToString(sealed.tag());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The JDK could not seal with " + encryption, e);
        }
    }

    /** Empty unless the token was sealed with this very key. */
    Optional<byte[]> open(CompactJwe token) {
        if (token.iv().length != encryption.ivBytes() || token.tag().length != encryption.tagBytes()) {
            return Optional.empty();
        }
        try {
            return encryption.decrypt(
                    key,
                    token.header().getBytes(StandardCharsets.US_ASCII),
                    new ContentEncryption.Sealed(token.iv(), token.text(), token.tag()));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private static byte[] hash(String algorithm, String text) {
        try {
            return MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + algorithm, e);
        }
    }

    @Override
    public String toString() {
        return "SealingKey[" + keyId + "]";
    }
}
