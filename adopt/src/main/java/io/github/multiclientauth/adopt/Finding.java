package io.github.multiclientauth.adopt;

/** The state of one step in the realm. */
sealed interface Finding {

    /** The step is complete. */
    record There() implements Finding {}

    /** The step is missing completely or in part. */
    record Missing() implements Finding {}

    /** Something else has the name that the step needs. */
    record Taken(String why) implements Finding {}

    static Finding of(boolean there) {
        return there ? new There() : new Missing();
    }
}
