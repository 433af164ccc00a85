package io.github.multiclientauth.extension.provider;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The paths of Keycloak's broker: where it sends people to an identity provider, and where they come back. */
public final class BrokerPath {

    private static final Pattern CALLBACK = Pattern.compile("/?realms/[^/]+/broker/([^/]+)/endpoint/?");

    private static final Pattern SIGN_IN = Pattern.compile("/?realms/[^/]+/broker/([^/]+)/(?:login|endpoint)(?:/.*)?");

    private BrokerPath() {}

    /** @return the alias of the identity provider that sends people back to this path; empty for any other path */
    public static Optional<String> callback(String path) {
        return alias(CALLBACK, path);
    }

    /** @return the alias of the identity provider that people are on the way to, or back from; empty for any other path */
    public static Optional<String> signIn(String path) {
        return alias(SIGN_IN, path);
    }

    private static Optional<String> alias(Pattern pattern, String path) {
        Matcher matcher = pattern.matcher(path);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
