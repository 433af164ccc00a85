package io.github.multiclientauth.adopt;

/** The command line cannot mean anything; the message says why. */
final class WrongUsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    WrongUsageException(String message) {
        super(message);
    }

    WrongUsageException(String message, Exception cause) {
        super(message, cause);
    }
}
