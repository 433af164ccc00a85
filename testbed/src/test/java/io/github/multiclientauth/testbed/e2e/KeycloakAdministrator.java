package io.github.multiclientauth.testbed.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.adopt.AdminApi;
import io.github.multiclientauth.testbed.keycloak.KeycloakServer;
import io.github.multiclientauth.testbed.web.Parameters;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;

/** An administrator of a realm, who uses the REST API of the admin console. */
final class KeycloakAdministrator {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final AdminApi api;

    KeycloakAdministrator(URI keycloak, String password) {
        this(AdminApi.administrator(keycloak, KeycloakServer.REALM, KeycloakServer.ADMINISTRATOR, password));
    }

    private KeycloakAdministrator(AdminApi api) {
        this.api = api;
    }

    /** Creates a realm, as from a file, and returns its administrator. */
    KeycloakAdministrator createRealm(JsonNode representation) {
        return new KeycloakAdministrator(api.createRealm(representation));
    }

    /** Changes some settings of the realm. */
    void updateRealm(ObjectNode settings) {
        put("", settings);
    }

    /** Creates an organization and gives it identity providers of the realm. */
    void createOrganization(String name, String domain, String... providers) {
        ObjectNode organization = JSON.createObjectNode().put("name", name).put("alias", name);
        organization.putArray("domains").addObject().put("name", domain);
        post("/organizations", organization);
        String id = idOf("/organizations", "name", name);
        for (String provider : providers) {
            post(
                    "/organizations/" + id + "/identity-providers",
                    JSON.getNodeFactory().textNode(provider));
        }
    }

    /** Adds a key with which the realm signs from now on. The other keys stay. */
    void addSigningKey(String name) {
        addSigningKey(name, "rsa-generated", Map.of("algorithm", "RS256", "keySize", "2048"));
    }

    /** @param provider of keys, as the console names it */
    void addSigningKey(String name, String provider, Map<String, String> settings) {
        ObjectNode key = JSON.createObjectNode()
                .put("name", name)
                .put("providerId", provider)
                .put("providerType", "org.keycloak.keys.KeyProvider");
        ObjectNode config = key.putObject("config");
        Map.of("priority", "500", "enabled", "true", "active", "true")
                .forEach((setting, value) -> config.putArray(setting).add(value));
        settings.forEach((setting, value) -> config.putArray(setting).add(value));
        post("/components", key);
    }

    void removeSigningKey(String name) {
        String id = idOf("/components?type=org.keycloak.keys.KeyProvider", "name", name);
        delete("/components/" + id);
    }

    void requireAction(String userId, String action) {
        ObjectNode user = (ObjectNode) get("/users/" + userId);
        user.putArray("requiredActions").add(action);
        put("/users/" + userId, user);
    }

    /** Exports the realm without its people, with sorted lists, because Keycloak's order is not always the same. */
    JsonNode export() {
        return sorted(api.send("POST", "/partial-export?exportClients=true&exportGroupsAndRoles=true", null));
    }

    /** Sorts all lists by their content. */
    static JsonNode sorted(JsonNode json) {
        if (json.isArray()) {
            ArrayNode array = JSON.createArrayNode();
            StreamSupport.stream(json.spliterator(), false)
                    .map(KeycloakAdministrator::sorted)
                    .sorted(Comparator.comparing(JsonNode::toString))
                    .forEach(array::add);
            return array;
        }
        if (json.isObject()) {
            ObjectNode object = JSON.createObjectNode();
            json.properties().forEach(field -> object.set(field.getKey(), sorted(field.getValue())));
            return object;
        }
        return json;
    }

    String clientSecret(String clientId) {
        String id = idOfClient(clientId);
        return get("/clients/" + id + "/client-secret").path("value").asText();
    }

