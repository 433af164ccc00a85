package io.github.multiclientauth.adopt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * Makes a flow anew of what the copied flow is now. The new one is complete before anything is bound to it, and the old one goes when
 * nothing is bound to it any more, so that people can sign in all the time. Clients keep being bound, scopes, sessions and the facade's
 * account are left alone.
 *
 * @param flow what is there when it has ended
 */
record FlowRefresh(SignInFlow flow) implements Step {

    private static final String NEW = " new";

    @Override
    public String description() {
        return "flow \"" + flow.name() + "\": made anew, with a copy of \"" + flow.copied() + "\"";
    }

    @Override
    public boolean isSame(Step other) {
        return other instanceof FlowRefresh refresh && refresh.flow.isSame(flow);
    }

    /** The command that looks is another one. */
    @Override
    public Finding look(AdminApi realm, Optional<JsonNode> before) {
        return new Finding.Taken("The flow \"" + flow.name()
                + "\" is being made anew, and that was interrupted. Run refresh again to end it, or undo");
    }

    @Override
    public JsonNode before(AdminApi realm) {
        return Json.object();
    }

    /** What is built beside the flow, and has its names in the end. */
    private SignInFlow next() {
        return new SignInFlow(flow.name() + NEW, flow.copied(), flow.copy() + NEW, flow.authenticator());
    }

    /** Why it cannot be begun: what is built beside the flow would have a name that is taken. */
    Optional<String> obstacle(AdminApi realm) {
        return next().look(realm, Optional.empty()) instanceof Finding.Missing
                ? Optional.empty()
                : Optional.of("There is a flow \"" + next().name() + "\" or \"" + next().copy()
                        + "\" already. Rename or delete it under Authentication > Flows");
    }

    /** An earlier run may have copied what the copied flow was then. */
    boolean isStale(AdminApi realm) {
        Flows flows = new Flows(realm);
        return flows.exists(flow.name())
                && flows.exists(next().copy())
                && next().difference(flows).isPresent();
    }

    @Override
    public void apply(AdminApi realm) {
        Flows flows = new Flows(realm);
        if (flows.exists(flow.name())) {
            if (!flows.exists(next().name()) && isDone(realm)) {
                return;
            }
            next().apply(realm);
            keepSettings(realm, flows);
            new FlowBindings(realm).move(flow.name(), next().name());
            flows.delete(flow.name());
        }
        takeNames(realm, flows);
    }

    /** An earlier run has ended it and could not say so. */
    private boolean isDone(AdminApi realm) {
        return flow.look(realm, Optional.empty()) instanceof Finding.There;
    }

    /**
     * Those of our own step, which is in the flow and no part of the copy. Their alias is unique in the realm, so they have
     * another one until the flow that there was is gone.
     */
    private void keepSettings(AdminApi realm, Flows flows) {
        JsonNode ours = firstStep(flows, next().name());
        if (flows.config(ours).isEmpty()) {
            flows.config(firstStep(flows, flow.name()))
                    .ifPresent(config -> realm.post(
                            "/authentication/executions/" + ours.path("id").asText() + "/config",
                            ((ObjectNode) config.deepCopy())
                                    .put(
                                            "alias",
                                            borrowed() + config.path("alias").asText())
                                    .without("id")));
        }
    }

    private static JsonNode firstStep(Flows flows, String name) {
        return flows.steps(name)
                .map(steps -> steps.path(0))
                .orElseThrow(() -> new RefusedException("The flow \"" + name + "\" has gone"));
    }

    /** The flow itself comes last: as long as it has the other name, this has not ended. */
    private void takeNames(AdminApi realm, Flows flows) {
        flows.delete(flow.copy());
        Optional<String> id = flows.id(next().name());
        if (id.isEmpty()) {
            return;
        }
        String executions = Flows.path(next().name()) + "/executions";
        for (JsonNode step : realm.get(executions)) {
            String name = step.path("displayName").asText();
            if (step.path("authenticationFlow").asBoolean() && isNew(name)) {
                realm.put(executions, ((ObjectNode) step).put("displayName", renamed(name)));
            }
            flows.config(step)
                    .filter(config -> isNew(config.path("alias").asText())
                            || config.path("alias").asText().startsWith(borrowed()))
                    .ifPresent(config -> realm.put(
                            "/authentication/config/" + config.path("id").asText(),
                            ((ObjectNode) config)
                                    .put("alias", renamed(config.path("alias").asText()))));
        }
        String path = Flows.path(id.get());
        realm.put(path, ((ObjectNode) realm.get(path)).put("alias", flow.name()));
    }

    /** What stands before the alias of our step's settings while both flows are there. Keycloak allows no colon. */
    private String borrowed() {
        return next().name() + " settings ";
    }

    private boolean isNew(String name) {
        return name.equals(next().copy()) || name.startsWith(next().copy() + " ");
    }

    private String renamed(String name) {
        if (name.startsWith(borrowed())) {
            return name.substring(borrowed().length());
        }
        return flow.copy() + name.substring(next().copy().length());
    }

    /** Goes on with the flow that there was, and, if that is gone, with the new one. */
    @Override
    public void undo(AdminApi realm, JsonNode before) {
        Flows flows = new Flows(realm);
        if (flows.exists(flow.name())) {
            if (flows.exists(next().name())) {
                new FlowBindings(realm).move(next().name(), flow.name());
            }
            next().undo(realm, before);
        } else {
            takeNames(realm, flows);
        }
    }
}
