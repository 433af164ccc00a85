package io.github.multiclientauth.adopt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** The client with which the facade reads the directory, and its one role. Keycloak makes the secret. */
record FacadeAccount() implements Step {

    static final String CLIENT_ID = "multi-client-auth-facade";

    private static final String ROLE = "view-clients";

    @Override
    public String description() {
        return "client \"" + CLIENT_ID + "\" with service account, for the facade, with the role " + ROLE;
    }

    @Override
    public Finding look(AdminApi realm, Optional<JsonNode> before) {
        Optional<JsonNode> client = new Clients(realm).find(CLIENT_ID);
        if (client.isEmpty()) {
            return new Finding.Missing();
        }
        if (!client.get().path("serviceAccountsEnabled").asBoolean()) {
            return new Finding.Taken("There is a client \"" + CLIENT_ID
                    + "\" without a service account. Rename it, or switch on Service accounts roles");
        }
        return Finding.of(hasRole(realm, rolesOfAccount(realm, client.get()))
                && hasRole(realm, rolesInTokens(realm, client.get())));
    }

    /** Keeps a client that an administrator made by hand. */
    @Override
    public JsonNode before(AdminApi realm) {
        Optional<JsonNode> client = new Clients(realm).find(CLIENT_ID);
        return Json.object()
                .put("client", client.isPresent())
                .put("role", client.isPresent() && hasRole(realm, rolesOfAccount(realm, client.get())))
                .put("roleInTokens", client.isPresent() && hasRole(realm, rolesInTokens(realm, client.get())));
    }

    @Override
    public void apply(AdminApi realm) {
        apply(realm, Optional.empty());
    }

    /** @param secret the secret of a client that is created now; an existing client keeps its own */
    void apply(AdminApi realm, Optional<Secret> secret) {
        Clients clients = new Clients(realm);
        if (clients.find(CLIENT_ID).isEmpty()) {
            ObjectNode client = settings();
            secret.ifPresent(given -> client.put("secret", given.value()));
            realm.post("/clients", client);
        }
        JsonNode client = clients.get(CLIENT_ID);
        for (String path : new String[] {rolesOfAccount(realm, client), rolesInTokens(realm, client)}) {
            if (!hasRole(realm, path)) {
                realm.post(path, role(realm));
            }
        }
    }

    static ObjectNode settings() {
        ObjectNode client = Json.object()
                .put("clientId", CLIENT_ID)
                .put("name", "Multi-Client Auth facade")
                .put(
                        "description",
                        "Service account of the facade for reading the directory of applications. Users cannot sign in here")
                .put("protocol", "openid-connect")
                .put("publicClient", false)
                .put("standardFlowEnabled", false)
                .put("implicitFlowEnabled", false)
                .put("directAccessGrantsEnabled", false)
                .put("serviceAccountsEnabled", true)
                .put("fullScopeAllowed", false)
                .put("frontchannelLogout", false);
        client.putArray("redirectUris");
        client.putArray("webOrigins");
        client.putObject("attributes").put("post.logout.redirect.uris", "-");
        client.putArray("defaultClientScopes").add("basic").add("roles");
        client.putArray("optionalClientScopes");
        return client;
    }

    @Override
    public void undo(AdminApi realm, JsonNode before) {
        Optional<JsonNode> client = new Clients(realm).find(CLIENT_ID);
        if (client.isEmpty()) {
            return;
        }
        if (!before.path("client").asBoolean()) {
            realm.delete(Clients.path(client.get()));
            return;
        }
        if (!before.path("roleInTokens").asBoolean()) {
            realm.delete(rolesInTokens(realm, client.get()), role(realm));
        }
        if (!before.path("role").asBoolean()) {
            realm.delete(rolesOfAccount(realm, client.get()), role(realm));
        }
    }

    private static boolean hasRole(AdminApi realm, String path) {
        return realm.find(path, "name", ROLE).isPresent();
    }

    private static JsonNode role(AdminApi realm) {
        return JsonNodeFactory.instance.arrayNode().add(realm.get(Clients.path(management(realm)) + "/roles/" + ROLE));
    }

    private static String rolesOfAccount(AdminApi realm, JsonNode client) {
        String user = realm.get(Clients.path(client) + "/service-account-user")
                .path("id")
                .asText();
        return "/users/" + user + "/role-mappings/clients/"
                + management(realm).path("id").asText();
    }

    private static String rolesInTokens(AdminApi realm, JsonNode client) {
        return Clients.path(client) + "/scope-mappings/clients/"
                + management(realm).path("id").asText();
    }

    private static JsonNode management(AdminApi realm) {
        return new Clients(realm).get("realm-management");
    }
}
