package io.github.multiclientauth.facade.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.facade.oidc.KeycloakEndpoint;
import io.github.multiclientauth.facade.oidc.KeycloakWatch.Exchange;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeycloakTimersTest {

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final KeycloakTimers timers = new KeycloakTimers(registry);

    private Exchange begin(KeycloakEndpoint endpoint) {
        return timers.begin(endpoint, "GET", URI.create("http://127.0.0.1:1/secret"), (name, value) -> {
            throw new AssertionError("A timer sends nothing");
        });
    }

    private long count(String endpoint, String outcome) {
        return registry.get("multi.client.auth.keycloak.requests")
                .tags("endpoint", endpoint, "outcome", outcome)
                .timer()
                .count();
    }

    @ParameterizedTest
    @CsvSource({"200, success", "304, success", "400, client_error", "401, client_error", "503, server_error"})
    void an_answer_counts_by_its_status(int status, String outcome) {
        begin(KeycloakEndpoint.TOKEN).answered(status);

        assertThat(count("token", outcome)).isEqualTo(1);
        assertThat(count("directory", outcome)).isZero();
    }

    @Test
    void no_answer_counts_as_such() {
        begin(KeycloakEndpoint.PUSHED_REQUEST).failed(new IOException("connection refused"));

        assertThat(count("pushed_request", "no_answer")).isEqualTo(1);
    }
}
