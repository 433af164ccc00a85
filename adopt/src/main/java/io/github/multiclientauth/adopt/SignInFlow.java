package io.github.multiclientauth.adopt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.adopt.Behaviour.FlowStep;
import java.util.List;
import java.util.Optional;

/**
 * A flow that starts with our step and continues with a copy of a flow of the realm. The copy is a sub-flow because Keycloak ignores
 * alternative steps beside a required one. It is a copy because Keycloak deletes a flow together with its sub-flows.
 *
 * @param copied the flow that is copied; it does not change
 * @param copy the name of the copy
 * @param authenticator our step
 */
record SignInFlow(String name, String copied, String copy, String authenticator) implements Step {

    private static final String BEHAVIOUR = "behaviour";
    private static final String REQUIRED = "REQUIRED";

    @Override
    public String description() {
        return "flow \"" + name + "\": the step " + authenticator + ", then a copy of \"" + copied + "\"";
    }

    /** Compares by name only, because the realm may have another browser flow now than when this step was made. */
    @Override
    public boolean isSame(Step other) {
        return other instanceof SignInFlow flow && flow.name.equals(name);
    }

    SignInFlow copying(String original) {
        return new SignInFlow(name, original, copy, authenticator);
    }

    /**
     * Takes an existing flow of this name for ours only if it does what a new one would do, or what it did when it was made. Otherwise
     * people could sign in without a second factor.
     */
    @Override
    public Finding look(AdminApi realm, Optional<JsonNode> before) {
        Flows flows = new Flows(realm);
        Behaviour whole = flows.behaviour(name);
        if (before.isEmpty()) {
            return lookAtStrange(flows, whole);
        }
        if (!isBegun(whole)) {
            return changed("does something else: " + otherwise(whole));
        }
        if (isAsItWas(flows, before.get()) || !flows.exists(copy)) {
            return Finding.of(isWhole(flows, whole));
        }
        return difference(flows)
                .map(each -> changed("is no copy of \"" + copied + "\" any more: " + each))
                .orElse(Finding.of(isWhole(flows, whole)));
    }

    /** A flow that no state file mentions. An administrator made it by hand, or lost the file. */
    private Finding lookAtStrange(Flows flows, Behaviour whole) {
        Optional<String> almost = flows.almost(name).or(() -> flows.almost(copy));
        if (almost.isPresent()) {
            return taken(almost.get(), "has the name of one of ours but for upper and lower case");
        }
        if (isWhole(flows, whole)) {
            return difference(flows)
                    .map(each -> taken(name, "is no copy of \"" + copied + "\": " + each))
                    .orElse(new Finding.There());
        }
        if (flows.exists(name)) {
            return taken(name, "does something else: " + otherwise(whole));
        }
        return flows.exists(copy) ? taken(copy, "has the name of the copy that is to be made") : new Finding.Missing();
    }

    private static Finding taken(String there, String what) {
        return new Finding.Taken("There is a flow \"" + there + "\" that " + what
                + ". Rename or delete it under Authentication > Flows");
    }

    private Finding changed(String how) {
        return new Finding.Taken("The flow \"" + name + "\" has been changed by hand and " + how
                + ". The command refresh makes it anew");
    }

    /** Our step, required, then the copy, required, and nothing else. */
    private boolean isWhole(Flows flows, Behaviour whole) {
        return whole.highest().size() == 2 && isBegun(whole) && flows.id(copy).isEmpty();
    }

    /** Whether an interrupted run can have left it like this. */
    private boolean isBegun(Behaviour whole) {
        return unexpected(whole).isEmpty();
    }

    private String otherwise(Behaviour whole) {
        String unexpected = unexpected(whole);
        return unexpected.isEmpty() && whole.highest().size() < 2 ? "it is not complete" : unexpected;
    }

    /** How the flow differs from what it should be. Missing parts at its end do not count. */
    private String unexpected(Behaviour whole) {
        List<FlowStep> steps = whole.highest();
        if (steps.size() > 2) {
            return "\"" + steps.get(2).title() + "\" does not belong there";
        }
        if (!steps.isEmpty() && !is(steps.get(0), authenticator)) {
            return "it does not begin with " + authenticator + ", required";
        }
        if (steps.size() > 1 && !(is(steps.get(1), "") && steps.get(1).title().equals(copy))) {
            return "its second step is not the sub-flow \"" + copy + "\", required";
        }
        return "";
    }

    private static boolean is(FlowStep step, String authenticator) {
        return step.authenticator().equals(authenticator) && step.requirement().equals(REQUIRED);
    }

    /** What the copy does, whether or not it is in the flow already. */
    Behaviour ofCopy(Flows flows) {
        return flows.id(copy).isPresent()
                ? flows.behaviour(copy)
                : flows.behaviour(name).ofSubFlow(copy);
    }

    /** How the copy differs from what would be copied now. */
    Optional<String> difference(Flows flows) {
        return flows.behaviour(copied).differenceOf(ofCopy(flows));
    }

    private boolean isAsItWas(Flows flows, JsonNode before) {
        return ofCopy(flows).json().equals(before.path(BEHAVIOUR));
    }

    @Override
    public JsonNode before(AdminApi realm) {
        return before(new Flows(realm).behaviour(copied));
    }

    static JsonNode before(Behaviour behaviour) {
        ObjectNode before = Json.object();
        before.set(BEHAVIOUR, behaviour.json());
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
            realm.post(Flows.path(copied) + "/copy", Json.object().put("newName", copy));
        }
        String id = flows.id(name).orElseThrow(() -> new RefusedException("The flow \"" + name + "\" has gone"));
        if (!flows.beginsWith(name, authenticator)) {
            realm.post("/authentication/executions", execution(id, 10, false).put("authenticator", authenticator));
        }
        nest(realm, flows, id);
    }

    /** Adds the copy to the flow. Between the two requests it is in the flow and also in the console's list. */
    private void nest(AdminApi realm, Flows flows, String id) {
        Optional<String> listed = flows.id(copy);
        if (listed.isEmpty()) {
            return;
        }
        if (flows.behaviour(name).highest().size() < 2) {
            realm.post("/authentication/executions", execution(id, 20, true).put("flowId", listed.get()));
        }
        String path = Flows.path(listed.get());
        realm.put(path, ((ObjectNode) realm.get(path)).put("topLevel", false));
    }

    private static ObjectNode execution(String parent, int priority, boolean isFlow) {
        return Json.object()
                .put("parentFlow", parent)
                .put("requirement", REQUIRED)
                .put("priority", priority)
                .put("authenticatorFlow", isFlow);
    }

    /** Deletes the flow. Keycloak then deletes the copy in it as well. */
    @Override
    public void undo(AdminApi realm, JsonNode before) {
        Flows flows = new Flows(realm);
        flows.delete(name);
        flows.delete(copy);
    }
}
