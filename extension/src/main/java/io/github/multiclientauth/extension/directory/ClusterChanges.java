package io.github.multiclientauth.extension.directory;

import io.github.multiclientauth.extension.listing.DocumentCache;
import org.keycloak.cluster.ClusterProvider;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderEventListener;

/**
 * What the other nodes of a cluster tell this one, so that it drops from Keycloak's own caches what they have changed. It is
 * complete, since those caches would be wrong otherwise, but it does not say in which realm; and this node's own changes
 * are not among it.
 */
final class ClusterChanges implements ProviderEventListener {

    /** Under what Keycloak's cache of realms, clients, client scopes and flows sends it. */
    private static final String REALM_CACHE = "REALM_INVALIDATION_EVENTS";

    private final DocumentCache cache;

    ClusterChanges(DocumentCache cache) {
        this.cache = cache;
    }

    /** When the server has started: only then is there a cluster to listen to. */
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
