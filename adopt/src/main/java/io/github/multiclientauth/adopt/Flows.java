package io.github.multiclientauth.adopt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** The realm's authentication flows. */
record Flows(AdminApi realm) {

    /** Of a flow that the console lists; those that are part of another one it does not. */
    Optional<String> id(String alias) {
        return realm.find("/authentication/flows", "alias", alias)
                .map(flow -> flow.path("id").asText());
    }

    Optional<String> alias(String id) {
        return realm.find("/authentication/flows/" + AdminApi.encoded(id))
                .map(flow -> flow.path("alias").asText());
    }

    /** All steps, also of sub-flows; empty if there is no such flow. */
    Optional<JsonNode> steps(String alias) {
        return realm.find("/authentication/flows/" + AdminApi.encoded(alias) + "/executions");
    }

    boolean exists(String alias) {
        return steps(alias).isPresent();
    }

    /** Whether this authenticator is the flow's first step, and required. */
    boolean beginsWith(String alias, String authenticator) {
        return steps(alias)
                .map(steps -> steps.path(0))
                .filter(first -> first.path("providerId").asText().equals(authenticator))
                .filter(first -> first.path("requirement").asText().equals("REQUIRED"))
                .isPresent();
    }

    /** What the flow does, without ids and names, so that it can be compared with a copy of it. */
    JsonNode behaviour(String alias) {
        ArrayNode behaviour = JsonNodeFactory.instance.arrayNode();
        for (JsonNode step : steps(alias).orElse(behaviour)) {
            ObjectNode one = behaviour.addObject();
            one.set("level", step.path("level"));
            one.set("requirement", step.path("requirement"));
            one.put("authenticator", step.path("providerId").asText());
            String config = step.path("authenticationConfig").asText();
            if (!config.isEmpty()) {
                one.set(
                        "config",
                        realm.get("/authentication/config/" + AdminApi.encoded(config))
                                .path("config"));
            }
        }
        return behaviour;
    }
}
