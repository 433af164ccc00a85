package io.github.multiclientauth.bench.reliability;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.adopt.AdminApi;

/** People with a password in Keycloak. */
final class People {

    private static final int AT_ONCE = 200;

    private People() {}

    /** Creates people. A password costs next to nothing here, because its hash is not what is measured. */
    static void invite(AdminApi administrator, int count, String password) {
        administrator.put(
                "",
                JsonNodeFactory.instance
                        .objectNode()
                        .put("passwordPolicy", "hashAlgorithm(pbkdf2-sha256) and hashIterations(1)"));
        for (int from = 0; from < count; from += AT_ONCE) {
            ObjectNode some = JsonNodeFactory.instance.objectNode().put("ifResourceExists", "SKIP");
            ArrayNode users = some.putArray("users");
            for (int i = from; i < Math.min(from + AT_ONCE, count); i++) {
                users.add(person(i, password));
            }
            administrator.post("/partialImport", some);
        }
    }

    private static ObjectNode person(int number, String password) {
        ObjectNode person = JsonNodeFactory.instance
                .objectNode()
                .put("username", login(number))
                .put("enabled", true)
                .put("emailVerified", true)
                .put("email", login(number) + "@example.com")
                .put("firstName", "Person")
                .put("lastName", Integer.toString(number));
        person.putArray("credentials").addObject().put("type", "password").put("value", password);
        return person;
    }

    static String login(int number) {
        return "person-" + number;
    }
}
