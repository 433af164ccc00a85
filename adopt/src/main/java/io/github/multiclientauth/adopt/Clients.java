package io.github.multiclientauth.adopt;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** The realm's clients. */
record Clients(AdminApi realm) {

    Optional<JsonNode> find(String clientId) {
        return realm.find("/clients?clientId=" + AdminApi.encoded(clientId), "clientId", clientId);
    }

    /** Finds a client that existed when this run started. */
    JsonNode get(String clientId) {
        return find(clientId).orElseThrow(() -> new RefusedException("There is no client " + clientId));
    }

    static String path(JsonNode client) {
        return "/clients/" + client.path("id").asText();
    }
}
