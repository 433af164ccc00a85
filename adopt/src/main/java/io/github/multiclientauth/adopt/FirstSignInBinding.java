package io.github.multiclientauth.adopt;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** The realm's first broker login flow. Keycloak has no such setting for a single client. */
record FirstSignInBinding(String flow) implements Step {

    private static final String SETTING = "firstBrokerLoginFlow";

    @Override
    public String description() {
        return "first broker login flow of the realm: \"" + flow + "\"";
    }

    @Override
    public Finding look(AdminApi realm, Optional<JsonNode> before) {
        return Finding.of(bound(realm).equals(flow));
    }

    @Override
    public JsonNode before(AdminApi realm) {
        return Json.object().put(SETTING, bound(realm));
    }

    @Override
    public void apply(AdminApi realm) {
        bind(realm, flow);
    }

    @Override
    public void undo(AdminApi realm, JsonNode before) {
        if (bound(realm).equals(flow)) {
            bind(realm, before.path(SETTING).asText());
        }
    }

    private static String bound(AdminApi realm) {
        return realm.get("").path(SETTING).asText();
    }

    private static void bind(AdminApi realm, String alias) {
        realm.put("", Json.object().put(SETTING, alias));
    }
}
