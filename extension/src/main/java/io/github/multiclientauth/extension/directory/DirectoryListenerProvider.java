package io.github.multiclientauth.extension.directory;

import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** Passes on each event to those who listen to changes on this server. */
final class DirectoryListenerProvider implements EventListenerProvider {

    private final KeycloakSession session;
    private final KeycloakSessionFactory listeners;

    DirectoryListenerProvider(KeycloakSession session) {
        this.session = session;
        this.listeners = session.getKeycloakSessionFactory();
    }

    @Override
    public void onEvent(AdminEvent event, boolean includeRepresentation) {
        listeners.publish(new AdminEventHeard(session, event));
    }

    @Override
    public void onEvent(Event event) {
        listeners.publish(new UserEventHeard(session, event));
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
