package io.github.multiclientauth.extension.root;

import io.github.multiclientauth.extension.changes.Changes;
import io.github.multiclientauth.extension.changes.ChangesEndpoint;
import io.github.multiclientauth.extension.directory.Directories;
import io.github.multiclientauth.extension.directory.DirectoryEndpoint;
import io.github.multiclientauth.extension.directory.DoctorEndpoint;
import io.github.multiclientauth.extension.session.Sessions;
import io.github.multiclientauth.extension.session.SessionsEndpoint;
import jakarta.ws.rs.Path;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.resource.RealmResourceProvider;

/** Finds the endpoint for a request below {@code /realms/{realm}/multi-client-auth}. Public, since Keycloak calls it. */
public final class RealmEndpoints implements RealmResourceProvider {

    private final KeycloakSession session;
    private final Directories directories;
    private final Changes changes;
    private final Sessions sessions;

    RealmEndpoints(KeycloakSession session, Directories directories, Changes changes, Sessions sessions) {
        this.session = session;
        this.directories = directories;
        this.changes = changes;
        this.sessions = sessions;
    }

    @Override
    public Object getResource() {
        return this;
    }

    /** The applications of the realm. */
    @Path("directory")
    public DirectoryEndpoint directory() {
        return directories.directory(session);
    }

    /** What is wrong with the settings of the realm. */
    @Path("doctor")
    public DoctorEndpoint doctor() {
        return directories.doctor(session);
    }

    /** What has changed in the realm. */
    @Path("changes")
    public ChangesEndpoint changes() {
        return changes.changes(session);
    }

    /** Whether sessions are alive. */
    @Path("sessions")
    public SessionsEndpoint sessions() {
        return sessions.sessions(session);
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
