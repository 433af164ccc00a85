package io.github.multiclientauth.extension.rules;

import io.github.multiclientauth.extension.ExtensionVersion;
import java.util.Map;
import org.keycloak.Config;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ServerInfoAwareProviderFactory;

/** Listens in every realm; for clients that have not opted in it does nothing. */
public final class ConsentListenerProviderFactory
        implements EventListenerProviderFactory, ServerInfoAwareProviderFactory {

    /** The name under which a realm lists it, where Keycloak is too old to ask {@link #isGlobal}. */
    public static final String ID = "multi-client-auth-consent";

    @Override
    public String getId() {
        return ID;
    }

    /** Keycloak 26.0 does not ask: there the administrator adds the listener to the realm. */
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
        return new ConsentListenerProvider(session);
    }

    @Override
    public void init(Config.Scope config) {
        // Has no settings.
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        // Needs no other provider.
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
