package io.github.multiclientauth.extension.root;

import io.github.multiclientauth.extension.changes.Changes;
import io.github.multiclientauth.extension.compatibility.OwnProviderFactory;
import io.github.multiclientauth.extension.directory.Directories;
import io.github.multiclientauth.extension.session.Sessions;
import java.util.List;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.services.resource.RealmResourceProviderFactory;

/** Offers our endpoints in every realm, and keeps what they share on this server. */
public final class RealmEndpointsFactory
        implements RealmResourceProviderFactory, OwnProviderFactory<RealmResourceProvider> {

    /** The part of the path after the realm. */
    public static final String ID = "multi-client-auth";

    /**
     * The setting that makes it read clients one by one, if {@code false}. For databases that are slow at bulk queries.
     */
    static final String BULK = "bulk";

    private final Changes changes = new Changes();
    private final Sessions sessions = new Sessions(changes::concern);
    private Directories directories;

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public RealmResourceProvider create(KeycloakSession session) {
        return new RealmEndpoints(session, directories, changes, sessions);
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
        directories = new Directories(config.getBoolean(BULK, true));
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        directories.listen(factory);
        changes.listen(factory);
    }

    @Override
    public void close() {
        changes.close();
    }
}
