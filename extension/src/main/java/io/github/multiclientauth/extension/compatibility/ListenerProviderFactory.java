package io.github.multiclientauth.extension.compatibility;

import java.util.stream.Stream;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.models.KeycloakSession;

/**
 * A listener that is needed in every realm and has no settings. There are two factories of each.
 *
 * <p>From 26.1 on, Keycloak runs a <i>global</i> listener in every realm, and refuses to save the events settings of a realm that lists it.
 * Keycloak 26.0 runs only the listeners that the realm lists. So realms list another factory, with an id of its own: its listener works on
 * 26.0 and ignores every event on newer servers. A realm file, an adopted realm and a realm from before an upgrade are then right on all
 * versions.
 */
public abstract class ListenerProviderFactory
        implements EventListenerProviderFactory, OwnProviderFactory<EventListenerProvider> {

    private static final String GLOBAL = "-global";

    private static final boolean SERVER_RUNS_GLOBAL_ONES = Stream.of(EventListenerProviderFactory.class.getMethods())
            .anyMatch(method -> method.getName().equals("isGlobal"));

    private final String id;
    private final boolean global;

    /** @param id the name under which a realm lists it */
    protected ListenerProviderFactory(String id, boolean global) {
        this.id = global ? id + GLOBAL : id;
        this.global = global;
    }

    /** Creates the listener itself. */
    protected abstract EventListenerProvider listener(KeycloakSession session);

    @Override
    public final EventListenerProvider create(KeycloakSession session) {
        return global || !SERVER_RUNS_GLOBAL_ONES ? listener(session) : new Ignoring();
    }

    @Override
    public final String getId() {
        return id;
    }

    /** Keycloak 26.0 does not ask. */
    @Override
    public final boolean isGlobal() {
        return global;
    }

    /** Ignores every event, since the global listener handles it. */
    static final class Ignoring implements EventListenerProvider {

        @Override
        public void onEvent(Event event) {
            // The global listener gets it too.
        }

        @Override
        public void onEvent(AdminEvent event, boolean includeRepresentation) {
            // The global listener gets it too.
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }
}
