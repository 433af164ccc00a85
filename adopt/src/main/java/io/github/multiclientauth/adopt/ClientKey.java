package io.github.multiclientauth.adopt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * The way a client authenticates: with the facade's own key instead of a secret.
 *
 * @param keys where Keycloak reads that key
 */
record ClientKey(String clientId, String keys) implements Step {

    private static final List<String> ATTRIBUTES = List.of(FacadeAddress.USE_URL, FacadeAddress.KEYS_URL);

    @Override
    public String description() {
        return "client \"" + clientId + "\": Client Authenticator \"Signed JWT\", with the keys at " + keys;
    }

    @Override
    public Finding look(AdminApi realm, Optional<JsonNode> before) {
        JsonNode client = new Clients(realm).get(clientId);
        return Finding.of(client.path(FacadeAddress.AUTHENTICATOR).asText().equals(FacadeAddress.SIGNED_JWT)
                && client.path("attributes")
                        .path(FacadeAddress.USE_URL)
                        .asText()
                        .equals("true"));
    }

    @Override
    public boolean isSame(Step other) {
        return other instanceof ClientKey key && key.clientId().equals(clientId);
    }

    @Override
    public JsonNode before(AdminApi realm) {
        JsonNode client = new Clients(realm).get(clientId);
        ObjectNode before = Json.object()
                .put(
                        FacadeAddress.AUTHENTICATOR,
                        client.path(FacadeAddress.AUTHENTICATOR).asText());
        ATTRIBUTES.forEach(
                name -> before.put(name, client.path("attributes").path(name).asText()));
        return before;
    }

    @Override
    public void apply(AdminApi realm) {
        change(realm, FacadeAddress.SIGNED_JWT, "true", keys);
    }

    @Override
    public void undo(AdminApi realm, JsonNode before) {
        change(
                realm,
                before.path(FacadeAddress.AUTHENTICATOR).asText(),
                before.path(FacadeAddress.USE_URL).asText(),
                before.path(FacadeAddress.KEYS_URL).asText());
    }

    /** Keycloak removes an attribute whose new value is empty, and keeps those that are not named. */
    private void change(AdminApi realm, String authenticator, String useUrl, String url) {
        new Clients(realm).find(clientId).ifPresent(client -> {
            ObjectNode change = Json.object().put("clientId", clientId).put(FacadeAddress.AUTHENTICATOR, authenticator);
            change.set("attributes", client.path("attributes").deepCopy());
            change.withObject("/attributes").put(FacadeAddress.USE_URL, useUrl).put(FacadeAddress.KEYS_URL, url);
            realm.put(Clients.path(client), change);
        });
    }
}
