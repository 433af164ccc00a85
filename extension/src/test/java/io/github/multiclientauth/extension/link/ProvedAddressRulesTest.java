package io.github.multiclientauth.extension.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.extension.Fake;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.IdentityProviderStorageProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

class ProvedAddressRulesTest {

    @Test
    void holds_where_the_first_broker_login_flow_has_the_step() {
        assertThat(holds("usual", Requirement.ALTERNATIVE, null)).isTrue();
    }

    @Test
    void holds_where_the_flow_of_a_single_provider_has_the_step() {
        assertThat(holds("other", Requirement.ALTERNATIVE, "other")).isTrue();
    }

    @Test
    void does_not_hold_where_no_provider_uses_a_flow_with_the_step() {
        assertThat(holds("other", Requirement.ALTERNATIVE, null)).isFalse();
    }

    @Test
    void does_not_hold_where_the_step_is_disabled() {
        assertThat(holds("usual", Requirement.DISABLED, "usual")).isFalse();
    }

    private static boolean holds(String flowWithStep, Requirement requirement, String flowOfProvider) {
        RealmModel realm = Fake.of(RealmModel.class)
                .answering("getId", "realm")
                .answering("getFirstBrokerLoginFlow", flow("usual"))
                .doing("getAuthenticationFlowsStream", arguments -> Stream.of(flow("usual"), flow("other")))
                .doing(
                        "getAuthenticationExecutionsStream",
                        arguments -> executions(arguments[0], flowWithStep, requirement))
                .build();
        IdentityProviderStorageProvider providers = Fake.of(IdentityProviderStorageProvider.class)
                .doing("getByFlow", arguments -> Stream.of("google").filter(p -> arguments[0].equals(flowOfProvider)))
                .build();
        Map<Object, Object> attributes = new HashMap<>();
        int[] asked = new int[1];
        KeycloakSession session = Fake.of(KeycloakSession.class)
                .doing("identityProviders", arguments -> {
                    asked[0]++;
                    return providers;
                })
                .doing("getAttribute", arguments -> attributes.get(arguments[0]))
                .doing("setAttribute", arguments -> attributes.put(arguments[0], arguments[1]))
                .build();
        boolean holds = ProvedAddressRules.holds(session, realm);
        int askedBefore = asked[0];
        assertThat(ProvedAddressRules.holds(session, realm))
                .as("once more in the same request")
                .isEqualTo(holds);
        assertThat(asked[0]).as("looked for once").isEqualTo(askedBefore);
        return holds;
    }

    /** As in Keycloak, the step is in a flow within the flow. */
    private static Stream<AuthenticationExecutionModel> executions(
            Object flow, String flowWithStep, Requirement requirement) {
        AuthenticationExecutionModel execution = new AuthenticationExecutionModel();
        if (flow.equals(flowWithStep)) {
            execution.setAuthenticatorFlow(true);
            execution.setFlowId(flowWithStep + "-inner");
            execution.setRequirement(Requirement.REQUIRED);
        } else if (flow.equals(flowWithStep + "-inner")) {
            execution.setAuthenticator("link-verified-email");
            execution.setRequirement(requirement);
        } else {
            return Stream.empty();
        }
        return List.of(execution).stream();
    }

    private static AuthenticationFlowModel flow(String id) {
        AuthenticationFlowModel flow = new AuthenticationFlowModel();
        flow.setId(id);
        flow.setTopLevel(true);
        return flow;
    }
}
