package io.github.multiclientauth.extension.directory;

import io.github.multiclientauth.extension.compatibility.ListenerProviderFactory;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.models.KeycloakSession;

/**
 * Offers the listener for changes that Keycloak's models do not report: an assigned client scope, or a changed mapper
 * or step of a flow. It does not depend on whether a realm keeps admin events. Without it these changes show after a
 * few seconds.
 */
public class DirectoryListenerProviderFactory extends ListenerProviderFactory {

    /** The name under which realms list it. */
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

        /** Creates the one for every realm. */
        public GlobalFactory() {
            super(true);
        }
    }
}
