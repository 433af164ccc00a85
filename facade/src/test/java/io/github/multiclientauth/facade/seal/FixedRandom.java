package io.github.multiclientauth.facade.seal;

import java.security.SecureRandom;

/** Gives the same bytes each time, so that a sealed token can be compared with a known one. */
final class FixedRandom extends SecureRandom {

    private static final long serialVersionUID = 1L;

    private final byte[] fixed;

    FixedRandom(byte[] fixed) {
        this.fixed = fixed.clone();
    }

    @Override
    public void nextBytes(byte[] bytes) {
        if (bytes.length != fixed.length) {
            throw new IllegalStateException("Asked for " + bytes.length + " bytes, has " + fixed.length);
        }
        System.arraycopy(fixed, 0, bytes, 0, fixed.length);
    }
}
