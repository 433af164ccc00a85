package io.github.multiclientauth.extension.changes;

import java.time.Clock;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** The last changes in all realms, and the endpoint that tells them. */
public final class Changes implements AutoCloseable {

    private final Memory memory = new Memory(Clock.systemUTC());
    private final Notebook notebook = new Notebook(memory);

    /** Listens to what Keycloak reports, and to the other nodes. */
    public void listen(KeycloakSessionFactory factory) {
        factory.register(notebook);
        factory.register(new EventReader(notebook, factory));
    }

    /** The endpoint for one request. */
    public ChangesEndpoint changes(KeycloakSession session) {
        return new ChangesEndpoint(session, memory);
    }

    @Override
    public void close() {
        notebook.close();
    }
}
