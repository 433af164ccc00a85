package io.github.multiclientauth.extension.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.origin.Origin;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SignInClaimsTest {

    private static final Optional<Origin> APP = Origin.parse("http://localhost:3000");

    @Test
    void tell_of_a_sign_in_through_a_provider() {
        assertThat(SignInClaims.of("portfolio", APP, "github").asMap())
                .isEqualTo(
                        Map.of("clientOrigin", "http://localhost:3000", "clientId", "portfolio", "provider", "github"));
    }

    @Test
    void know_only_the_client_without_a_browser_sign_in() {
        assertThat(SignInClaims.of("portfolio", Optional.empty(), "keycloak").asMap())
                .isEqualTo(Map.of("clientId", "portfolio"));
    }

    @Test
    void do_not_contain_the_origin_of_another_clients_sign_in() {
        assertThat(SignInClaims.of("portfolio", Optional.empty(), "github").asMap())
                .isEqualTo(Map.of("clientId", "portfolio"));
    }
}
