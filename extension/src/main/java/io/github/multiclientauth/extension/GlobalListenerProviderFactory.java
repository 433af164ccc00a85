package io.github.multiclientauth.extension;

import io.github.multiclientauth.extension.compatibility.CheckedProviderFactory;
import java.util.Map;
import org.keycloak.Config;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ServerInfoAwareProviderFactory;

/** Of listeners that Keycloak asks in every realm, with nothing to set and nothing to keep. */
public abstract class GlobalListenerProviderFactory
        implements EventListenerProviderFactory, CheckedProviderFactory, ServerInfoAwareProviderFactory {

    private final String id;

    /** @param id the name under which a realm lists it, where Keycloak is too old to ask {@link #isGlobal} */
    protected GlobalListenerProviderFactory(String id) {
        this.id = id;
    }

    @Override
    public final String getId() {
        return id;
    }

    /** Keycloak 26.0 does not ask: there the administrator adds the listener to the realm. */
    @Override
    public final boolean isGlobal() {
        return true;
    }

    @Override
    public final Map<String, String> getOperationalInfo() {
        return ExtensionVersion.operationalInfo();
    }

    @Override
    public final void init(Config.Scope config) {
        // Has no settings.
    }

    @Override
    public final void postInit(KeycloakSessionFactory factory) {
        // Finds what it works with when it is needed.
    }

    @Override
    public final void close() {
        // Holds nothing.
    }
}
