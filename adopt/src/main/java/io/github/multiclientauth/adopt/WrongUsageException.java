package io.github.multiclientauth.adopt;

/** A wrong command line. The message says what is wrong. */
final class WrongUsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    WrongUsageException(String message) {
        super(message);
    }

    WrongUsageException(String message, Exception cause) {
        super(message, cause);
    }
}
