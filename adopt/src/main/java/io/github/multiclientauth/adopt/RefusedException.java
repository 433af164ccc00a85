package io.github.multiclientauth.adopt;

/** The realm cannot be prepared as it is; the message says why, and what fixes it. */
final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
        super(message);
    }

    RefusedException(String message, Exception cause) {
        super(message, cause);
    }
}
