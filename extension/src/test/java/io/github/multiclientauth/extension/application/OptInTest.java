package io.github.multiclientauth.extension.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.extension.Fake;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;

class OptInTest {

    private static final ClientOriginSettings APPLICATIONS =
            ClientOriginSettings.of(Map.of("clientScope", "applications"));

    private final Map<String, ClientScopeModel> byDefault = new HashMap<>();
    private final Map<String, ClientScopeModel> optional = new HashMap<>();

    @Test
    void a_default_scope_opts_in() {
        byDefault.put("applications", scope());
        optional.put("multi-client-auth", scope());

        assertThat(OptIn.concerns(client(), APPLICATIONS)).isTrue();
        assertThat(OptIn.isOptional(client(), APPLICATIONS)).isFalse();
    }

    /** Otherwise a wrong assignment would switch off the checks of the sign-in. */
    @Test
    void an_optional_scope_opts_in_and_is_recognized_as_optional() {
        byDefault.put("multi-client-auth", scope());
        optional.put("applications", scope());

        assertThat(OptIn.concerns(client(), APPLICATIONS)).isTrue();
        assertThat(OptIn.isOptional(client(), APPLICATIONS)).isTrue();
    }

    @Test
    void without_the_scope_a_client_is_not_concerned() {
        byDefault.put("Applications", scope());

        assertThat(OptIn.concerns(client(), APPLICATIONS)).isFalse();
        assertThat(OptIn.isOptional(client(), APPLICATIONS)).isFalse();
    }

    private ClientModel client() {
        return Fake.of(ClientModel.class)
                .doing("getClientScopes", arguments -> (boolean) arguments[0] ? byDefault : optional)
                .build();
    }

    private static ClientScopeModel scope() {
        return Fake.of(ClientScopeModel.class).build();
    }
}
