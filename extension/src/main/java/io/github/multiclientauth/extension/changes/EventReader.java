package io.github.multiclientauth.extension.changes;

import io.github.multiclientauth.extension.changes.Change.ClientChanged;
import io.github.multiclientauth.extension.changes.Change.RealmChanged;
import io.github.multiclientauth.extension.changes.Change.UserChanged;
import io.github.multiclientauth.extension.directory.AdminEventHeard;
import io.github.multiclientauth.extension.directory.AfterCommit;
import io.github.multiclientauth.extension.directory.UserEventHeard;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleContainerModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderEventListener;
import org.keycloak.utils.KeycloakSessionUtil;

/**
 * Listens to everything that Keycloak reports on this node: events of users and administrators, and changes of its models,
 * whatever causes them. Members of a group are not among the latter, since Keycloak 26.0 does not say who joins or leaves.
 */
final class EventReader implements ProviderEventListener {

    private final Notebook notebook;
    private final KeycloakSessionFactory factory;

    EventReader(Notebook notebook, KeycloakSessionFactory factory) {
        this.notebook = notebook;
        this.factory = factory;
    }

    @Override
    public void onEvent(ProviderEvent event) {
        if (event instanceof UserEventHeard heard) {
            UserEvents.of(heard.event())
                    .ifPresent(change -> note(heard.session(), heard.event().getRealmId(), change));
        } else if (event instanceof AdminEventHeard heard) {
            String realmId = heard.event().getRealmId();
            AdminEvents.of(heard.event(), id -> clientId(heard.session(), realmId, id))
                    .ifPresent(change -> note(heard.session(), realmId, change));
        } else if (event instanceof UserModel.UserRemovedEvent removed) {
            user(removed.getKeycloakSession(), removed.getRealm(), removed.getUser());
        } else if (event instanceof FederatedIdentityModel.FederatedIdentityCreatedEvent linked) {
            user(linked.getKeycloakSession(), linked.getRealm(), linked.getUser());
        } else if (event instanceof FederatedIdentityModel.FederatedIdentityRemovedEvent unlinked) {
            user(unlinked.getKeycloakSession(), unlinked.getRealm(), unlinked.getUser());
        } else if (event instanceof OrganizationModel.OrganizationMembershipEvent member) {
            user(member.getSession(), member.getSession().getContext().getRealm(), member.getUser());
        } else if (event instanceof ClientModel.ClientUpdatedEvent updated) {
            client(updated.getUpdatedClient());
        } else if (event instanceof ClientModel.ClientProtocolUpdatedEvent updated) {
            client(updated.getClient());
        } else if (event instanceof ClientModel.ClientRemovedEvent removed) {
            client(removed.getClient());
        } else if (event instanceof ClientModel.ClientIdChangeEvent renamed) {
            client(renamed.getUpdatedClient().getRealm(), renamed.getPreviousClientId());
            client(renamed.getUpdatedClient().getRealm(), renamed.getNewClientId());
        } else {
            changedRealm(event).ifPresent(realm -> note(present(), realm.getId(), new RealmChanged()));
        }
    }

    /** The realm in which the event may concern everybody. */
    private static Optional<RealmModel> changedRealm(ProviderEvent event) {
        if (event instanceof ClientScopeModel.ClientScopeRemovedEvent removed) {
            return Optional.of(removed.getClientScope().getRealm());
        }
        if (event instanceof RealmModel.IdentityProviderUpdatedEvent updated) {
            return Optional.of(updated.getRealm());
        }
        if (event instanceof RealmModel.IdentityProviderRemovedEvent removed) {
            return Optional.of(removed.getRealm());
        }
        if (event instanceof RoleModel.RoleNameChangeEvent renamed) {
            return Optional.of(renamed.getRealm());
        }
        if (event instanceof RoleContainerModel.RoleRemovedEvent removed) {
            return Optional.of(realmOf(removed.getRole().getContainer()));
        }
        if (event instanceof GroupModel.GroupRemovedEvent
                || event instanceof GroupModel.GroupUpdatedEvent
                || event instanceof GroupModel.GroupPathChangeEvent) {
            return Optional.of(((GroupModel.GroupEvent) event).getRealm());
        }
        return Optional.empty();
    }

    private static RealmModel realmOf(RoleContainerModel container) {
        return container instanceof ClientModel client ? client.getRealm() : (RealmModel) container;
    }

    private static Optional<String> clientId(KeycloakSession session, String realmId, String id) {
        RealmModel realm = session.realms().getRealm(realmId);
        return Optional.ofNullable(session.clients().getClientById(realm, id)).map(ClientModel::getClientId);
    }

    private void user(KeycloakSession session, RealmModel realm, UserModel user) {
        note(session, realm.getId(), new UserChanged(user.getId()));
    }

    private void client(ClientModel client) {
        client(client.getRealm(), client.getClientId());
    }

    private void client(RealmModel realm, String clientId) {
        note(present(), realm.getId(), new ClientChanged(clientId));
    }

    /** The session of this thread. Some events do not say theirs. */
    private static KeycloakSession present() {
        return KeycloakSessionUtil.getKeycloakSession();
    }

    private void note(KeycloakSession session, String realmId, Change change) {
        AfterCommit.run(session, () -> notebook.note(factory, realmId, change));
    }
}
