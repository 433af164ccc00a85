package io.github.multiclientauth.extension.changes;

import io.github.multiclientauth.extension.changes.Change.ClientChanged;
import io.github.multiclientauth.extension.changes.Change.RealmChanged;
import io.github.multiclientauth.extension.changes.Change.SessionEnded;
import io.github.multiclientauth.extension.changes.Change.UserChanged;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.OperationType;

/**
 * What Keycloak's admin events change. Their path says what they are about. When in doubt, everybody's sessions must be
 * confirmed again.
 */
final class AdminEvents {

    /**
     * The types of what does not change existing sessions. Flows and required actions only matter when somebody signs in.
     * Keycloak's models tell of memberships in organizations, and say whose.
     */
    static final Set<String> HARMLESS = Set.of(
            "AUTHENTICATOR_CONFIG",
            "AUTH_EXECUTION",
            "AUTH_EXECUTION_FLOW",
            "AUTH_FLOW",
            "AUTHORIZATION_POLICY",
            "AUTHORIZATION_RESOURCE",
            "AUTHORIZATION_RESOURCE_SERVER",
            "AUTHORIZATION_SCOPE",
            "CLIENT_INITIAL_ACCESS_MODEL",
            "CLUSTER_NODE",
            "ORGANIZATION_MEMBERSHIP",
            "REQUIRED_ACTION",
            "REQUIRED_ACTION_CONFIG",
            "USER_LOGIN_FAILURE");

    private AdminEvents() {}

    /**
     * Returns empty if the event changes nothing in existing sessions.
     *
     * @param clientIdOf finds the client id of a client by Keycloak's own id
     */
    static Optional<Change> of(AdminEvent event, Function<String, Optional<String>> clientIdOf) {
        String type = String.valueOf(event.getResourceTypeAsString());
        if (HARMLESS.contains(type) || isOfNoSession(type, event.getOperationType())) {
            return Optional.empty();
        }
        String[] path = String.valueOf(event.getResourcePath()).split("/");
        if (path.length < 2) {
            return Optional.of(new RealmChanged());
        }
        if (path[0].equals("clients") && path.length > 2 && path[2].equals("roles")) {
            // Users have this client's roles, and tokens of other clients have them, too.
            return event.getOperationType() == OperationType.CREATE && path.length <= 4
                    ? Optional.empty()
                    : Optional.of(new RealmChanged());
        }
        return Optional.of(
                switch (path[0]) {
                    case "sessions" -> new SessionEnded(path[1]);
                    case "users" -> new UserChanged(path[1]);
                    case "clients" ->
                        clientIdOf
                                .apply(path[1])
                                .<Change>map(ClientChanged::new)
                                .orElseGet(RealmChanged::new);
                    default -> new RealmChanged();
                });
    }

    /** New users have no sessions. Of a client that is gone, Keycloak's models tell by its client id. */
    private static boolean isOfNoSession(String type, OperationType operation) {
        return type.equals("USER") && operation == OperationType.CREATE
                || type.equals("CLIENT") && operation == OperationType.DELETE;
    }
}
