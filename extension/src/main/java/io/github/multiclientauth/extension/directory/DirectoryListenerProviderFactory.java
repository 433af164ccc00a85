package io.github.multiclientauth.extension.directory;

import io.github.multiclientauth.extension.ExtensionVersion;
import java.util.Map;
import org.keycloak.Config;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ServerInfoAwareProviderFactory;

/**
 * Listens in every realm, whether or not it keeps admin events, for the changes that Keycloak's models do not tell of: a
 * client scope assigned, a mapper or a step of a flow changed.
 */
public final class DirectoryListenerProviderFactory
        implements EventListenerProviderFactory, ServerInfoAwareProviderFactory {

    /** The name under which a realm lists it, where Keycloak is too old to ask {@link #isGlobal}. */
    public static final String ID = "multi-client-auth-directory";

    @Override
    public String getId() {
        return ID;
    }

    /** Keycloak 26.0 does not ask: there the administrator adds the listener to the realm, or waits for a moment. */
    @Override
    public boolean isGlobal() {
        return true;
    }

    @Override
    public Map<String, String> getOperationalInfo() {
        return ExtensionVersion.operationalInfo();
    }

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new DirectoryListenerProvider(session);
    }

    @Override
    public void init(Config.Scope config) {
        // Has no settings.
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        // Finds the directory when it is needed.
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
