package io.github.multiclientauth.testbed.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A browser flow with two levels of authentication, as in Keycloak's own documentation of step-up: a password for the first, and the
 * password once more for the second.
 */
record StepUpFlow(KeycloakAdministrator administrator, String alias) {

    /** The mapping of names to the levels of the flow. */
    static final String LEVELS = "{\"silver\":1,\"gold\":2}";

    void create() {
        administrator.createFlow(alias);
        administrator.addStep(alias, "client-origin");
        administrator.requireStep(alias, "client-origin");
        String all = subFlow(alias, "all", "REQUIRED");
        administrator.addStep(all, "auth-cookie");
        require(all, "auth-cookie", "ALTERNATIVE");
        String forms = subFlow(all, "forms", "ALTERNATIVE");
        level(forms, 1, "auth-username-password-form");
        level(forms, 2, "auth-password-form");
    }

    private void level(String parent, int level, String form) {
        String flow = subFlow(parent, "level-" + level, "CONDITIONAL");
        administrator.addStep(flow, "conditional-level-of-authentication");
        require(flow, "conditional-level-of-authentication", "REQUIRED");
        administrator.configureStep(
                flow, "conditional-level-of-authentication", "loa-condition-level", Integer.toString(level));
        administrator.configureStep(flow, "conditional-level-of-authentication", "loa-max-age", "36000");
        administrator.addStep(flow, form);
        require(flow, form, "REQUIRED");
    }

    private String subFlow(String parent, String name, String requirement) {
        String flow = alias + "-" + name;
        ObjectNode settings = JsonNodeFactory.instance
                .objectNode()
                .put("alias", flow)
                .put("type", "basic-flow")
                .put("description", "");
        administrator.post(executions(parent) + "/flow", settings);
        for (JsonNode step : administrator.get(executions(parent))) {
            if (step.path("displayName").asText().equals(flow)) {
                administrator.put(executions(parent), ((ObjectNode) step).put("requirement", requirement));
            }
        }
        return flow;
    }

    private void require(String flow, String authenticator, String requirement) {
        for (JsonNode step : administrator.get(executions(flow))) {
            if (step.path("providerId").asText().equals(authenticator)) {
                administrator.put(executions(flow), ((ObjectNode) step).put("requirement", requirement));
            }
        }
    }

    private static String executions(String flow) {
        return "/authentication/flows/" + flow + "/executions";
    }
}
