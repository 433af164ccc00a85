package io.github.multiclientauth.extension.directory;

import io.github.multiclientauth.extension.compatibility.ListenerProviderFactory;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.models.KeycloakSession;

/**
 * Listens, whether or not a realm keeps admin events, for the changes that Keycloak's models do not tell of: a client scope
 * assigned, a mapper or a step of a flow changed. Without it they show after a moment.
 */
public class DirectoryListenerProviderFactory extends ListenerProviderFactory {

    public static final String ID = "multi-client-auth-directory";

    /** Creates the one that realms list. */
    public DirectoryListenerProviderFactory() {
        this(false);
    }

    private DirectoryListenerProviderFactory(boolean global) {
        super(ID, global);
    }

    @Override
    protected final EventListenerProvider listener(KeycloakSession session) {
        return new DirectoryListenerProvider(session);
    }

    /** The one for every realm. */
    public static final class GlobalFactory extends DirectoryListenerProviderFactory {

        public GlobalFactory() {
            super(true);
        }
    }
}
