package io.github.multiclientauth.extension.directory;

import io.github.multiclientauth.extension.listing.DocumentCache;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderEventListener;
import org.keycloak.utils.KeycloakSessionUtil;

/**
 * Listens to the changes that Keycloak's models report on this node, whatever causes them: the admin REST API, dynamic
 * client registration, an import. They do not report all changes: {@link DirectoryListenerProvider} tells of the others.
 */
final class ModelChanges implements ProviderEventListener {

    /** The beginnings of the names of resource types that change often and that the directory does not show. */
    private static final Set<String> PEOPLE = Set.of("USER", "GROUP", "ORGANIZATION_MEMBERSHIP");

    private final DocumentCache cache;

    ModelChanges(DocumentCache cache) {
        this.cache = cache;
    }

    @Override
    public void onEvent(ProviderEvent event) {
        if (event instanceof ClientModel.ClientCreationEvent created) {
            changed(created.getCreatedClient().getRealm());
        } else if (event instanceof ClientModel.ClientUpdatedEvent updated) {
            changed(updated.getUpdatedClient().getRealm());
        } else if (event instanceof ClientModel.ClientIdChangeEvent renamed) {
            changed(renamed.getUpdatedClient().getRealm());
        } else if (event instanceof ClientModel.ClientProtocolUpdatedEvent updated) {
            changed(updated.getClient().getRealm());
        } else if (event instanceof ClientModel.ClientRemovedEvent removed) {
            changed(removed.getClient().getRealm());
        } else if (event instanceof ClientScopeModel.ClientScopeCreatedEvent created) {
            changed(created.getClientScope().getRealm());
        } else if (event instanceof ClientScopeModel.ClientScopeRemovedEvent removed) {
            changed(removed.getClientScope().getRealm());
        } else if (event instanceof RealmModel.IdentityProviderUpdatedEvent updated) {
            changed(updated.getRealm());
        } else if (event instanceof RealmModel.IdentityProviderRemovedEvent removed) {
            changed(removed.getRealm());
        } else if (event instanceof AdminEventHeard heard && !isAboutPeople(heard.event())) {
            changed(heard.event().getRealmId());
        }
    }

    private static boolean isAboutPeople(AdminEvent event) {
        return Stream.ofNullable(event.getResourceTypeAsString())
                .anyMatch(type -> PEOPLE.stream().anyMatch(type::startsWith));
    }

    private void changed(RealmModel realm) {
        changed(realm.getId());
    }

    private void changed(String realmId) {
        AfterCommit.run(KeycloakSessionUtil.getKeycloakSession(), () -> cache.changed(realmId));
    }
}
