package io.github.multiclientauth.facade.wire;

import java.util.Arrays;
import java.util.Optional;

/** The first segment after {@code /api/auth}. */
public enum Action {
    CSRF("csrf", false),
    PROVIDERS("providers", false),
    SESSION("session", false),
    SIGNIN("signin", true),
    CALLBACK("callback", true),
    SIGNOUT("signout", false),
    ERROR("error", false),
    VERIFY_REQUEST("verify-request", false),
    /** Auth.js 4 clients report their errors there. */
    LOG("_log", false);

    private final String segment;
    private final boolean takesProvider;
    private final String path;
    private final String withProvider;

    Action(String segment, boolean takesProvider) {
        this.segment = segment;
        this.takesProvider = takesProvider;
        this.path = Route.BASE_PATH + "/" + segment;
        this.withProvider = path + "/{provider}";
    }

    /** As written in the path. */
    public String segment() {
        return segment;
    }

    String path() {
        return path;
    }

    /** The path with a provider behind it. */
    String withProvider() {
        return withProvider;
    }

    boolean takesProvider() {
        return takesProvider;
    }

    static Optional<Action> of(String segment) {
        return Arrays.stream(values())
                .filter(action -> action.segment.equals(segment))
                .findFirst();
    }
}
