package io.github.multiclientauth.facade.seal;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;

/**
 * One thread's ciphers of one kind. A cipher that gets another key than it had before expands that key, which takes
 * 1.6 µs. Keys that are used in turn, as the two of a session are, therefore get ciphers of their own. That saves 1.6
 * of the 16 µs of a session read from an unseen cookie where several applications are served, and 6 of the 30 µs of a
 * read with re-issue ({@code Shortcuts} in bench). With 16 keys in turn half of it is saved, with 64 nothing.
 */
final class Ciphers {

    /** A power of two. About 2 KiB each, on each event loop. */
    private static final int COUNT = 16;

    private final String transformation;
    private final Cipher[] ciphers = new Cipher[COUNT];

    Ciphers(String transformation) {
        this.transformation = transformation;
    }

    /** To be initialised with that key, and used before the next is asked for. */
    Cipher of(ContentEncryption.Keys keys) {
        int index = System.identityHashCode(keys) & COUNT - 1;
        if (ciphers[index] == null) {
            ciphers[index] = newCipher();
        }
        return ciphers[index];
    }

    private Cipher newCipher() {
        try {
            return Cipher.getInstance(transformation);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + transformation, e);
        }
    }
}
