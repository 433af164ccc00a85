package io.github.multiclientauth.adopt;

/** A refusal to change the realm. The message says why, and how to fix it. */
public final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
        super(message);
    }

    RefusedException(String message, Exception cause) {
        super(message, cause);
    }
}
