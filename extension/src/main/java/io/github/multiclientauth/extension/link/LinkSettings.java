package io.github.multiclientauth.extension.link;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How the administrator has configured the step in the flow.
 *
 * @param trustedProviders aliases of providers that do not say whether an address is verified, and whose addresses count as
 *     verified all the same
 */
record LinkSettings(Set<String> trustedProviders) {

    static final String TRUSTED_PROVIDERS = "providersTrustedForEmail";

    /** How Keycloak stores several values of one setting. */
    private static final Pattern SEPARATOR = Pattern.compile("##");

    /** @param config as Keycloak stores it; empty if nobody has opened the configuration yet */
    static LinkSettings of(Map<String, String> config) {
        return new LinkSettings(Optional.ofNullable(config.get(TRUSTED_PROVIDERS)).stream()
                .flatMap(values -> Arrays.stream(SEPARATOR.split(values)))
                .map(String::strip)
                .filter(alias -> !alias.isEmpty())
                .collect(toUnmodifiableSet()));
    }
}
