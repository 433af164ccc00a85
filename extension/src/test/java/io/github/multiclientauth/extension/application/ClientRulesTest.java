package io.github.multiclientauth.extension.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.extension.Fake;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperModel;

class ClientRulesTest {

    private final List<ProtocolMapperModel> dedicated = new ArrayList<>();
    private final Map<String, ClientScopeModel> byDefault = new HashMap<>();
    private final Map<String, ClientScopeModel> optional = new HashMap<>();

    @Test
    void without_a_rule_all_are_allowed() {
        dedicated.add(mapper("oidc-full-name-mapper", "facebook"));
        assertThat(allows("github")).isTrue();
    }

    @Test
    void a_rule_of_the_client_counts() {
        dedicated.add(rule("github"));
        assertThat(allows("github")).isTrue();
        assertThat(allows("google")).isFalse();
    }

    @Test
    void a_rule_in_a_client_scope_counts_whether_or_not_requests_ask_for_it() {
        byDefault.put("partners", scope(rule("github##google")));
        optional.put("staff", scope(rule("google##auth0")));
        assertThat(allows("google")).isTrue();
        assertThat(allows("github")).isFalse();
        assertThat(allows("auth0")).isFalse();
    }

    @Test
    void an_empty_rule_does_not_override_another_rule() {
        dedicated.add(rule("github"));
        byDefault.put("partners", scope(rule(null)));
        assertThat(allows("google")).isFalse();
    }

    @Test
    void a_rule_in_a_client_scope_may_name_the_clients_that_it_is_for() {
        byDefault.put("multi-client-auth", scope(naming(rule("google"), "dashboard## portfolio ")));
        assertThat(allows("google")).isTrue();
        assertThat(allows("github")).isFalse();
        byDefault.put("multi-client-auth", scope(naming(rule("google"), "dashboard##portfolio-eu##PORTFOLIO")));
        assertThat(allows("github")).isTrue();
    }

    /** A mistake in the setting must not remove the rule. */
    @Test
    void a_rule_in_the_dedicated_scope_is_for_its_client_whatever_it_names() {
        dedicated.add(naming(rule("google"), "dashboard"));
        assertThat(allows("github")).isFalse();
    }

    private static ProtocolMapperModel naming(ProtocolMapperModel rule, String clients) {
        rule.getConfig().put("clients", clients);
        return rule;
    }

    private boolean allows(String provider) {
        ClientModel client = Fake.of(ClientModel.class)
                .answering("getClientId", "portfolio")
                .doing("getProtocolMappersStream", arguments -> dedicated.stream())
                .doing("getClientScopes", arguments -> (boolean) arguments[0] ? byDefault : optional)
                .build();
        return new ClientProviders(Fake.of(KeycloakSession.class).build(), client).allows(provider);
    }

    private static ClientScopeModel scope(ProtocolMapperModel mapper) {
        return Fake.of(ClientScopeModel.class)
                .doing("getProtocolMappersStream", arguments -> List.of(mapper).stream())
                .build();
    }

    private static ProtocolMapperModel rule(String providers) {
        return mapper("oidc-allowed-providers-mapper", providers);
    }

    private static ProtocolMapperModel mapper(String type, String providers) {
        ProtocolMapperModel mapper = new ProtocolMapperModel();
        mapper.setProtocolMapper(type);
        Map<String, String> config = new HashMap<>();
        config.put("allowed.providers", providers);
        mapper.setConfig(config);
        return mapper;
    }
}
