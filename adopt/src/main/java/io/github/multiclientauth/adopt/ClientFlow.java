package io.github.multiclientauth.adopt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** A client's own browser flow. The realm's browser flow and those of other clients stay as they are. */
record ClientFlow(String clientId, String flow) implements Step {

    static final String OVERRIDES = "authenticationFlowBindingOverrides";
    static final String BROWSER = "browser";

    @Override
    public String description() {
        return "client \"" + clientId + "\": browser flow \"" + flow + "\"";
    }

    @Override
    public Finding look(AdminApi realm, Optional<JsonNode> before) {
        return Finding.of(isBound(realm, new Clients(realm).get(clientId)));
    }

    @Override
    public JsonNode before(AdminApi realm) {
        return Json.object().put(BROWSER, bound(new Clients(realm).get(clientId)));
    }

    @Override
    public void apply(AdminApi realm) {
        bind(
                realm,
                new Flows(realm)
                        .id(flow)
                        .orElseThrow(() -> new RefusedException("The flow \"" + flow + "\" has gone")));
    }

    @Override
    public void undo(AdminApi realm, JsonNode before) {
        new Clients(realm)
                .find(clientId)
                .filter(client -> isBound(realm, client))
                .ifPresent(client -> bind(realm, before.path(BROWSER).asText()));
    }

    private boolean isBound(AdminApi realm, JsonNode client) {
        return new Flows(realm).id(flow).filter(bound(client)::equals).isPresent();
    }

    /** The id of the client's own browser flow, or nothing. */
    static String bound(JsonNode client) {
        return client.path(OVERRIDES).path(BROWSER).asText();
    }

    /** Sends only this one setting. Keycloak does not change what is absent. */
    private void bind(AdminApi realm, String flowId) {
        JsonNode client = new Clients(realm).get(clientId);
        ObjectNode change = Json.object().put("clientId", clientId);
        change.putObject(OVERRIDES).put(BROWSER, flowId);
        realm.put(Clients.path(client), change);
    }
}
