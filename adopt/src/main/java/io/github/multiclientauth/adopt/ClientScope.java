package io.github.multiclientauth.adopt;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** The assignment of our client scope, which makes a client an application. */
record ClientScope(String clientId) implements Step {

    private static final String DEFAULT = "default";
    private static final String OPTIONAL = "optional";

    @Override
    public String description() {
        return "client \"" + clientId + "\": client scope \"" + ApplicationScope.NAME + "\"";
    }

    /** An optional scope is not enough. Keycloak runs its mappers, which check the rules, only for requests that name the scope. */
    @Override
    public Finding look(AdminApi realm, Optional<JsonNode> before) {
        return Finding.of(has(new Clients(realm).get(clientId), DEFAULT));
    }

    private static boolean has(JsonNode client, String type) {
        for (JsonNode scope : client.path(type + "ClientScopes")) {
            if (scope.asText().equals(ApplicationScope.NAME)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public JsonNode before(AdminApi realm) {
        return Json.object().put(OPTIONAL, has(new Clients(realm).get(clientId), OPTIONAL));
    }

    /** Removes an assignment of the other type first, because Keycloak does not change the type of an assignment. */
    @Override
    public void apply(AdminApi realm) {
        String path = assignment(realm, DEFAULT)
                .orElseThrow(() ->
                        new RefusedException("The client scope \"" + ApplicationScope.NAME + "\" no longer exists"));
        if (has(new Clients(realm).get(clientId), OPTIONAL)) {
            assignment(realm, OPTIONAL).ifPresent(realm::delete);
        }
        realm.put(path, Json.object());
    }

    @Override
    public void undo(AdminApi realm, JsonNode before) {
        assignment(realm, DEFAULT).ifPresent(realm::delete);
        if (before.path(OPTIONAL).asBoolean()) {
            assignment(realm, OPTIONAL).ifPresent(path -> realm.put(path, Json.object()));
        }
    }

    private Optional<String> assignment(AdminApi realm, String type) {
        return new Clients(realm)
                .find(clientId)
                .flatMap(client -> ApplicationScope.find(realm)
                        .map(scope -> Clients.path(client) + "/" + type + "-client-scopes/"
                                + scope.path("id").asText()));
    }
}
