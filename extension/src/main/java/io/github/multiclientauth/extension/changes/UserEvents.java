package io.github.multiclientauth.extension.changes;

import io.github.multiclientauth.extension.changes.Change.ClientChanged;
import io.github.multiclientauth.extension.changes.Change.SessionEnded;
import io.github.multiclientauth.extension.changes.Change.UserChanged;
import java.util.Optional;
import java.util.Set;
import org.keycloak.events.Details;
import org.keycloak.events.Event;
import org.keycloak.events.EventType;

/**
 * What Keycloak's user events change. When in doubt, the user's sessions must be confirmed again. An event without a user
 * changes nothing: anybody could cause it.
 */
final class UserEvents {

    /**
     * Those that change nothing in existing sessions, and are frequent. By name, since not all versions of Keycloak have
     * them.
     *
     * <p>{@code USER_SESSION_DELETED} tells of a session that has expired. Whoever knows the session knows when.
     */
    static final Set<String> HARMLESS = Set.of(
            "AUTHREQID_TO_TOKEN",
            "CLIENT_INFO",
            "CLIENT_INITIATED_ACCOUNT_LINKING",
            "CLIENT_LOGIN",
            "CLIENT_REGISTER",
            "CODE_TO_TOKEN",
            "EXECUTE_ACTIONS",
            "IDENTITY_PROVIDER_RETRIEVE_TOKEN",
            "IMPERSONATE",
            "INTROSPECT_TOKEN",
            "INVALID_SIGNATURE",
            "INVITE_ORG",
            "JWT_AUTHORIZATION_GRANT",
            "OAUTH2_DEVICE_AUTH",
            "OAUTH2_DEVICE_CODE_TO_TOKEN",
            "OAUTH2_DEVICE_VERIFY_USER_CODE",
            "OAUTH2_EXTENSION_GRANT",
            "PERMISSION_TOKEN",
            "PUSHED_AUTHORIZATION_REQUEST",
            "REFRESH_TOKEN",
            "REGISTER",
            "REGISTER_NODE",
            "RESTART_AUTHENTICATION",
            "SEND_IDENTITY_PROVIDER_LINK",
            "SEND_RESET_PASSWORD",
            "SEND_VERIFY_EMAIL",
            "TOKEN_EXCHANGE",
            "UNREGISTER_NODE",
            "USER_INFO_REQUEST",
            "USER_SESSION_DELETED",
            "VALIDATE_ACCESS_TOKEN",
            "VERIFIABLE_CREDENTIAL_CREATE_OFFER",
            "VERIFIABLE_CREDENTIAL_NONCE_REQUEST",
            "VERIFIABLE_CREDENTIAL_OFFER_REQUEST",
            "VERIFIABLE_CREDENTIAL_PRE_AUTHORIZED_GRANT",
            "VERIFIABLE_CREDENTIAL_REQUEST");

    /** The end of the names of events about what has failed. */
    private static final String ERROR = "_ERROR";

    private UserEvents() {}

    /** Returns empty if the event changes nothing in existing sessions. */
    static Optional<Change> of(Event event) {
        EventType type = event.getType();
        if (type.name().endsWith(ERROR) || HARMLESS.contains(type.name())) {
            return Optional.empty();
        }
        return switch (type) {
            case CLIENT_UPDATE, CLIENT_DELETE ->
                Optional.ofNullable(event.getClientId()).map(ClientChanged::new);
            case LOGIN ->
                isThroughProvider(event) ? user(event, Optional.ofNullable(event.getSessionId())) : Optional.empty();
            case LOGOUT ->
                Optional.ofNullable(event.getSessionId())
                        .<Change>map(SessionEnded::new)
                        .or(() -> user(event, Optional.empty()));
            default -> user(event, Optional.empty());
        };
    }

    /** Then the provider may have said something new about the user. */
    private static boolean isThroughProvider(Event event) {
        return event.getDetails() != null && event.getDetails().containsKey(Details.IDENTITY_PROVIDER);
    }

    private static Optional<Change> user(Event event, Optional<String> except) {
        return Optional.ofNullable(event.getUserId()).map(user -> new UserChanged(user, except));
    }
}
