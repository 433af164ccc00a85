package io.github.multiclientauth.adopt;

/** A text that must not be printed. */
record Secret(String value) {

    Secret {
        if (value.isBlank()) {
            throw new IllegalArgumentException("An empty secret");
        }
    }

    @Override
    public String toString() {
        return "***";
    }
}
