package io.github.multiclientauth.extension.directory;

import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.models.KeycloakSession;

/** Listens to each change in the console or by the admin REST API. */
final class DirectoryListenerProvider implements EventListenerProvider {

    /** The beginnings of the names of resource types that change often and that the directory does not show. */
    private static final Set<String> PEOPLE = Set.of("USER", "GROUP", "ORGANIZATION_MEMBERSHIP");

    private final KeycloakSession session;

    DirectoryListenerProvider(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public void onEvent(AdminEvent event, boolean includeRepresentation) {
        if (!isAboutPeople(event)) {
            session.getKeycloakSessionFactory().publish(new SettingsChangedEvent(event.getRealmId()));
        }
    }

    private static boolean isAboutPeople(AdminEvent event) {
        return Stream.ofNullable(event.getResourceTypeAsString())
                .anyMatch(type -> PEOPLE.stream().anyMatch(type::startsWith));
    }

    @Override
    public void onEvent(Event event) {
        // Sign-ins change no application.
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
