package io.github.multiclientauth.adopt;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** What makes a client an application. */
record ClientScope(String clientId) implements Step {

    @Override
    public String description() {
        return "client \"" + clientId + "\": client scope \"" + ApplicationScope.NAME + "\"";
    }

    @Override
    public Finding look(AdminApi realm, Optional<JsonNode> before) {
        JsonNode client = new Clients(realm).get(clientId);
        return Finding.of(has(client, "defaultClientScopes") || has(client, "optionalClientScopes"));
    }

    private static boolean has(JsonNode client, String list) {
        for (JsonNode scope : client.path(list)) {
            if (scope.asText().equals(ApplicationScope.NAME)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public JsonNode before(AdminApi realm) {
        return Json.object();
    }

    @Override
    public void apply(AdminApi realm) {
        assignment(realm).ifPresentOrElse(path -> realm.put(path, Json.object()), () -> {
            throw new RefusedException("The client scope \"" + ApplicationScope.NAME + "\" has gone");
        });
    }

    @Override
    public void undo(AdminApi realm, JsonNode before) {
        assignment(realm).ifPresent(realm::delete);
    }

    private Optional<String> assignment(AdminApi realm) {
        return new Clients(realm)
                .find(clientId)
                .flatMap(client -> ApplicationScope.find(realm)
                        .map(scope -> Clients.path(client) + "/default-client-scopes/"
                                + scope.path("id").asText()));
    }
}
