package io.github.multiclientauth.extension.directory;

import io.github.multiclientauth.extension.listing.DocumentCache;
import org.keycloak.cluster.ClusterProvider;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderEventListener;

/**
 * Listens to the other nodes of a cluster, which tell this one what to drop from Keycloak's own caches. The messages
 * are complete, since those caches would be wrong otherwise. They do not say in which realm the change was, and this
 * node's own changes are not among them.
 */
final class ClusterChanges implements ProviderEventListener {

    /** The name under which Keycloak's cache of realms, clients, client scopes and flows sends them. */
    private static final String REALM_CACHE = "REALM_INVALIDATION_EVENTS";

    private final DocumentCache cache;

    ClusterChanges(DocumentCache cache) {
        this.cache = cache;
    }

    /** Begins when the server has started. Before that there is no cluster to listen to. */
    @Override
    public void onEvent(ProviderEvent event) {
        if (event instanceof PostMigrationEvent started) {
            listen(started.getFactory());
        }
    }

    private void listen(KeycloakSessionFactory factory) {
        try {
            KeycloakModelUtils.runJobInTransaction(
                    factory,
                    session -> session.getProvider(ClusterProvider.class)
                            .registerListener(REALM_CACHE, change -> cache.changed()));
        } catch (RuntimeException e) {
            DirectoryLog.LOG.noCluster(e);
        }
    }
}
