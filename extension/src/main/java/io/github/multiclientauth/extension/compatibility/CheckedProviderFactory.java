package io.github.multiclientauth.extension.compatibility;

import org.keycloak.Config;
import org.keycloak.provider.EnvironmentDependentProviderFactory;

/**
 * A factory that Keycloak offers only if all factories of the extension work. With the brokers but without the gate,
 * for example, people could sign in who must not.
 */
public interface CheckedProviderFactory extends EnvironmentDependentProviderFactory {

    @Override
    default boolean isSupported(Config.Scope config) {
        return ServerCheck.isPassed();
    }
}
