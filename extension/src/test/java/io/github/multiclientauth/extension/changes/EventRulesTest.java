package io.github.multiclientauth.extension.changes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.extension.changes.Change.ClientChanged;
import io.github.multiclientauth.extension.changes.Change.RealmChanged;
import io.github.multiclientauth.extension.changes.Change.SessionEnded;
import io.github.multiclientauth.extension.changes.Change.UserChanged;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.events.Event;
import org.keycloak.events.EventType;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;

class EventRulesTest {

    /** What changes something. A type of a later Keycloak has to be put here or among the harmless ones. */
    private static final Set<String> CHANGING = Set.of(
            "CLIENT_DELETE",
            "CLIENT_UPDATE",
            "CUSTOM_REQUIRED_ACTION",
            "DELETE_ACCOUNT",
            "EXECUTE_ACTION_TOKEN",
            "FEDERATED_IDENTITY_LINK",
            "FEDERATED_IDENTITY_OVERRIDE_LINK",
            "GRANT_CONSENT",
            "IDENTITY_PROVIDER_FIRST_LOGIN",
            "IDENTITY_PROVIDER_LINK_ACCOUNT",
            "IDENTITY_PROVIDER_LOGIN",
            "IDENTITY_PROVIDER_POST_LOGIN",
            "IDENTITY_PROVIDER_RESPONSE",
            "LOGIN",
            "LOGOUT",
            "REMOVE_CREDENTIAL",
            "REMOVE_FEDERATED_IDENTITY",
            "REMOVE_TOTP",
            "RESET_PASSWORD",
            "REVOKE_GRANT",
            "UPDATE_CONSENT",
            "UPDATE_CREDENTIAL",
            "UPDATE_EMAIL",
            "UPDATE_PASSWORD",
            "UPDATE_PROFILE",
            "UPDATE_TOTP",
            "USER_DISABLED_BY_PERMANENT_LOCKOUT",
            "USER_DISABLED_BY_TEMPORARY_LOCKOUT",
            "VERIFY_EMAIL",
            "VERIFY_PROFILE");

    private static final Set<String> CHANGING_RESOURCES = Set.of(
            "CLIENT",
            "CLIENT_ROLE",
            "CLIENT_ROLE_MAPPING",
            "CLIENT_SCOPE",
            "CLIENT_SCOPE_CLIENT_MAPPING",
            "CLIENT_SCOPE_MAPPING",
            "COMPONENT",
            "CUSTOM",
            "GROUP",
            "GROUP_MEMBERSHIP",
            "IDENTITY_PROVIDER",
            "IDENTITY_PROVIDER_MAPPER",
            "ORGANIZATION",
            "ORGANIZATION_GROUP",
            "ORGANIZATION_GROUP_MEMBERSHIP",
            "PROTOCOL_MAPPER",
            "REALM",
            "REALM_ROLE",
            "REALM_ROLE_MAPPING",
            "REALM_SCOPE_MAPPING",
            "USER",
            "USER_FEDERATION_MAPPER",
            "USER_FEDERATION_PROVIDER",
            "USER_PROFILE",
            "USER_SESSION");

    @Test
    void every_type_of_user_event_is_decided() {
        assertThat(Stream.of(EventType.values()).map(Enum::name).filter(name -> !name.endsWith("_ERROR")))
                .containsExactlyInAnyOrderElementsOf(union(CHANGING, UserEvents.HARMLESS));
    }

    @Test
    void every_type_of_admin_event_is_decided() {
        assertThat(Stream.of(ResourceType.values()).map(Enum::name))
                .containsExactlyInAnyOrderElementsOf(union(CHANGING_RESOURCES, AdminEvents.HARMLESS));
    }

