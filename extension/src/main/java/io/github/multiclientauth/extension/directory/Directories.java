package io.github.multiclientauth.extension.directory;

import io.github.multiclientauth.extension.listing.DocumentCache;
import java.time.Clock;
import java.util.concurrent.Semaphore;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** The directories of all realms that this server keeps, and the endpoints that read a realm. */
public final class Directories {

    private final DocumentCache cache = new DocumentCache(Clock.systemUTC());
    private final PolicyChanges policies = new PolicyChanges(cache);
    private final RealmReader reading;

    /** One at a time: it reads everything, and sends requests to applications. */
    private final Semaphore doctors = new Semaphore(1);

    /** @param bulk whether clients are read many at a time */
    public Directories(boolean bulk) {
        this.reading = new RealmReader(bulk);
    }

    /** Forgets a directory when something in it changes. */
    public void listen(KeycloakSessionFactory factory) {
        factory.register(new ModelChanges(cache));
        factory.register(new ClusterChanges(cache));
    }

    /** The endpoint for one request. */
    public DirectoryEndpoint directory(KeycloakSession session) {
        return new DirectoryEndpoint(session, cache, policies, reading);
    }

    /** The endpoint for one request. */
    public DoctorEndpoint doctor(KeycloakSession session) {
        return new DoctorEndpoint(session, reading, doctors);
    }
}
