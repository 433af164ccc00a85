package io.github.multiclientauth.adopt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * Replaces a flow by a new copy of the flow that it was copied from. The new flow is complete before anything is bound to it, and the
 * old one is deleted when nothing is bound to it any more, so people can sign in all the time. Clients stay bound. Scopes, sessions and
 * the facade's account do not change.
 *
 * @param flow the flow that exists after the refresh
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

    /** Tells the other commands that a refresh was interrupted. */
    @Override
    public Finding look(AdminApi realm, Optional<JsonNode> before) {
        return new Finding.Taken("The flow \"" + flow.name()
                + "\" is being made anew, and that was interrupted. Run refresh again to end it, or undo");
    }

    @Override
    public JsonNode before(AdminApi realm) {
        return Json.object();
    }

    /** The new flow. It is built beside the old one and gets its names at the end. */
    private SignInFlow next() {
        return new SignInFlow(flow.name() + NEW, flow.copied(), flow.copy() + NEW, flow.authenticator());
    }

    /** The reason why it cannot start: a name that the new flow needs is taken. */
    Optional<String> obstacle(AdminApi realm) {
        return next().look(realm, Optional.empty()) instanceof Finding.Missing
                ? Optional.empty()
                : Optional.of("There is a flow \"" + next().name() + "\" or \"" + next().copy()
                        + "\" already. Rename or delete it under Authentication > Flows");
    }

    /** An earlier run may have copied an older version of the flow. */
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

    /** An earlier run finished it but could not record that. */
    private boolean isDone(AdminApi realm) {
        return flow.look(realm, Optional.empty()) instanceof Finding.There;
    }

    /**
     * The settings of our own step, which is in the flow but not in the copy. Their alias must be unique in the realm, so they have
     * another one until the old flow is gone.
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

    /** Renames the flow itself last. As long as it has the other name, the refresh is not finished. */
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

    /** The prefix of the alias of our step's settings while both flows exist. Keycloak allows no colon. */
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

    /** Continues with the old flow or, if that is gone, with the new one. */
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
