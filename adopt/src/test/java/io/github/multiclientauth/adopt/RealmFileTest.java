package io.github.multiclientauth.adopt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A realm that is adopted gets what the realm file has; only one of the two would be kept up to date otherwise. */
class RealmFileTest {

    private final JsonNode realm;

    RealmFileTest() throws IOException {
        realm = new ObjectMapper()
                .readTree(Path.of("..", "realm-config", "multi-client-auth-realm.json")
                        .toFile());
    }

    @Test
    void the_client_scope_is_the_same() {
        ObjectNode made = ApplicationScope.settings();
        JsonNode there = named("clientScopes", "name", ApplicationScope.NAME);

        assertThat(made.path("description")).isEqualTo(there.path("description"));
        assertThat(made.path("attributes").properties())
                .containsAll(there.path("attributes").properties());
        assertThat(made.path("protocolMappers")).hasSize(1);
        ObjectNode mapper = ((ObjectNode) there.path("protocolMappers").path(0)).deepCopy();
        mapper.remove("consentRequired");
        assertThat(made.path("protocolMappers").path(0)).isEqualTo(mapper);
    }

    @Test
    void the_account_of_the_facade_is_the_same() {
        JsonNode there = named("clients", "clientId", FacadeAccount.CLIENT_ID);

        ObjectNode made = FacadeAccount.settings();
        new FacadeAddress(URI.create(there.path("rootUrl").asText())).expectKeyOf(made);
        // A relative address is below the Root URL.
        made.withObject("/attributes").put("jwks.url", FacadeAddress.KEYS);

        made.properties()
                .forEach(setting ->
                        assertThat(setting.getValue()).as(setting.getKey()).isEqualTo(there.path(setting.getKey())));
    }

    @Test
    void the_roles_are_the_same() {
        JsonNode roles = realm.path("roles").path("realm");

        assertThat(roles).containsExactly(SessionsRole.settings(), TokensRole.settings());
    }

    @Test
    void the_steps_are_the_same() {
        List<String> steps = new ArrayList<>();
        for (String flow : List.of("browserFlow", "firstBrokerLoginFlow")) {
            JsonNode bound =
                    named("authenticationFlows", "alias", realm.path(flow).asText());
            steps.add(bound.path("authenticationExecutions")
                    .path(0)
                    .path("authenticator")
                    .asText());
        }

        assertThat(steps).containsExactly(Blueprint.CLIENT_ORIGIN, Blueprint.ALLOWED_PROVIDER);
        assertThat(realm.path("requiredActions").findValuesAsText("providerId")).endsWith(SignInGate.ID);
    }

    private JsonNode named(String list, String field, String value) {
        for (JsonNode each : realm.path(list)) {
            if (each.path(field).asText().equals(value)) {
                return each;
            }
        }
        throw new AssertionError("No " + value + " in " + list);
    }
}
