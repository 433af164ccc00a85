package io.github.multiclientauth.extension.origin;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.extension.Fake;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.sessions.AuthenticationSessionModel;

class ClientOriginAuthenticatorTest {

    /** {@link Fake} fails on any other call: such a request is neither read nor changed. */
    @Test
    void does_nothing_for_clients_that_have_not_opted_in() {
        ClientModel client = Fake.of(ClientModel.class)
                .answering(
                        "getClientScopes",
                        Map.of("profile", Fake.of(ClientScopeModel.class).build()))
                .build();
        List<String> outcome = new ArrayList<>();
        new ClientOriginAuthenticator()
                .authenticate(Fake.of(AuthenticationFlowContext.class)
                        .answering("getSession", Fake.of(KeycloakSession.class).build())
                        .answering("getAuthenticatorConfig", null)
                        .answering(
                                "getAuthenticationSession",
                                Fake.of(AuthenticationSessionModel.class)
                                        .answering("getClient", client)
                                        .build())
                        .doing("success", arguments -> {
                            outcome.add("success");
                            return null;
                        })
                        .build());
        assertThat(outcome).containsExactly("success");
    }

    @Test
    void asks_for_no_user() {
        assertThat(new ClientOriginAuthenticator().requiresUser()).isFalse();
    }
}
