package io.github.multiclientauth.extension.changes;

import java.time.Clock;
import java.util.Optional;
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

    /**
     * Returns whether something that may have ended the session has happened since, or may have been missed.
     *
     * @param since in milliseconds
     */
    public boolean concern(String realmId, String userId, String clientId, String sid, long since) {
        return memory.knows(
                realmId,
                change -> change.match(
                        ended -> ended.sid().equals(sid),
                        user -> user.user().equals(userId) && !user.except().equals(Optional.of(sid)),
                        client -> client.clientId().equals(clientId),
                        () -> true),
                since);
    }

    @Override
    public void close() {
        notebook.close();
    }
}
