package io.github.multiclientauth.testbed.process;

/** A failure to start. The message tells the person who started the testbed what to do or where to look. */
public final class StartFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StartFailedException(String message) {
        super(message);
    }

    public StartFailedException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Describes the failure with the child's name, what happened to it, its log file and the end of the log. */
    public static StartFailedException of(Child child, String what) {
        return new StartFailedException(
                child.name() + " " + what + ". The end of " + child.log() + ":\n" + child.logTail());
    }
}
