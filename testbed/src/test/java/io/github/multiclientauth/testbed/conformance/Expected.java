package io.github.multiclientauth.testbed.conformance;

/**
 * What must come of a case. The facade's words for a refusal are in docs/reference/conformance.md.
 *
 * @param accepted whether the facade is right to accept it
 * @param logId the message of the facade's log about the refusal; empty if it is not worth one
 * @param why why it is right to accept it; empty for a refusal
 */
record Expected(boolean accepted, String logId, String why) {

    /** The facade refuses the callback of the sign-in. */
    static Expected refused() {
        return refused("MCA00224");
    }

    static Expected refused(String logId) {
        return new Expected(false, logId, "");
    }

    /** The request itself is wrong, and the log says nothing. */
    static Expected refusedSilently() {
        return refused("");
    }

    static Expected accepted(String why) {
        return new Expected(true, "", why);
    }
}
