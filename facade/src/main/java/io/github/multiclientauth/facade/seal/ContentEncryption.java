package io.github.multiclientauth.facade.seal;

import io.github.multiclientauth.facade.seal.CompactJwe.Content;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The two content encryptions of Auth.js, on the JDK's ciphers. Those are made once per thread: a new one for each
 * token would take 3.6 µs more. A differential test compares the results with those of Nimbus.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7518#section-5">RFC 7518, section 5</a>
 */
enum ContentEncryption {
    A256CBC_HS512("A256CBC-HS512", 64, 16, 32, "SHA-512") {

        @Override
        Keys keys(byte[] key) {
            return new Keys(new SecretKeySpec(key, 32, 32, "AES"), new SecretKeySpec(key, 0, 32, "HmacSHA512"));
        }

        @Override
        Content encrypt(Keys keys, byte[] aad, byte[] plain, SecureRandom random) throws GeneralSecurityException {
            byte[] iv = bytes(random, ivBytes());
            Cipher cipher = CBC.get().of(keys);
            cipher.init(Cipher.ENCRYPT_MODE, keys.encryption(), new IvParameterSpec(iv));
            byte[] text = cipher.doFinal(plain);
            return new Content(iv, text, tag(keys, aad, iv, text));
        }

        @Override
        Optional<byte[]> decrypt(Keys keys, byte[] aad, Content sealed) throws GeneralSecurityException {
            // The tag is checked before decryption, so there is no padding oracle.
            if (!MessageDigest.isEqual(tag(keys, aad, sealed.iv(), sealed.text()), sealed.tag())) {
                return Optional.empty();
            }
            Cipher cipher = CBC.get().of(keys);
            cipher.init(Cipher.DECRYPT_MODE, keys.encryption(), new IvParameterSpec(sealed.iv()));
            return Optional.of(cipher.doFinal(sealed.text()));
        }

        private byte[] tag(Keys keys, byte[] aad, byte[] iv, byte[] text) throws GeneralSecurityException {
            Mac mac = HMAC.get();
            mac.init(keys.authentication());
            mac.update(aad);
            mac.update(iv);
            mac.update(text);
            mac.update(
                    ByteBuffer.allocate(Long.BYTES).putLong(0, aad.length * 8L).array());
            return Arrays.copyOf(mac.doFinal(), tagBytes());
        }
    },

    A256GCM("A256GCM", 32, 12, 16, "SHA-256") {

        @Override
        Keys keys(byte[] key) {
            return new Keys(new SecretKeySpec(key, "AES"), null);
        }

        @Override
        Content encrypt(Keys keys, byte[] aad, byte[] plain, SecureRandom random) throws GeneralSecurityException {
            byte[] iv = bytes(random, ivBytes());
            Cipher cipher = GCM.get().of(keys);
            cipher.init(Cipher.ENCRYPT_MODE, keys.encryption(), new GCMParameterSpec(tagBytes() * 8, iv));
            cipher.updateAAD(aad);
            byte[] both = cipher.doFinal(plain);
            int split = both.length - tagBytes();
            return new Content(iv, Arrays.copyOf(both, split), Arrays.copyOfRange(both, split, both.length));
        }

        @Override
        Optional<byte[]> decrypt(Keys keys, byte[] aad, Content sealed) throws GeneralSecurityException {
            Cipher cipher = GCM.get().of(keys);
            cipher.init(Cipher.DECRYPT_MODE, keys.encryption(), new GCMParameterSpec(tagBytes() * 8, sealed.iv()));
            cipher.updateAAD(aad);
            cipher.update(sealed.text());
            return Optional.of(cipher.doFinal(sealed.tag()));
        }
    };

    /**
     * A key in the form that the JDK's ciphers need, made once.
     *
     * @param authentication null if encryption and authentication share one key
     */
    record Keys(SecretKeySpec encryption, SecretKeySpec authentication) {

        @Override
        public String toString() {
            return "Keys[***]";
        }
    }

    private static final ThreadLocal<Ciphers> CBC = ThreadLocal.withInitial(() -> new Ciphers("AES/CBC/PKCS5Padding"));
    private static final ThreadLocal<Ciphers> GCM = ThreadLocal.withInitial(() -> new Ciphers("AES/GCM/NoPadding"));
    private static final ThreadLocal<Mac> HMAC = ThreadLocal.withInitial(ContentEncryption::hmac);

    private final String headerName;
    private final int keyBytes;
    private final int ivBytes;
    private final int tagBytes;
    private final String thumbprintHash;

    ContentEncryption(String headerName, int keyBytes, int ivBytes, int tagBytes, String thumbprintHash) {
        this.headerName = headerName;
        this.keyBytes = keyBytes;
        this.ivBytes = ivBytes;
        this.tagBytes = tagBytes;
        this.thumbprintHash = thumbprintHash;
    }

    /** @param key {@link #keyBytes} bytes */
    abstract Keys keys(byte[] key);

    abstract Content encrypt(Keys keys, byte[] aad, byte[] plain, SecureRandom random) throws GeneralSecurityException;

    /**
     * Decrypts the content. Returns empty or throws if the tag does not match this key. Callers treat both the same.
     */
    abstract Optional<byte[]> decrypt(Keys keys, byte[] aad, Content sealed) throws GeneralSecurityException;

    static Optional<ContentEncryption> of(String headerName) {
        return Arrays.stream(values())
                .filter(e -> e.headerName.equals(headerName))
                .findFirst();
    }

    String headerName() {
        return headerName;
    }

    int keyBytes() {
        return keyBytes;
    }

    int ivBytes() {
        return ivBytes;
    }

    int tagBytes() {
        return tagBytes;
    }

    /** The hash with which Auth.js makes the key id: SHA-512 for the longer key, SHA-256 for the shorter. */
    String thumbprintHash() {
        return thumbprintHash;
    }

    private static byte[] bytes(SecureRandom random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static Mac hmac() {
        try {
            return Mac.getInstance("HmacSHA512");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HmacSHA512", e);
        }
    }
}
