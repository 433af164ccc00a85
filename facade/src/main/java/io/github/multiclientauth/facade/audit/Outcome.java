package io.github.multiclientauth.facade.audit;

import java.util.Locale;

/** How something ended. */
public enum Outcome {
    /** It was done. */
    SUCCESS("it was done"),
    /** A rule or a check did not allow it. */
    REFUSED("a rule or a check did not allow it"),
    /** It did not work, or was cancelled. */
    FAILURE("it did not work, or the user did not go on");

    private final String meaning;

    Outcome(String meaning) {
        this.meaning = meaning;
    }

    /** For auditors. */
    public String meaning() {
        return meaning;
    }

    /** The value of the field {@code outcome}. */
    public String value() {
        return name().toLowerCase(Locale.ROOT);
    }
}
