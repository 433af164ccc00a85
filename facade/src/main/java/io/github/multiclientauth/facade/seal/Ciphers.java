package io.github.multiclientauth.facade.seal;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;

/**
 * One thread's ciphers of one kind. A cipher that is used with the key that it had before need not expand it again, which
 * takes as long as sealing a kilobyte; so keys that are used in turn, as the two of a session are, get ciphers of their
 * own as far as there are some.
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
