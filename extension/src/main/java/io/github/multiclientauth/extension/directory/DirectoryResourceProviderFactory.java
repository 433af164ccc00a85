package io.github.multiclientauth.extension.directory;

import io.github.multiclientauth.extension.compatibility.OwnProviderFactory;
import io.github.multiclientauth.extension.listing.DocumentCache;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.services.resource.RealmResourceProviderFactory;

/** Offers the directory in every realm, and keeps the last ones that were built. */
public final class DirectoryResourceProviderFactory
        implements RealmResourceProviderFactory, OwnProviderFactory<RealmResourceProvider> {

    /** The part of the path after the realm. */
    public static final String ID = "multi-client-auth";

    /**
     * The setting that makes it read clients one by one, if {@code false}. For databases that are slow at bulk queries.
     */
    static final String BULK = "bulk";

    private final DocumentCache cache = new DocumentCache(Clock.systemUTC());
    private RealmReader reading;

    /** One at a time: it reads everything, and sends requests to applications. */
    private final Semaphore doctors = new Semaphore(1);

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public RealmResourceProvider create(KeycloakSession session) {
        return new DirectoryResource(session, cache, reading, doctors);
    }

    @Override
    public List<ProviderConfigProperty> getConfigMetadata() {
        return List.of(new ProviderConfigProperty(
                BULK,
                "Bulk",
                "Whether clients are read many at a time. If a database is slow at that, switch it off: clients are then read"
                        + " one by one.",
                ProviderConfigProperty.BOOLEAN_TYPE,
                "true"));
    }

    @Override
    public void init(Config.Scope config) {
        reading = new RealmReader(config.getBoolean(BULK, true));
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        factory.register(new ModelChanges(cache));
        factory.register(new ClusterChanges(cache));
    }

    /** Reports a change in this realm that other transactions can see. */
    void changed(String realmId) {
        cache.changed(realmId);
    }
}
