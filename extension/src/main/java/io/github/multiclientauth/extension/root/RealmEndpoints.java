package io.github.multiclientauth.extension.root;

import io.github.multiclientauth.extension.directory.Directories;
import io.github.multiclientauth.extension.directory.DirectoryEndpoint;
import io.github.multiclientauth.extension.directory.DoctorEndpoint;
import jakarta.ws.rs.Path;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.resource.RealmResourceProvider;

/** Finds the endpoint for a request below {@code /realms/{realm}/multi-client-auth}. Public, since Keycloak calls it. */
public final class RealmEndpoints implements RealmResourceProvider {

    private final KeycloakSession session;
    private final Directories directories;

    RealmEndpoints(KeycloakSession session, Directories directories) {
        this.session = session;
        this.directories = directories;
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

    @Override
    public void close() {
        // Holds nothing.
    }
}
