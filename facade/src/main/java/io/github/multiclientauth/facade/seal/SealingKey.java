package io.github.multiclientauth.facade.seal;

import io.github.multiclientauth.facade.seal.CompactJwe.Content;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * A symmetric key as in Auth.js 5: derived from a secret and the name of the cookie, identified by its thumbprint. What
 * all its tokens have in common is made once.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7516#section-7.1">RFC 7516, JWE compact serialization</a>
 */
final class SealingKey {

    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private final ContentEncryption encryption;
    private final ContentEncryption.Keys keys;
    private final String keyId;

    /** The beginning of every token of this key: the header, and the empty encrypted key. */
    private final String start;

    private final byte[] header;

    private SealingKey(ContentEncryption encryption, byte[] key, String keyId, String header) {
        this.encryption = encryption;
        this.keys = encryption.keys(key);
        this.keyId = keyId;
        this.start = header + "..";
        this.header = ascii(header);
    }

    static SealingKey authJs(Secret secret, String cookieName, ContentEncryption encryption) {
        return of(authJsKey(secret, cookieName, encryption), encryption);
    }

    /** The bytes of the key that Auth.js derives. */
    static byte[] authJsKey(Secret secret, String cookieName, ContentEncryption encryption) {
        return Hkdf.derive(
                secret.reveal(),
                cookieName,
                "Auth.js Generated Encryption Key (" + cookieName + ")",
                encryption.keyBytes());
    }

    static SealingKey of(byte[] key, ContentEncryption encryption) {
        if (key.length != encryption.keyBytes()) {
            throw new IllegalArgumentException(encryption + " takes a key of " + encryption.keyBytes() + " bytes");
        }
        String jwk = "{\"k\":\"" + BASE64URL.encodeToString(key) + "\",\"kty\":\"oct\"}";
        String keyId = BASE64URL.encodeToString(hash(encryption.thumbprintHash(), jwk));
        String header = "{\"alg\":\"dir\",\"enc\":\"" + encryption.headerName() + "\",\"kid\":\"" + keyId + "\"}";
        return new SealingKey(encryption, key, keyId, BASE64URL.encodeToString(ascii(header)));
    }

    ContentEncryption encryption() {
        return encryption;
    }

    /** RFC 7638 thumbprint of the key as a JWK, base64url. */
    String keyId() {
        return keyId;
    }

    String seal(byte[] payload, SecureRandom random) {
        return start + sealWithoutHeader(payload, random);
    }

    /** The header is authenticated all the same. */
    String sealWithoutHeader(byte[] payload, SecureRandom random) {
        try {
            Content sealed = encryption.encrypt(keys, header, payload, random);
            return BASE64URL.encodeToString(sealed.iv())
                    + '.'
                    + BASE64URL.encodeToString(sealed.text())
                    + '.'
                    + BASE64URL.encodeToString(sealed.tag());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The JDK could not seal with " + encryption, e);
        }
    }

    /** Whether the token has exactly the header that this key writes. Such a header needs no parsing. */
    boolean wroteHeaderOf(String token) {
        return token.startsWith(start);
    }

    /** Opens a token whose header this key wrote. Returns empty if another key sealed it. */
    Optional<byte[]> openOwn(String token) {
        return Content.parse(token, start.length()).flatMap(content -> open(header, content));
    }

    /** Opens a token without its header. Returns empty if another key sealed it. */
    Optional<byte[]> openWithoutHeader(String token) {
        return Content.parse(token, 0).flatMap(content -> open(header, content));
    }

    /** Opens a token. Returns empty if another key sealed it. */
    Optional<byte[]> open(CompactJwe token) {
        return open(ascii(token.header()), token.content());
    }

    private Optional<byte[]> open(byte[] aad, Content content) {
        if (content.iv().length != encryption.ivBytes() || content.tag().length != encryption.tagBytes()) {
            return Optional.empty();
        }
        try {
            return encryption.decrypt(keys, aad, content);
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] hash(String algorithm, String text) {
        try {
            return MessageDigest.getInstance(algorithm).digest(ascii(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + algorithm, e);
        }
    }

    @Override
    public String toString() {
        return "SealingKey[" + keyId + "]";
    }
}
