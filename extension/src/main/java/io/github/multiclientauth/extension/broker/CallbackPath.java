package io.github.multiclientauth.extension.broker;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where identity providers send people back to. */
final class CallbackPath {

    private static final Pattern PATH = Pattern.compile("/?realms/[^/]+/broker/([^/]+)/endpoint/?");

    private CallbackPath() {}

    /** @return the alias of the identity provider whose path it is */
    static Optional<String> provider(String path) {
        Matcher matcher = PATH.matcher(path);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
