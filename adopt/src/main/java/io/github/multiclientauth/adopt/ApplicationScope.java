package io.github.multiclientauth.adopt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** The client scope that makes a client an application, with its mapper. One request creates both. */
record ApplicationScope() implements Step {

    static final String NAME = "multi-client-auth";

    private static final String MAPPER = "oidc-client-origin-mapper";
    private static final String PATH = "/client-scopes";

    @Override
    public String description() {
        return "client scope \"" + NAME + "\" with the mapper \"Client origin\"";
    }

    @Override
    public Finding look(AdminApi realm, Optional<JsonNode> before) {
        Optional<JsonNode> scope = find(realm);
        if (scope.isEmpty()) {
            return new Finding.Missing();
        }
        return scope.get()
                        .path("protocolMappers")
                        .findValuesAsText("protocolMapper")
                        .contains(MAPPER)
                ? new Finding.There()
                : new Finding.Taken(
                        "There is a client scope \"" + NAME
                                + "\" without the mapper \"Client origin\". Rename it under Client scopes, or give it that mapper");
    }

    @Override
    public JsonNode before(AdminApi realm) {
        return Json.object();
    }

    @Override
    public void apply(AdminApi realm) {
        realm.post(PATH, settings());
    }

    static ObjectNode settings() {
        ObjectNode scope = Json.object()
                .put("name", NAME)
                .put(
                        "description",
                        "Marks a client as an application of Multi-Client Auth: binds its sign-ins to an origin and writes that into its tokens")
                .put("protocol", "openid-connect");
        // Without the last attribute, Keycloak's discovery document would list one more scope for all clients.
        scope.putObject("attributes")
                .put("include.in.token.scope", "false")
                .put("display.on.consent.screen", "false")
                .put("include.in.openid.provider.metadata", "false");
        scope.putArray("protocolMappers")
                .addObject()
                .put("name", "client origin")
                .put("protocol", "openid-connect")
                .put("protocolMapper", MAPPER)
                .putObject("config")
                .put("access.token.claim", "true")
                .put("id.token.claim", "true")
                .put("userinfo.token.claim", "true")
                .put("introspection.token.claim", "true")
                .put("lightweight.claim", "false")
                .put("client.in.audience", "true")
                .put("withhold.unverified.email", "false")
                .put("show.authentication", "false")
                .put("sign.out.at.keycloak", "false")
                .put("own.sessions.only", "false");
        return scope;
    }

    @Override
    public void undo(AdminApi realm, JsonNode before) {
        find(realm)
                .ifPresent(scope -> realm.delete(PATH + "/" + scope.path("id").asText()));
    }

    static Optional<JsonNode> find(AdminApi realm) {
        return realm.find(PATH, "name", NAME);
    }
}
