package io.github.multiclientauth.testbed.e2e;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.IntStream;

/** A small realm with people, a client that they sign in to, and the account that asks what has changed. It saves no events. */
final class ChangesRealm {

    static final String ASKER = "asker";
    static final String STRANGER = "stranger";
    static final String APPLICATION = "application";
    static final String SECRET = "secret-of-the-clients";

    /** What each of the first people has. */
    static final String PASSWORD = "password-of-everybody";

    /** How many people have a password, which takes Keycloak a while for each. */
    private static final int SIGNING_IN = 20;

    /** After so many wrong passwords the account is disabled. */
    private static final int WRONG_PASSWORDS = 3;

    private static final ObjectMapper JSON = new ObjectMapper();

    private ChangesRealm() {}

    static ObjectNode of(String name, int people) {
        ObjectNode realm = JSON.createObjectNode()
                .put("realm", name)
                .put("enabled", true)
                .put("sslRequired", "none")
                .put("eventsEnabled", false)
                .put("adminEventsEnabled", false)
                .put("bruteForceProtected", true)
                .put("permanentLockout", true)
                .put("failureFactor", WRONG_PASSWORDS)
                .put("quickLoginCheckMilliSeconds", 0);
        // For Keycloak 26.0, which has no global listeners.
        realm.putArray("eventsListeners").add("jboss-logging").add("multi-client-auth-directory");
        realm.putObject("roles").putArray("realm").addObject().put("name", "multi-client-auth-sessions");
        ArrayNode clients = realm.putArray("clients");
        List.of(ASKER, STRANGER, APPLICATION).forEach(id -> clients.add(client(id)));
        ArrayNode users = realm.putArray("users");
        serviceAccount(users, ASKER).putArray("realmRoles").add("multi-client-auth-sessions");
        serviceAccount(users, STRANGER);
        IntStream.range(0, people).forEach(i -> users.add(person(person(name, i), i < SIGNING_IN)));
        return realm;
    }

    private static ObjectNode client(String id) {
        return JSON.createObjectNode()
                .put("clientId", id)
                .put("secret", SECRET)
                .put("enabled", true)
                .put("publicClient", false)
                .put("fullScopeAllowed", true)
                .put("serviceAccountsEnabled", !id.equals(APPLICATION))
                .put("directAccessGrantsEnabled", id.equals(APPLICATION));
    }

    private static ObjectNode serviceAccount(ArrayNode users, String clientId) {
        return users.addObject()
                .put("username", "service-account-" + clientId)
                .put("enabled", true)
                .put("serviceAccountClientId", clientId);
    }

    /** The id and the name of a person. Ids of users are unique in all realms. */
    static String person(String realm, int number) {
        return realm + "-person-" + number;
    }

    private static ObjectNode person(String name, boolean hasPassword) {
        ObjectNode user = JSON.createObjectNode()
                .put("id", name)
                .put("username", name)
                .put("email", name + "@example.com")
                .put("firstName", "Some")
                .put("lastName", "Body")
                .put("enabled", true);
        if (hasPassword) {
            user.putArray("realmRoles").add("offline_access");
            user.putObject("clientRoles")
                    .putArray("account")
                    .add("manage-account")
                    .add("manage-consent");
            user.putArray("credentials").addObject().put("type", "password").put("value", PASSWORD);
        }
        return user;
    }
}