    /** Gives the service account of a client a role of the client "realm-management". */
    void grantManagement(String clientId, String role) {
        String id = idOfClient(clientId);
        String management = idOfClient("realm-management");
        String user = get("/clients/" + id + "/service-account-user").path("id").asText();
        post(
                "/users/" + user + "/role-mappings/clients/" + management,
                JSON.createArrayNode().add(get("/clients/" + management + "/roles/" + role)));
    }

    void createFlow(String alias) {
        post(
                "/authentication/flows",
                JSON.createObjectNode()
                        .put("alias", alias)
                        .put("providerId", "basic-flow")
                        .put("topLevel", true)
                        .put("builtIn", false));
    }

    /** Adds a step at the end of a flow. */
    void addStep(String flow, String authenticator) {
        post(executions(flow) + "/execution", JSON.createObjectNode().put("provider", authenticator));
    }

    /** Makes a step of a flow required. */
    void requireStep(String flow, String authenticator) {
        String executions = executions(flow);
        for (JsonNode step : get(executions)) {
            if (step.path("providerId").asText().equals(authenticator)) {
                put(executions, ((ObjectNode) step).put("requirement", "REQUIRED"));
            }
        }
    }

    /** Adds an empty required sub-flow at the end of a flow. */
    void addRequiredSubFlow(String flow, String name) {
        String executions = executions(flow);
        post(
                executions + "/flow",
                JSON.createObjectNode()
                        .put("alias", name)
                        .put("type", "basic-flow")
                        .put("description", ""));
        for (JsonNode step : get(executions)) {
            if (step.path("displayName").asText().equals(name)) {
                put(executions, ((ObjectNode) step).put("requirement", "REQUIRED"));
            }
        }
    }

    /** Copies a flow with all its steps. */
    void copyFlow(String flow, String copy) {
        post(
                "/authentication/flows/" + flow.replace(" ", "%20") + "/copy",
                JSON.createObjectNode().put("newName", copy));
    }

    /** Gives a client a browser flow of its own. */
    void overrideBrowserFlow(String clientId, String flow) {
        ObjectNode settings = JSON.createObjectNode();
        settings.putObject("authenticationFlowBindingOverrides").put("browser", flowId(flow));
        updateClient(clientId, settings);
    }

    /** Gives a client scope one more mapper. */
    void addMapperToScope(String scope, ObjectNode mapper) {
        post("/client-scopes/" + idOf("/client-scopes", "name", scope) + "/protocol-mappers/models", mapper);
    }

    void removeStep(String flow, String authenticator) {
        delete("/authentication/executions/"
                + step(flow, authenticator).path("id").asText());
    }

    /** The settings of a step, with their id. */
    JsonNode stepSettings(String flow, String authenticator) {
        return get("/authentication/config/"
                + step(flow, authenticator).path("authenticationConfig").asText());
    }

    /** Changes one setting of a step, which may have had none. */
    String configureStep(String flow, String authenticator, String key, String value) {
        JsonNode step = step(flow, authenticator);
        if (step.hasNonNull("authenticationConfig")) {
            JsonNode settings = stepSettings(flow, authenticator);
            String before = settings.path("config").path(key).asText();
            ((ObjectNode) settings).withObject("/config").put(key, value);
            put("/authentication/config/" + settings.path("id").asText(), settings);
            return before;
        }
        ObjectNode settings = JSON.createObjectNode().put("alias", flow + " " + authenticator);
        settings.putObject("config").put(key, value);
        post("/authentication/executions/" + step.path("id").asText() + "/config", settings);
        return "";
    }

    private JsonNode step(String flow, String authenticator) {
        return StreamSupport.stream(get(executions(flow)).spliterator(), false)
                .filter(step -> step.path("providerId").asText().equals(authenticator))
                .findFirst()
                .orElseThrow(() -> new AssertionError("There is no " + authenticator + " in " + flow));
    }

    private static String executions(String flow) {
        return "/authentication/flows/" + flow.replace(" ", "%20") + "/executions";
    }

