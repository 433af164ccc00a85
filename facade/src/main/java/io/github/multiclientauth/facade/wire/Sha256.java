package io.github.multiclientauth.facade.wire;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256, which every JDK has (see {@link MessageDigest}). */
public final class Sha256 {

    /** Making the object costs as much as using it. */
    private static final ThreadLocal<MessageDigest> OF_THREAD = ThreadLocal.withInitial(Sha256::newDigest);

    private Sha256() {}

    /** 32 bytes. */
    public static byte[] of(byte[] content) {
        return digest().digest(content);
    }

    /** Of the text in UTF-8; 32 bytes. */
    public static byte[] of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** For content in several parts: the thread's own, to be used up before anything else is digested. */
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
