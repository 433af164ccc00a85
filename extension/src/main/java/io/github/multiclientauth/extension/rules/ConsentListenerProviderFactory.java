package io.github.multiclientauth.extension.rules;

import io.github.multiclientauth.extension.compatibility.ListenerProviderFactory;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.models.KeycloakSession;

/** For clients that have not opted in it does nothing. */
public class ConsentListenerProviderFactory extends ListenerProviderFactory {

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

        public GlobalFactory() {
            super(true);
        }
    }
}
