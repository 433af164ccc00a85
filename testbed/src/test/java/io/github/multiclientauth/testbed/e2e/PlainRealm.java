package io.github.multiclientauth.testbed.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.testbed.provider.oauth.RegisteredApp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * A realm without anything from this project, for any Keycloak: Keycloak's own flows, the five providers, one client. It also has everything
 * that would change a sign-in of an opted-in client: another authorization URL, disabled providers that would lend credentials, and an
 * enabled one that would take over.
 */
final class PlainRealm {

    static final String CLIENT = "plain";
    static final String SECRET = "secret-of-the-plain-client";
    static final String REDIRECT = "https://plain.example.com/callback";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> OURS = List.of(
            "authenticationFlows",
            "authenticatorConfig",
            "browserFlow",
            "firstBrokerLoginFlow",
            "requiredActions",
            "clientScopeMappings",
            "scopeMappings",
            "roles",
            "users");

    private PlainRealm() {}

    /** @param apps the OAuth app at each provider, by alias */
    static ObjectNode of(Path realmFile, String name, Map<String, RegisteredApp> apps, String elsewhere)
            throws IOException {
        // If a key is there twice, the last one counts, which is the one without a variable.
        ObjectNode realm = (ObjectNode) JSON.readTree(realmFile.toFile());
        realm.put("realm", name);
        realm.remove(OURS);
        realm.putArray("eventsListeners").add("jboss-logging");
        removeScope(realm);
        realm.putArray("clients").add(client());
        for (JsonNode provider : realm.withArray("identityProviders").deepCopy()) {
            if (!provider.path("enabled").asBoolean()) {
                continue;
            }
            String alias = provider.path("alias").asText();
            realm.withArray("identityProviders").add(ofClient(provider, !alias.equals("facebook")));
        }
        for (JsonNode provider : realm.withArray("identityProviders")) {
            RegisteredApp app = apps.get(provider.path("alias").asText());
            ObjectNode config = (ObjectNode) provider.path("config");
            if (app != null) {
                config.put("clientId", app.clientId()).put("clientSecret", app.clientSecret());
            }
            if (!provider.path("providerId").asText().equals("oidc")) {
                config.put("authorizationUrl", elsewhere);
            }
        }
        return realm;
    }

    /** The client, which has not opted in. */
    static ObjectNode client() {
        ObjectNode client = JSON.createObjectNode()
                .put("clientId", CLIENT)
                .put("secret", SECRET)
                .put("enabled", true)
                .put("publicClient", false)
                .put("standardFlowEnabled", true);
        client.putArray("redirectUris").add(REDIRECT);
        client.putArray("webOrigins").add("+");
        return client;
    }

    private static ObjectNode ofClient(JsonNode provider, boolean lends) {
        ObjectNode own = provider.deepCopy();
        own.put("alias", provider.path("alias").asText() + "-" + CLIENT)
                .put("enabled", !lends)
                .put("hideOnLogin", true);
        ((ObjectNode) own.path("config")).put("clientId", "not-of-this-client").put("clientSecret", "nor-this");
        return own;
    }

    private static void removeScope(ObjectNode realm) {
        Iterator<JsonNode> scopes = realm.withArray("clientScopes").elements();
        while (scopes.hasNext()) {
            if (scopes.next().path("name").asText().equals("multi-client-auth")) {
                scopes.remove();
            }
        }
    }
}
