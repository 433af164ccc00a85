package io.github.multiclientauth.adopt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** The required action that checks every sign-in of an application at its end. It ignores sign-ins of other clients. */
record SignInGate() implements Step {

    static final String ID = "multi-client-auth-gate";

    private static final String NAME = "Multi-Client Auth: end of sign-in";
    private static final String PATH = "/authentication/required-actions";

    @Override
    public String description() {
        return "required action \"" + NAME + "\"";
    }

    @Override
    public Finding look(AdminApi realm, Optional<JsonNode> before) {
        return Finding.of(registered(realm).filter(SignInGate::isEnabled).isPresent());
    }

    @Override
    public JsonNode before(AdminApi realm) {
        return Json.object().put("registered", registered(realm).isPresent());
    }

    /** Registers and enables it. Keycloak puts a new required action last, where this one belongs. */
    @Override
    public void apply(AdminApi realm) {
        if (registered(realm).isEmpty()) {
            realm.post(
                    "/authentication/register-required-action",
                    Json.object().put("providerId", ID).put("name", NAME));
        }
        registered(realm).filter(action -> !isEnabled(action)).ifPresent(action -> enable(realm, action, true));
    }

    @Override
    public void undo(AdminApi realm, JsonNode before) {
        if (before.path("registered").asBoolean()) {
            registered(realm).ifPresent(action -> enable(realm, action, false));
        } else {
            realm.delete(PATH + "/" + ID);
        }
    }

    private static Optional<JsonNode> registered(AdminApi realm) {
        return realm.find(PATH, "providerId", ID);
    }

    private static boolean isEnabled(JsonNode action) {
        return action.path("enabled").asBoolean();
    }

    private static void enable(AdminApi realm, JsonNode action, boolean enabled) {
        ObjectNode changed = action.deepCopy();
        realm.put(PATH + "/" + AdminApi.encoded(action.path("alias").asText()), changed.put("enabled", enabled));
    }
}
