package io.github.multiclientauth.extension.decision;

import io.github.multiclientauth.extension.SettingValues;
import java.util.Collections;
import java.util.Map;
import java.util.Set;

/**
 * How the administrator has configured the step in the flow.
 *
 * @param trustedProviders aliases of providers that do not say whether an address is verified, and whose addresses count as
 *     verified all the same
 */
public record LinkSettings(Set<String> trustedProviders) {

    public static final String TRUSTED_PROVIDERS = "providersTrustedForEmail";

    /** @param config as Keycloak stores it; empty if nobody has opened the configuration yet */
    public static LinkSettings of(Map<String, String> config) {
        return new LinkSettings(SettingValues.of(Collections.singleton(config.get(TRUSTED_PROVIDERS))));
    }
}
