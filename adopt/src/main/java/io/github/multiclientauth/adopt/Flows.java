package io.github.multiclientauth.adopt;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.multiclientauth.adopt.Behaviour.FlowStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** The realm's authentication flows. */
record Flows(AdminApi realm) {

    private static final String PATH = "/authentication/flows";

    /** Finds a flow that the console lists. It does not list flows that are part of another one. */
    Optional<String> id(String alias) {
        return realm.find(PATH, "alias", alias).map(flow -> flow.path("id").asText());
    }

    Optional<String> alias(String id) {
        return realm.find(path(id)).map(flow -> flow.path("alias").asText());
    }

    /** Finds a listed flow whose name differs from this one only in upper and lower case. People would confuse the two. */
    Optional<String> almost(String alias) {
        return StreamSupport.stream(realm.get(PATH).spliterator(), false)
                .map(flow -> flow.path("alias").asText())
                .filter(each -> each.equalsIgnoreCase(alias) && !each.equals(alias))
                .findFirst();
    }

    /** All steps, including those of sub-flows. Empty if there is no such flow. */
    Optional<JsonNode> steps(String alias) {
        return realm.find(path(alias) + "/executions");
    }

    boolean exists(String alias) {
        return steps(alias).isPresent();
    }

    /** Deletes the flow with all its steps. Does nothing if the flow is gone already. */
    void delete(String alias) {
        id(alias).ifPresent(id -> realm.delete(path(id)));
    }

    /** Whether this authenticator is the flow's first step, and required. */
    boolean beginsWith(String alias, String authenticator) {
        return steps(alias)
                .map(steps -> steps.path(0))
                .filter(first -> first.path("providerId").asText().equals(authenticator))
                .filter(first -> first.path("requirement").asText().equals("REQUIRED"))
                .isPresent();
    }

    /** What the flow does. Empty if there is no such flow. */
    Behaviour behaviour(String alias) {
        List<FlowStep> behaviour = new ArrayList<>();
        steps(alias).ifPresent(steps -> steps.forEach(step -> behaviour.add(step(step))));
        return new Behaviour(behaviour);
    }

    private FlowStep step(JsonNode step) {
        return new FlowStep(
                step.path("displayName").asText(),
                step.path("level").asInt(),
                step.path("requirement").asText(),
                step.path("providerId").asText(),
                // The console writes empty settings when an administrator opens the form and saves it.
                config(step)
                        .map(config -> config.path("config"))
                        .filter(config -> !config.isEmpty())
                        .orElse(null));
    }

    /** The settings of a step. */
    Optional<JsonNode> config(JsonNode step) {
        return Optional.of(step.path("authenticationConfig").asText())
                .filter(id -> !id.isEmpty() && !id.equals("null"))
                .map(id -> realm.get("/authentication/config/" + AdminApi.encoded(id)));
    }

    static String path(String idOrAlias) {
        return PATH + "/" + AdminApi.encoded(idOrAlias);
    }
}
