package io.github.multiclientauth.extension.directory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
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

    /** How many names of each kind there may be. */
    private static final int MOST = 100;

    /** The length of all names together, in characters. A session of the facade has room for fewer, and an answer about it for not many more. */
    private static final int LONGEST = 2500;

    private ProxyAccessClaim() {}

    /** Roles first, since rules of proxies are mostly about them. */
    static Map<String, List<String>> of(ClientModel client, UserModel user, ClientSessionContext context) {
        Map<String, List<String>> claim = new LinkedHashMap<>();
        int room = LONGEST;
        room -= put(claim, "roles", names(context, role -> !role.isClientRole()), room);
        room -= put(
                claim,
                "client_roles",
                names(
                        context,
                        role -> role.isClientRole() && role.getContainerId().equals(client.getId())),
                room);
        put(claim, "groups", user.getGroupsStream().map(ModelToRepresentation::buildGroupPath), room);
        return claim;
    }

    private static Stream<String> names(ClientSessionContext context, Predicate<RoleModel> which) {
        return context.getRolesStream().filter(which).map(RoleModel::getName);
    }

    /** Sorted, so that the same ones are there each time. Returns the room that they take. */
    private static int put(Map<String, List<String>> claim, String member, Stream<String> names, int room) {
        List<String> taken = new ArrayList<>();
        int length = 0;
        for (String name : names.distinct().sorted().limit(MOST).toList()) {
            if (length + name.length() <= room) {
                taken.add(name);
                length += name.length();
            }
        }
        claim.put(member, taken);
        return length;
    }
}
