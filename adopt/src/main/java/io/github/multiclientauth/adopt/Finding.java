package io.github.multiclientauth.adopt;

/** What there is in the realm of one step. */
sealed interface Finding {

    /** Nothing is left to do. */
    record There() implements Finding {}

    /** Nothing of it, or a part. */
    record Missing() implements Finding {}

    /** Something else has this name. */
    record Taken(String why) implements Finding {}

    static Finding of(boolean there) {
        return there ? new There() : new Missing();
    }
}
