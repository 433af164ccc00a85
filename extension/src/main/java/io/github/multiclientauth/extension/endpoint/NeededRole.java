package io.github.multiclientauth.extension.endpoint;

import java.util.Optional;
import org.keycloak.Config;
import org.keycloak.models.AdminRoles;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.admin.AdminAuth;

/** The role that an account needs for an endpoint. */
public enum NeededRole {

    /** Keycloak's own role for reading the settings of clients, which hold nothing about people. */
    VIEW_CLIENTS(AdminRoles.VIEW_CLIENTS) {
        @Override
        boolean isHeldBy(AdminAuth account, RealmModel realm) {
            return management(realm)
                    .filter(client -> account.hasAppRole(client, name))
                    .isPresent();
        }
    },

    /** A realm role for what is about people: their sessions, and which user has changed. */
    SESSIONS("multi-client-auth-sessions") {
        @Override
        boolean isHeldBy(AdminAuth account, RealmModel realm) {
            return account.hasRealmRole(name);
        }
    },

    /** A realm role for access tokens of people: who has them acts as these people, and does not only see them. */
    TOKENS("multi-client-auth-tokens") {
        @Override
        boolean isHeldBy(AdminAuth account, RealmModel realm) {
            return account.hasRealmRole(name);
        }
    };

    final String name;

    NeededRole(String name) {
        this.name = name;
    }

    /** Whether the account has the role now, and the client of its token may get it. */
    abstract boolean isHeldBy(AdminAuth account, RealmModel realm);

    /** The client that has the roles. The realm "master" keeps them in another one. */
    private static Optional<ClientModel> management(RealmModel realm) {
        return Optional.ofNullable(
                realm.getName().equals(Config.getAdminRealm())
                        ? realm.getMasterAdminClient()
                        : realm.getClientByClientId(Constants.REALM_MANAGEMENT_CLIENT_ID));
    }
}
