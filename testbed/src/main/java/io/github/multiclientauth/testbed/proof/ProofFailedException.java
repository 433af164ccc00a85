package io.github.multiclientauth.testbed.proof;

/** A failed sign-in through a running chain. The message says where it failed, and contains no secrets. */
public final class ProofFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ProofFailedException(String message) {
        super(message);
    }

    public ProofFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
