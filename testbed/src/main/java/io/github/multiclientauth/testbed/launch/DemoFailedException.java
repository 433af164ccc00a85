package io.github.multiclientauth.testbed.launch;

/**
 * The demo could not do its job; the message is all that a person is to see. Without a stack trace, since Maven would
 * print it.
 */
public final class DemoFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DemoFailedException(Throwable why) {
        super(why.getMessage() == null ? why.toString() : why.getMessage(), null, false, false);
    }
}
