package io.github.multiclientauth.extension.compatibility;

import java.util.Map;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.ServerInfoAwareProviderFactory;

/**
 * A factory of a provider that Keycloak does not have. It shows the extension's version, its
 * commit and the tested versions of Keycloak in the provider info of the admin console.
 *
 * @param <T> what it creates
 */
public interface OwnProviderFactory<T extends Provider>
        extends ProviderFactory<T>, CheckedProviderFactory, ServerInfoAwareProviderFactory {

    @Override
    default Map<String, String> getOperationalInfo() {
        return ServerCheck.operationalInfo();
    }

    @Override
    default void init(Config.Scope config) {
        // Most have no settings of the server.
    }

    @Override
    default void postInit(KeycloakSessionFactory factory) {
        // Most need no other provider.
    }

    @Override
    default void close() {
        // Most hold nothing.
    }
}
