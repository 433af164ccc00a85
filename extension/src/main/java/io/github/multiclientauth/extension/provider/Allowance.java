package io.github.multiclientauth.extension.provider;

import java.util.Collections;
import java.util.Set;

/**
 * A rule that says which identity providers a client may use.
 *
 * @param providers names of the identity providers that may be used; empty: all of them
 */
public record Allowance(Set<String> providers) {

    /** The id of the mapper that a rule is. */
    public static final String MAPPER = "oidc-allowed-providers-mapper";

    /** The setting that holds the providers. */
    public static final String PROVIDERS = "allowed.providers";

    /** The setting that names the clients that a rule in a client scope is for. */
    public static final String CLIENTS = "clients";

    /** @param setting as Keycloak stores it, {@code null} if it is empty */
    public static Allowance of(String setting) {
        return new Allowance(SettingValues.of(Collections.singleton(setting)));
    }

    /**
     * Whether a rule in a client scope is for this client.
     *
     * @param setting the client ids as Keycloak stores them. If it is {@code null} or empty, the rule is for all
     *     clients that have the client scope
     */
    public static boolean concerns(String setting, String clientId) {
        Set<String> clients = SettingValues.of(Collections.singleton(setting));
        return clients.isEmpty() || clients.contains(clientId);
    }

    public boolean allows(String provider) {
        return providers.isEmpty() || names(provider);
    }

    /** Whether the rule names this provider. */
    public boolean names(String provider) {
        return providers.contains(provider);
    }
}
