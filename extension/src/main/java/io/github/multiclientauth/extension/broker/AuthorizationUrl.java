package io.github.multiclientauth.extension.broker;

import io.github.multiclientauth.origin.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * The address to which a browser is sent for signing in, where the administrator has set another than the built-in one of
 * Google, Facebook, LinkedIn or GitHub: a stand-in in a demo or a test, a company's own gateway.
 */
final class AuthorizationUrl {

    /** What Keycloak calls it where it can be configured already. */
    static final String KEY = "authorizationUrl";

    private AuthorizationUrl() {}

    /** Usable: an absolute http or https URL without user information and fragment (RFC 6749, section 3.1). */
    static Optional<String> of(String configured) {
        return Optional.ofNullable(configured)
                .filter(url -> Origin.ofUrl(url).isPresent())
                .filter(url -> url.indexOf('#') < 0);
    }

    /** The settings that the admin console shows for a provider, and this one. */
    static List<ProviderConfigProperty> with(List<ProviderConfigProperty> properties) {
        List<ProviderConfigProperty> all = new ArrayList<>(properties);
        all.add(new ProviderConfigProperty(
                KEY,
                "Authorization URL",
                "Where clients of Multi-Client Auth send people to sign in (http or https). Empty: the provider's own"
                        + " address. Clients without its client scope always use the provider's own.",
                ProviderConfigProperty.STRING_TYPE,
                null));
        return List.copyOf(all);
    }
}