    private static Set<String> union(Set<String> some, Set<String> others) {
        assertThat(some).doesNotContainAnyElementsOf(others);
        return Stream.concat(some.stream(), others.stream()).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void a_failure_changes_nothing() {
        for (EventType type : EventType.values()) {
            if (type.name().endsWith("_ERROR")) {
                assertThat(UserEvents.of(event(type))).as(type.name()).isEmpty();
            }
        }
    }

    @Test
    void signing_out_ends_the_session() {
        assertThat(UserEvents.of(event(EventType.LOGOUT))).contains(new SessionEnded("sid"));
    }

    @Test
    void a_sign_in_through_a_provider_may_change_the_user_but_not_in_the_new_session() {
        Event login = event(EventType.LOGIN);
        assertThat(UserEvents.of(login)).isEmpty();

        login.setDetails(Map.of("identity_provider", "github"));
        assertThat(UserEvents.of(login)).contains(new UserChanged("somebody", Optional.of("sid")));
    }

    @Test
    void an_event_about_a_client_makes_its_sessions_due() {
        assertThat(UserEvents.of(event(EventType.CLIENT_UPDATE))).contains(new ClientChanged("portfolio"));
    }

    @ParameterizedTest
    @CsvSource({"UPDATE_PROFILE", "REVOKE_GRANT", "USER_DISABLED_BY_PERMANENT_LOCKOUT", "DELETE_ACCOUNT"})
    void other_events_make_the_users_sessions_due(EventType type) {
        assertThat(UserEvents.of(event(type))).contains(new UserChanged("somebody"));
    }

    /** Anybody can cause it, and it must not cost anything. */
    @Test
    void an_event_without_a_user_changes_nothing() {
        for (EventType type : EventType.values()) {
            Event event = new Event();
            event.setType(type);
            assertThat(UserEvents.of(event)).as(type.name()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "USER_SESSION, DELETE, sessions/5, session 5",
        "USER, ACTION, users/5/logout, user 5",
        "USER, UPDATE, users/5, user 5",
        "USER, DELETE, users/5, user 5",
        "USER, CREATE, users/5, nothing",
        "GROUP_MEMBERSHIP, CREATE, users/5/groups/6, user 5",
        "REALM_ROLE_MAPPING, CREATE, users/5/role-mappings/realm, user 5",
        "CLIENT_ROLE_MAPPING, DELETE, groups/5/role-mappings/clients/6, realm",
        "GROUP, UPDATE, groups/5, realm",
        "CLIENT, UPDATE, clients/uuid, client portfolio",
        "CLIENT, UPDATE, clients/unknown, realm",
        "CLIENT, DELETE, clients/uuid, nothing",
        "CLIENT_ROLE, CREATE, clients/uuid/roles/reader, nothing",
        "CLIENT_ROLE, UPDATE, clients/uuid/roles/reader, realm",
        "CLIENT_ROLE, DELETE, clients/uuid/roles/reader, realm",
        "CLIENT_ROLE, CREATE, clients/uuid/roles/reader/composites, realm",
        "CLIENT_ROLE, DELETE, clients/uuid/roles/reader/composites, realm",
        "PROTOCOL_MAPPER, CREATE, clients/uuid/protocol-mappers/models/5, client portfolio",
        "PROTOCOL_MAPPER, CREATE, client-scopes/5/protocol-mappers/models/6, realm",
        "CLIENT_SCOPE_CLIENT_MAPPING, DELETE, clients/uuid/default-client-scopes/5, client portfolio",
        "REALM, ACTION, logout-all, realm",
        "REALM, UPDATE, , realm",
        "USER_LOGIN_FAILURE, DELETE, attack-detection/brute-force/users/5, nothing",
        "AUTH_FLOW, UPDATE, authentication/flows/5, nothing",
        "SOMETHING_NEW, UPDATE, somethings/5, realm"
    })
    void what_an_administrator_does_concerns_what_the_path_says(
            String type, OperationType operation, String path, String expected) {
        AdminEvent event = new AdminEvent();
        event.setResourceTypeAsString(type);
        event.setOperationType(operation);
        event.setResourcePath(path);

        assertThat(AdminEvents.of(event, id -> id.equals("uuid") ? Optional.of("portfolio") : Optional.empty())
                        .map(EventRulesTest::name)
                        .orElse("nothing"))
                .isEqualTo(expected);
    }

    private static String name(Change change) {
        return change.match(
                session -> "session " + session.sid(),
                user -> "user " + user.user(),
                client -> "client " + client.clientId(),
                () -> "realm");
    }

    private static Event event(EventType type) {
        Event event = new Event();
        event.setType(type);
        event.setUserId("somebody");
        event.setSessionId("sid");
        event.setClientId("portfolio");
        return event;
    }

    @Test
    void an_answer_says_what_each_change_concerns() {
        assertThat(ChangesJson.of(new Memory.Answer(
                        30,
                        10,
                        Stream.of(
                                        new SessionEnded("sid"),
                                        new UserChanged("somebody"),
                                        new UserChanged("somebody", Optional.of("sid")),
                                        new ClientChanged("portfolio"),
                                        new RealmChanged())
                                .map(change -> new Noted(20, change))
                                .toList())))
                .isEqualTo("{\"now\":30,\"since\":10,\"changes\":["
                        + "{\"at\":20,\"session\":\"sid\"},"
                        + "{\"at\":20,\"user\":\"somebody\"},"
                        + "{\"at\":20,\"except\":\"sid\",\"user\":\"somebody\"},"
                        + "{\"at\":20,\"client\":\"portfolio\"},"
                        + "{\"at\":20,\"realm\":true}]}");
    }
}
