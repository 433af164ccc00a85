package io.github.multiclientauth.adopt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * The client with which the facade reads the directory and confirms sessions, and its three roles. It expects a signed JWT
 * of the facade's own key, unless there is a secret for it, or nobody knows where Keycloak can read that key. Then
 * Keycloak makes a secret.
 */
record FacadeAccount() implements Step {

    static final String CLIENT_ID = "multi-client-auth-facade";

    private static final String VIEW_CLIENTS = "view-clients";

    /**
     * A place where a role has to be: among those of the account, or among those that the tokens of the client may
     * contain.
     *
     * @param path of the roles that are there
     * @param role its name
     * @param rolePath the path of the role itself
     * @param before the name in the state file
     */
    private record Place(String path, String role, String rolePath, String before) {

        boolean isFilled(AdminApi realm) {
            return realm.find(path, "name", role).isPresent();
        }

        void fill(AdminApi realm) {
            realm.post(path, roles(realm));
        }

        void clear(AdminApi realm) {
            realm.delete(path, roles(realm));
        }

        private JsonNode roles(AdminApi realm) {
            return JsonNodeFactory.instance.arrayNode().add(realm.get(rolePath));
        }
    }

    @Override
    public String description() {
        return "client \"" + CLIENT_ID + "\" with service account, for the facade, with the roles " + VIEW_CLIENTS
                + ", " + SessionsRole.NAME + " and " + TokensRole.NAME;
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
        return Finding.of(places(realm, client.get()).stream().allMatch(place -> place.isFilled(realm)));
    }

    /** Keeps a client that an administrator made by hand. */
    @Override
    public JsonNode before(AdminApi realm) {
        Optional<JsonNode> client = new Clients(realm).find(CLIENT_ID);
        ObjectNode found = Json.object().put("client", client.isPresent());
        client.map(each -> places(realm, each))
                .orElse(List.of())
                .forEach(place -> found.put(place.before(), place.isFilled(realm)));
        return found;
    }

    @Override
    public void apply(AdminApi realm) {
        apply(realm, Optional.empty(), Optional.empty());
    }

    /**
     * Makes what is missing. A client that exists keeps its way to authenticate.
     *
     * @param secret the secret of a client that is created now
     * @param facade where Keycloak reaches the facade, which is not needed with a secret
     */
    void apply(AdminApi realm, Optional<Secret> secret, Optional<FacadeAddress> facade) {
        Clients clients = new Clients(realm);
        if (clients.find(CLIENT_ID).isEmpty()) {
            ObjectNode client = settings();
            secret.ifPresentOrElse(
                    given -> client.put("secret", given.value()),
                    () -> facade.ifPresent(address -> address.expectKeyOf(client)));
            realm.post("/clients", client);
        }
        places(realm, clients.get(CLIENT_ID)).stream()
                .filter(place -> !place.isFilled(realm))
                .forEach(place -> place.fill(realm));
    }

    static ObjectNode settings() {
        ObjectNode client = Json.object()
                .put("clientId", CLIENT_ID)
                .put("name", "Multi-Client Auth facade")
                .put(
                        "description",
                        "Service account of the facade, which reads the directory of applications and confirms their sessions."
                                + " Users cannot sign in here")
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
        places(realm, client.get()).stream()
                .filter(place -> !before.path(place.before()).asBoolean() && place.isFilled(realm))
                .forEach(place -> place.clear(realm));
    }

    private static List<Place> places(AdminApi realm, JsonNode client) {
        JsonNode management = new Clients(realm).get("realm-management");
        String ofManagement = "/clients/" + management.path("id").asText();
        String viewClients = Clients.path(management) + "/roles/" + VIEW_CLIENTS;
        String sessions = "/roles/" + SessionsRole.NAME;
        String accessTokens = "/roles/" + TokensRole.NAME;
        String user = realm.get(Clients.path(client) + "/service-account-user")
                .path("id")
                .asText();
        String account = "/users/" + user + "/role-mappings";
        String tokens = Clients.path(client) + "/scope-mappings";
        return List.of(
                new Place(account + ofManagement, VIEW_CLIENTS, viewClients, "role"),
                new Place(tokens + ofManagement, VIEW_CLIENTS, viewClients, "roleInTokens"),
                new Place(account + "/realm", SessionsRole.NAME, sessions, "sessionsRole"),
                new Place(tokens + "/realm", SessionsRole.NAME, sessions, "sessionsRoleInTokens"),
                new Place(account + "/realm", TokensRole.NAME, accessTokens, "tokensRole"),
                new Place(tokens + "/realm", TokensRole.NAME, accessTokens, "tokensRoleInTokens"));
    }
}
