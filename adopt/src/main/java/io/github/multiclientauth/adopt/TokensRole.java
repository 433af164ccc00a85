package io.github.multiclientauth.adopt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** The realm role with which an account gets access tokens of the users of applications that have API access. */
record TokensRole() implements Step {

    static final String NAME = "multi-client-auth-tokens";

    @Override
    public String description() {
        return "realm role \"" + NAME + "\"";
    }

    @Override
    public Finding look(AdminApi realm, Optional<JsonNode> before) {
        return Finding.of(find(realm).isPresent());
    }

    /** A role that exists is never started, so there is nothing to remember. */
    @Override
    public JsonNode before(AdminApi realm) {
        return Json.object();
    }

    @Override
    public void apply(AdminApi realm) {
        if (find(realm).isEmpty()) {
            realm.post("/roles", settings());
        }
    }

    static ObjectNode settings() {
        return Json.object()
                .put("name", NAME)
                .put(
                        "description",
                        "Get access tokens of the users of applications of Multi-Client Auth that have the mapper API access."
                                + " For the facade's account");
    }

    @Override
    public void undo(AdminApi realm, JsonNode before) {
        realm.delete("/roles/" + NAME);
    }

    static Optional<JsonNode> find(AdminApi realm) {
        return realm.find("/roles/" + NAME);
    }
}
