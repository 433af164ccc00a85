package io.github.multiclientauth.extension.rules;

import io.github.multiclientauth.extension.SettingValues;
import java.util.Collections;
import java.util.Set;

/**
 * What one rule says.
 *
 * @param providers aliases of the identity providers that may be used; empty: all of them
 */
public record Allowance(Set<String> providers) {

    /** @param setting as Keycloak stores it, {@code null} if nobody has filled it in */
    public static Allowance of(String setting) {
        return new Allowance(SettingValues.of(Collections.singleton(setting)));
    }

    public boolean allows(String provider) {
        return providers.isEmpty() || names(provider);
    }

    /** Whether it speaks of this very provider. */
    public boolean names(String provider) {
        return providers.contains(provider);
    }
}
