package io.github.multiclientauth.testbed.conformance;

/** The parts of the table, in the order of the page. */
enum Group {
    SIGNATURE("Signature and header of the ID token"),
    CLAIMS("Claims of the ID token"),
    STEP_UP("Demanded authentication"),
    TOKEN_ANSWER("Answer of the token endpoint"),
    CALLBACK("Authorization response"),
    KEYS("Keys of the provider"),
    PUSHED("Pushed authorization requests"),
    CONFIRMATION("Confirmation of the session"),
    LOGOUT("Logout tokens"),
    METADATA("Metadata of the provider");

    private final String title;

    Group(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
