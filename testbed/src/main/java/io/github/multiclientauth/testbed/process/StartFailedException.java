package io.github.multiclientauth.testbed.process;

/** The testbed cannot start; the message is for the person who started it and says what to do or where to look. */
public final class StartFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StartFailedException(String message) {
        super(message);
    }

    public StartFailedException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Names the child, what happened to it, its log file and the end of that. */
    public static StartFailedException of(Child child, String what) {
        return new StartFailedException(
                child.name() + " " + what + ". The end of " + child.log() + ":\n" + child.logTail());
    }
}
