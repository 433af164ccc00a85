package io.github.multiclientauth.testbed.launch;

/**
 * A failure of the demo. It has no stack trace, because Maven would print it and a person needs only the message.
 */
public final class DemoFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DemoFailedException(Throwable why) {
        super(why.getMessage() == null ? why.toString() : why.getMessage(), null, false, false);
    }
}
