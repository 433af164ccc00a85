package io.github.multiclientauth.extension.directory;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.ModelToRepresentation;

/**
 * The user's groups and roles, for servers behind a reverse proxy. Roles as in the client's tokens: of the realm and of this
 * client, if the client may have them. Never roles of other clients.
 */
final class ProxyAccessClaim {

    /** The facade reads it, and puts it into no page and no token. */
    static final String NAME = "proxy_access";

    /** Of each kind. A session of the facade has no room for as many. */
    private static final int MOST = 300;

    private ProxyAccessClaim() {}

    static Map<String, List<String>> of(ClientModel client, UserModel user, ClientSessionContext context) {
        return Map.of(
                "groups", first(user.getGroupsStream().map(ModelToRepresentation::buildGroupPath)),
                "roles", names(context, role -> !role.isClientRole()),
                "client_roles",
                        names(
                                context,
                                role -> role.isClientRole()
                                        && role.getContainerId().equals(client.getId())));
    }

    private static List<String> names(ClientSessionContext context, Predicate<RoleModel> which) {
        return first(context.getRolesStream().filter(which).map(RoleModel::getName));
    }

    /** Sorted, so that the same ones are there each time. */
    private static List<String> first(Stream<String> names) {
        return names.distinct().sorted().limit(MOST).toList();
    }
}
