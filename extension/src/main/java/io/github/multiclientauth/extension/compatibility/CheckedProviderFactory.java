package io.github.multiclientauth.extension.compatibility;

import org.keycloak.Config;
import org.keycloak.provider.EnvironmentDependentProviderFactory;

/**
 * A provider of ours, which Keycloak offers only if all of them can work. All or none: signing in with the brokers but
 * without the gate, for example, would let people through who may not pass.
 */
public interface CheckedProviderFactory extends EnvironmentDependentProviderFactory {

    @Override
    default boolean isSupported(Config.Scope config) {
        return ServerCheck.isPassed();
    }
}