    void deleteFlow(String alias) {
        delete("/authentication/flows/" + flowId(alias));
    }

    /** Deletes this administrator's realm. */
    void deleteRealm() {
        delete("");
    }

    /** All users with this e-mail address. */
    JsonNode users(String email) {
        return get("/users?" + Parameters.encode(Map.of("email", email, "exact", "true")));
    }

    /** The only user with this e-mail address. */
    JsonNode user(String email) {
        JsonNode found = users(email);
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " users have the address " + email);
        }
        return found.get(0);
    }

    void rename(String userId, String firstName, String lastName) {
        ObjectNode user = (ObjectNode) get("/users/" + userId);
        put("/users/" + userId, user.put("firstName", firstName).put("lastName", lastName));
    }

    void setEmailVerified(String userId, boolean verified) {
        ObjectNode user = (ObjectNode) get("/users/" + userId);
        put("/users/" + userId, user.put("emailVerified", verified));
    }

    JsonNode userById(String userId) {
        return get("/users/" + userId);
    }

    void updateUser(String userId, Consumer<ObjectNode> change) {
        ObjectNode user = (ObjectNode) get("/users/" + userId);
        change.accept(user);
        put("/users/" + userId, user);
    }

    /** The types of the user's credentials in Keycloak. */
    List<String> credentials(String userId) {
        return get("/users/" + userId + "/credentials").findValuesAsText("type");
    }

    /** Aliases of the providers that the user can sign in with. */
    List<String> links(String userId) {
        return get("/users/" + userId + "/federated-identity").findValuesAsText("identityProvider");
    }

    /** The user's sessions at this moment. */
    JsonNode sessions(String userId) {
        return get("/users/" + userId + "/sessions");
    }

    void endSession(String sid) {
        delete("/sessions/" + sid);
    }

    /** The console's <i>Sign out all active sessions</i> of one user. */
    void logOut(String userId) {
        post("/users/" + userId + "/logout", JSON.createObjectNode());
    }

    /** The console's <i>Sign out all active sessions</i> of the realm. */
    void logOutAll() {
        post("/logout-all", JSON.createObjectNode());
    }

    void deleteUser(String userId) {
        delete("/users/" + userId);
    }

    void giveRealmRole(String userId, String role) {
        post("/users/" + userId + "/role-mappings/realm", JSON.createArrayNode().add(get("/roles/" + role)));
    }

    void disable(String userId) {
        ObjectNode user = (ObjectNode) get("/users/" + userId);
        put("/users/" + userId, user.put("enabled", false));
    }

    /** Creates a client and opts it in. */
    void createClient(String clientId, String secret, ObjectNode settings) {
        createPlainClient(clientId, settings.put("secret", secret));
        optIn(clientId);
    }

    /** Gives a client the scope that opts it in. */
    void optIn(String clientId) {
        String id = idOfClient(clientId);
        String scope = idOf("/client-scopes", "name", "multi-client-auth");
        api.send("PUT", "/clients/" + id + "/default-client-scopes/" + scope, null);
    }

    /** Gives a client's service account the role with which facades ask about sessions. */
    void mayAskAboutSessions(String clientId) {
        giveRealmRole(
                get("/clients/" + idOfClient(clientId) + "/service-account-user")
                        .path("id")
                        .asText(),
                "multi-client-auth-sessions");
    }

    /** Gives the service account of a client the role that reads the directory. */
    void mayViewClients(String clientId) {
        String client = idOfClient(clientId);
        String account =
                get("/clients/" + client + "/service-account-user").path("id").asText();
        String management = idOfClient("realm-management");
        JsonNode role = get("/clients/" + management + "/roles/view-clients");
        post(
                "/users/" + account + "/role-mappings/clients/" + management,
                JSON.createArrayNode().add(role));
    }

    /** Creates a client that has not opted in. */
    void createPlainClient(String clientId, ObjectNode settings) {
        post("/clients", settings.put("clientId", clientId));
    }

    /** Creates a client scope with one mapper and gives it to the client as an optional one. */
    void addOptionalScope(String clientId, String name, ObjectNode mapper) {
        ObjectNode scope = JSON.createObjectNode().put("name", name).put("protocol", "openid-connect");
        scope.putArray("protocolMappers").add(mapper);
        post("/client-scopes", scope);
        String id = idOfClient(clientId);
        String scopeId = idOf("/client-scopes", "name", name);
        api.send("PUT", "/clients/" + id + "/optional-client-scopes/" + scopeId, null);
    }

    /** Changes some settings of a client. */
    void updateClient(String clientId, ObjectNode settings) {
        JsonNode client = get("/clients?" + Parameters.encode(Map.of("clientId", clientId)))
                .get(0);
        ((ObjectNode) client).setAll(settings);
        put("/clients/" + client.path("id").asText(), client);
    }

    /** The id of a client's own browser flow. */
    String browserFlow(String clientId) {
        return get("/clients?" + Parameters.encode(Map.of("clientId", clientId)))
                .path(0)
                .path("authenticationFlowBindingOverrides")
                .path("browser")
                .asText();
    }

    /** Gives a client a mapper of its own. */
    void addMapper(String clientId, ObjectNode mapper) {
        String id = idOfClient(clientId);
        post("/clients/" + id + "/protocol-mappers/models", mapper);
    }

    /** Changes one setting of a client scope's mapper. */
    void configureMapperOfScope(String scope, String name, String key, String value) {
        String mappers = "/client-scopes/" + idOf("/client-scopes", "name", scope) + "/protocol-mappers/models";
        String path = mappers + "/" + idOf(mappers, "name", name);
        JsonNode mapper = get(path);
        ((ObjectNode) mapper.path("config")).put(key, value);
        put(path, mapper);
    }

    /** Removes a mapper from a client scope. */
    void removeMapperFromScope(String scope, String name) {
        String mappers = "/client-scopes/" + idOf("/client-scopes", "name", scope) + "/protocol-mappers/models";
        delete(mappers + "/" + idOf(mappers, "name", name));
    }

    /** The console's <i>Registration access token</i>. With it, the client can be changed through Keycloak's registration service. */
    String registrationAccessToken(String clientId) {
        String id = idOfClient(clientId);
        return api.send("POST", "/clients/" + id + "/registration-access-token", null)
                .path("registrationAccessToken")
                .asText();
    }

    /** Removes a client's own mapper. */
    void removeMapper(String clientId, String name) {
        String id = idOfClient(clientId);
        String mappers = "/clients/" + id + "/protocol-mappers/models";
        delete(mappers + "/" + idOf(mappers, "name", name));
    }

    /** The console's <i>Regenerate</i>: the client's new secret. */
    String regenerateSecret(String clientId) {
        String id = idOfClient(clientId);
        return api.send("POST", "/clients/" + id + "/client-secret", null)
                .path("value")
                .asText();
    }

    /** Removes the scope that opted a client in. */
    void optOut(String clientId) {
        String id = idOfClient(clientId);
        String scope = idOf("/client-scopes", "name", "multi-client-auth");
        delete("/clients/" + id + "/default-client-scopes/" + scope);
    }

    /** Links an account at a provider, as the console does. */
    void link(String userId, String provider, String userIdThere) {
        post(
                "/users/" + userId + "/federated-identity/" + provider,
                JSON.createObjectNode()
                        .put("identityProvider", provider)
                        .put("userId", userIdThere)
                        .put("userName", userIdThere));
    }

    String flowId(String alias) {
        return idOf("/authentication/flows", "alias", alias);
    }

    void createProvider(ObjectNode provider) {
        post("/identity-provider/instances", provider);
    }

    /** Changes some settings of a provider. */
    void updateProvider(String alias, ObjectNode settings) {
        String path = "/identity-provider/instances/" + alias;
        ObjectNode provider = (ObjectNode) get(path);
        provider.setAll(settings);
        put(path, provider);
    }

    void enableProvider(String alias, boolean enabled) {
        String path = "/identity-provider/instances/" + alias;
        put(path, ((ObjectNode) get(path)).put("enabled", enabled));
    }

    JsonNode provider(String alias) {
        return get("/identity-provider/instances/" + alias);
    }

    /** Changes one setting of a provider. Its secret does not change, although the console gets it masked. */
    void configureProvider(String alias, String key, String value) {
        JsonNode provider = provider(alias);
        ((ObjectNode) provider.path("config")).put(key, value);
        put("/identity-provider/instances/" + alias, provider);
    }

    /** Gives a provider a mapper of its own. */
    void addProviderMapper(String alias, ObjectNode mapper) {
        post("/identity-provider/instances/" + alias + "/mappers", mapper);
    }

    void removeProviderMapper(String alias, String name) {
        String mappers = "/identity-provider/instances/" + alias + "/mappers";
        delete(mappers + "/" + idOf(mappers, "name", name));
    }

    void deleteProvider(String alias) {
        delete("/identity-provider/instances/" + alias);
    }

    void setPassword(String userId, String password) {
        put(
                "/users/" + userId + "/reset-password",
                JSON.createObjectNode()
                        .put("type", "password")
                        .put("value", password)
                        .put("temporary", false));
    }

    /** The steps that a flow can have, by the id of their provider. */
    List<String> authenticators() {
        return StreamSupport.stream(
                        get("/authentication/authenticator-providers").spliterator(), false)
                .map(each -> each.path("id").asText())
                .toList();
    }

    /** All identity providers with their mappers, as the console gets them. */
    ObjectNode providers() {
        ObjectNode all = JSON.createObjectNode();
        for (JsonNode each : get("/identity-provider/instances")) {
            String alias = each.path("alias").asText();
            all.set(alias + " in the list", each);
            all.set(alias, provider(alias));
            all.set(alias + ", mappers", get("/identity-provider/instances/" + alias + "/mappers"));
        }
        return all;
    }

    void deleteClient(String clientId) {
        String id = idOfClient(clientId);
        delete("/clients/" + id);
    }

    /** Creates a user with a password. */
    void createUser(String name, String userPassword) {
        ObjectNode user = JSON.createObjectNode()
                .put("username", name)
                .put("email", name + "@example.com")
                .put("emailVerified", true)
                .put("firstName", "Local")
                .put("lastName", "User")
                .put("enabled", true);
        user.putArray("credentials")
                .addObject()
                .put("type", "password")
                .put("value", userPassword)
                .put("temporary", false);
        post("/users", user);
    }

    String idOfClient(String clientId) {
        return idOf("/clients?" + Parameters.encode(Map.of("clientId", clientId)), "clientId", clientId);
    }

    private String idOf(String path, String field, String value) {
        Optional<JsonNode> found = StreamSupport.stream(get(path).spliterator(), false)
                .filter(each -> each.path(field).asText().equals(value))
                .findFirst();
        return found.orElseThrow(() -> new AssertionError("There is no " + value + " at " + path))
                .path("id")
                .asText();
    }

    /** Reads what is at a path below the realm. */
    JsonNode get(String path) {
        return api.get(path);
    }

    /** Adds to the list at a path below the realm. */
    void post(String path, JsonNode body) {
        api.post(path, body);
    }

    /** Replaces what is at a path below the realm. */
    void put(String path, JsonNode body) {
        api.put(path, body);
    }

    void send(String method, String path, JsonNode body) {
        api.send(method, path, body);
    }

    /** Deletes what is at a path below the realm. */
    void delete(String path) {
        api.send("DELETE", path, null);
    }

    /** The administrator's own access token, which the realm "master" issued. */
    String accessToken() {
        return api.accessToken();
    }
}
