package io.github.multiclientauth.extension.provider;

import io.github.multiclientauth.origin.Origin;
import java.util.Optional;

/**
 * The address to which a browser is sent for signing in, where the administrator has set another than the built-in one of
 * Google, Facebook, LinkedIn or GitHub: a stand-in in a demo or a test, a company's own gateway.
 */
public final class AuthorizationUrl {

    /** Keycloak's own key for the URL, for the providers where it can be configured already. */
    public static final String KEY = "authorizationUrl";

    private AuthorizationUrl() {}

    /** Accepts an absolute http or https URL without user information and fragment (RFC 6749, section 3.1). */
    public static Optional<String> of(String configured) {
        return Optional.ofNullable(configured)
                .filter(url -> Origin.ofUrl(url).isPresent())
                .filter(url -> url.indexOf('#') < 0);
    }
}
