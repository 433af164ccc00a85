package io.github.multiclientauth.testbed.proof;

/** The chain runs but does not do its job; the message says where it went wrong, without secrets. */
public final class ProofFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ProofFailedException(String message) {
        super(message);
    }

    public ProofFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
