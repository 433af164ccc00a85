package io.github.multiclientauth.extension;

import io.github.multiclientauth.extension.compatibility.CheckedProviderFactory;
import java.util.Map;
import java.util.stream.Stream;
import org.keycloak.Config;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ServerInfoAwareProviderFactory;

/**
 * A listener that is needed in every realm, with nothing to set and nothing to keep. There are two factories of each.
 *
 * <p>Keycloak runs a <i>global</i> one in every realm from 26.1 on, and refuses to save the events settings of a realm that lists it.
 * Keycloak 26.0 runs only what the realm lists. So what realms list is another one, with an id of its own: it works on 26.0, and on newer
 * servers it ignores every event. A realm file, an adopted realm and a realm from before an upgrade are then right on all of them.
 */
public abstract class ListenerProviderFactory
        implements EventListenerProviderFactory, CheckedProviderFactory, ServerInfoAwareProviderFactory {

    private static final String GLOBAL = "-global";

    private static final boolean GLOBAL_ONES_RUN = Stream.of(EventListenerProviderFactory.class.getMethods())
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
        return global || !GLOBAL_ONES_RUN ? listener(session) : new IgnoringListenerProvider();
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

    @Override
    public final Map<String, String> getOperationalInfo() {
        return ExtensionVersion.operationalInfo();
    }

    @Override
    public final void init(Config.Scope config) {
        // Has no settings.
    }

    @Override
    public final void postInit(KeycloakSessionFactory factory) {
        // Finds what it works with when it is needed.
    }

    @Override
    public final void close() {
        // Holds nothing.
    }
}
