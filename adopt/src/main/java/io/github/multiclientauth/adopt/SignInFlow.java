package io.github.multiclientauth.adopt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * A flow of our step, and after it a copy of a flow that the realm has. The copy is a sub-flow: Keycloak ignores the
 * alternatives of a flow that stand beside a required step. It is a copy, since Keycloak deletes a flow with all that is in
 * it.
 *
 * @param copied the flow that is copied; it stays as it is
 * @param copy the name of the copy
 * @param authenticator our step
 */
record SignInFlow(String name, String copied, String copy, String authenticator) implements Step {

    private static final String PATH = "/authentication/flows/";

    @Override
    public String description() {
        return "flow \"" + name + "\": the step " + authenticator + ", then a copy of \"" + copied + "\"";
    }

    @Override
    public Finding look(AdminApi realm, boolean begun) {
        Flows flows = new Flows(realm);
        if (isComplete(flows)) {
            return new Finding.There();
        }
        for (String alias : begun ? new String[0] : new String[] {name, copy}) {
            if (flows.exists(alias)) {
                return new Finding.Taken("There is a flow \"" + alias
                        + "\" that does something else. Rename or delete it under Authentication > Flows");
            }
        }
        return new Finding.Missing();
    }

    private boolean isComplete(Flows flows) {
        return flows.beginsWith(name, authenticator)
                && flows.id(copy).isEmpty()
                && subFlow(flows)
                        .filter(step -> step.path("requirement").asText().equals("REQUIRED"))
                        .isPresent();
    }

    private Optional<JsonNode> subFlow(Flows flows) {
        return flows.steps(name)
                .flatMap(steps -> StreamSupport.stream(steps.spliterator(), false)
                        .filter(step -> step.path("level").asInt() == 0)
                        .filter(step -> step.path("displayName").asText().equals(copy))
                        .findFirst());
    }

    @Override
    public JsonNode before(AdminApi realm) {
        ObjectNode before = Json.object();
        before.set("behaviour", new Flows(realm).behaviour(copied));
        return before;
    }

    @Override
    public void apply(AdminApi realm) {
        Flows flows = new Flows(realm);
        if (!flows.exists(name)) {
            realm.post(
                    "/authentication/flows",
                    Json.object()
                            .put("alias", name)
                            .put("description", "Multi-Client Auth, then what \"" + copied + "\" does")
                            .put("providerId", "basic-flow")
                            .put("topLevel", true)
                            .put("builtIn", false));
        }
        if (!flows.exists(copy)) {
            realm.post(PATH + AdminApi.encoded(copied) + "/copy", Json.object().put("newName", copy));
        }
        String id = flows.id(name).orElseThrow(() -> new RefusedException("The flow \"" + name + "\" has gone"));
        if (!flows.beginsWith(name, authenticator)) {
            realm.post("/authentication/executions", execution(id, 10, false).put("authenticator", authenticator));
        }
        nest(realm, flows, id);
    }

    /** Between the two requests the copy is a part of the flow and in the console's list. */
    private void nest(AdminApi realm, Flows flows, String id) {
        Optional<String> listed = flows.id(copy);
        if (listed.isEmpty()) {
            return;
        }
        if (subFlow(flows).isEmpty()) {
            realm.post("/authentication/executions", execution(id, 20, true).put("flowId", listed.get()));
        }
        String path = PATH + AdminApi.encoded(listed.get());
        realm.put(path, ((ObjectNode) realm.get(path)).put("topLevel", false));
    }

    private static ObjectNode execution(String parent, int priority, boolean isFlow) {
        return Json.object()
                .put("parentFlow", parent)
                .put("requirement", "REQUIRED")
                .put("priority", priority)
                .put("authenticatorFlow", isFlow);
    }

    /** With the flow Keycloak deletes the copy in it. */
    @Override
    public void undo(AdminApi realm, JsonNode before) {
        Flows flows = new Flows(realm);
        flows.id(name).ifPresent(id -> realm.delete(PATH + AdminApi.encoded(id)));
        flows.id(copy).ifPresent(id -> realm.delete(PATH + AdminApi.encoded(id)));
    }

    /** Whether the copied flow does something else than when it was copied. */
    boolean isOutdated(AdminApi realm, JsonNode before) {
        return !new Flows(realm).behaviour(copied).equals(before.path("behaviour"));
    }
}
