package io.github.multiclientauth.extension.directory;

import io.github.multiclientauth.extension.GlobalListenerProviderFactory;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.models.KeycloakSession;

/**
 * Listens, whether or not a realm keeps admin events, for the changes that Keycloak's models do not tell of: a client scope
 * assigned, a mapper or a step of a flow changed. Without it they show after a moment.
 */
public final class DirectoryListenerProviderFactory extends GlobalListenerProviderFactory {

    public static final String ID = "multi-client-auth-directory";

    public DirectoryListenerProviderFactory() {
        super(ID);
    }

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new DirectoryListenerProvider(session);
    }
}
