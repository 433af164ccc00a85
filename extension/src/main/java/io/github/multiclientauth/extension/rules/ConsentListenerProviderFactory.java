package io.github.multiclientauth.extension.rules;

import io.github.multiclientauth.extension.compatibility.ListenerProviderFactory;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.models.KeycloakSession;

/** Offers the listener for consents. It does nothing for clients that have not opted in. */
public class ConsentListenerProviderFactory extends ListenerProviderFactory {

    /** The name under which realms list it. */
    public static final String ID = "multi-client-auth-consent";

    /** Creates the one that realms list. */
    public ConsentListenerProviderFactory() {
        this(false);
    }

    private ConsentListenerProviderFactory(boolean global) {
        super(ID, global);
    }

    @Override
    protected final EventListenerProvider listener(KeycloakSession session) {
        return new ConsentListenerProvider(session);
    }

    /** The one for every realm. */
    public static final class GlobalFactory extends ConsentListenerProviderFactory {

        /** Creates the one for every realm. */
        public GlobalFactory() {
            super(true);
        }
    }
}
