package io.github.multiclientauth.testbed;

import org.opentest4j.TestAbortedException;

/** The way in which a test says that something is not on this machine. */
public final class Skipped {

    private Skipped() {}

    /**
     * Says loudly what is skipped.
     *
     * @param tests what is skipped, such as {@code THE TESTS OF THE JAVASCRIPT}
     * @param message what is missing, and how to get it
     * @return to be thrown: it skips the test
     * @throws AssertionError with {@code CI=true}, where nothing may be skipped
     */
    public static RuntimeException because(String tests, String message) {
        if (Boolean.parseBoolean(System.getenv("CI"))) {
            throw new AssertionError(message);
        }
        System.err.println(tests + " ARE SKIPPED. " + message);
        return new TestAbortedException(message);
    }
}
