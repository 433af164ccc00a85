package io.github.multiclientauth.facade.wire;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash function SHA-256, which every JDK has (see {@link MessageDigest}). */
public final class Sha256 {

    /** One for each thread: to create the object costs as much as to use it. */
    private static final ThreadLocal<MessageDigest> OF_THREAD = ThreadLocal.withInitial(Sha256::newDigest);

    private Sha256() {}

    /** Hashes the content to 32 bytes. */
    public static byte[] of(byte[] content) {
        return digest().digest(content);
    }

    /** Hashes the text in UTF-8 to 32 bytes. */
    public static byte[] of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The thread's own digest, for content in several parts. Finish with it before anything else is hashed. */
    public static MessageDigest digest() {
        return OF_THREAD.get();
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
