package io.github.multiclientauth.testbed.provider.google;

import io.github.multiclientauth.testbed.provider.oauth.Scopes;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** Google's scopes. OpenID Connect's {@code email} has a URL as its name, and Google answers with that. */
final class GoogleScopes {

    private static final String PREFIX = "https://www.googleapis.com/auth/";
    private static final Map<String, String> LONG_NAMES = Map.of(
            Scopes.OPENID, Scopes.OPENID,
            Scopes.EMAIL, PREFIX + "userinfo.email",
            Scopes.PROFILE, PREFIX + "userinfo.profile");

    private GoogleScopes() {}

    static boolean isKnown(String scope) {
        return LONG_NAMES.containsKey(scope);
    }

    static String granted(Collection<String> scopes) {
        return scopes.stream().map(LONG_NAMES::get).collect(Collectors.joining(" "));
    }
}
