package io.github.multiclientauth.extension.decision;

import io.github.multiclientauth.extension.provider.SettingValues;
import java.util.Collections;
import java.util.Map;
import java.util.Set;

/**
 * The settings of the step "Link verified e-mail".
 *
 * @param trustedProviders aliases of the providers whose addresses the administrator trusts, also where they do not say
 *     whether an address is verified
 */
public record LinkSettings(Set<String> trustedProviders) {

    /** The key of the setting. */
    public static final String TRUSTED_PROVIDERS = "providersTrustedForEmail";

    /** @param config as Keycloak stores it; empty if the step has never been configured */
    public static LinkSettings of(Map<String, String> config) {
        return new LinkSettings(SettingValues.of(Collections.singleton(config.get(TRUSTED_PROVIDERS))));
    }
}
