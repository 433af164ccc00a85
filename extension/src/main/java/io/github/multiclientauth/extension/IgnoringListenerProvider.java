package io.github.multiclientauth.extension;

import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.admin.AdminEvent;

/** Ignores every event: a global listener does the work. */
final class IgnoringListenerProvider implements EventListenerProvider {

    @Override
    public void onEvent(Event event) {
        // The global one gets it, too.
    }

    @Override
    public void onEvent(AdminEvent event, boolean includeRepresentation) {
        // The global one gets it, too.
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
