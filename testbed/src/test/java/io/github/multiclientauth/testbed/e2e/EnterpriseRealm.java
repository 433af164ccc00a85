package io.github.multiclientauth.testbed.e2e;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.testbed.provider.oauth.RegisteredApp;
import java.io.IOException;
import java.io.InputStream;

/**
 * A typical realm of a company: its own flows for sign-ins and first sign-ins, another one for a single client, up to fifty clients, and
 * people with passwords. Nothing in it is from this project.
 */
final class EnterpriseRealm {

    /** The number of clients in tests that do not need many, because each takes time. */
    static final int FEW = 10;

    static final int MANY = 50;
    static final String PERSON = "local";
    static final String PASSWORD = "of-the-local-person";

    private static final ObjectMapper JSON = new ObjectMapper();

    private EnterpriseRealm() {}

    /**
     * @param clients the number of clients
     * @param gitHub the realm's app at GitHub
     */
    static ObjectNode of(String name, int clients, RegisteredApp gitHub) throws IOException {
        ObjectNode realm;
        try (InputStream flows = EnterpriseRealm.class.getResourceAsStream("enterprise-flows.json")) {
            realm = (ObjectNode) JSON.readTree(flows);
        }
        realm.put("realm", name);
        for (int i = 1; i <= clients; i++) {
            realm.withArray("clients").add(client(i));
        }
        realm.withArray("identityProviders")
                .addObject()
                .put("alias", "github")
                .put("providerId", "github")
                .put("enabled", true)
                .putObject("config")
                .put("clientId", gitHub.clientId())
                .put("clientSecret", gitHub.clientSecret());
        ObjectNode person = realm.withArray("users")
                .addObject()
                .put("username", PERSON)
                .put("email", PERSON + "@example.com")
                .put("firstName", "Local")
                .put("lastName", "Person")
                .put("enabled", true);
        person.putArray("credentials").addObject().put("type", "password").put("value", PASSWORD);
        return realm;
    }

    static String clientId(int number) {
        return "app" + number;
    }

    static String secret(int number) {
        return "secret-of-app-number-" + number;
    }

    static String origin(int number) {
        return "http://app" + number + ".example";
    }

    private static ObjectNode client(int number) {
        ObjectNode client = JSON.createObjectNode()
                .put("clientId", clientId(number))
                .put("name", "Application " + number)
                .put("secret", secret(number))
                .put("enabled", true)
                .put("publicClient", false)
                .put("standardFlowEnabled", true)
                .put("directAccessGrantsEnabled", true);
        client.putArray("redirectUris").add(origin(number) + "/*");
        client.putArray("webOrigins").add("+");
        client.putObject("attributes").put("login_theme", "keycloak").put("access.token.lifespan", "240");
        return client;
    }
}
