package io.github.multiclientauth.facade.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.facade.web.RawHttp.Answer;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** A facade that runs but is not ready: an orchestrator sends it no requests, and does not restart it. */
@QuarkusTest
@TestProfile(TwoApplications.WithoutDirectory.class)
class NotReadyTest {

    @TestHTTPResource
    URI server;

    @TestHTTPResource(value = "/", management = true)
    URI management;

    private Answer health(String kind) {
        return new RawHttp(management.getPort()).send("", "GET /q/health/" + kind + " HTTP/1.1", "Host: management");
    }

    @Test
    void readiness_gives_the_reason() {
        Answer answer = health("ready");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).contains("\"name\": \"directory\"", "\"status\": \"DOWN\"", "\"problem\": \"");
    }

    @Test
    void it_is_alive_and_started() {
        assertThat(health("live").status()).isEqualTo(200);
        assertThat(health("started").status()).isEqualTo(200);
    }

    @Test
    void every_request_is_refused_and_counted() {
        Answer session =
                new RawHttp(server.getPort()).send("", "GET /api/auth/session HTTP/1.1", "Host: portfolio.test");
        String metrics = new RawHttp(management.getPort())
                .send("", "GET /q/metrics HTTP/1.1", "Host: management")
                .body();

        assertThat(session.status()).isEqualTo(503);
        assertThat(metrics)
                .containsPattern("multi_client_auth_refused_requests_total\\{reason=\"not_ready\"} [1-9]")
                .contains("multi_client_auth_ready 0.0")
                .contains("multi_client_auth_directory_applications 0.0")
                .contains("multi_client_auth_directory_confirmed_timestamp_seconds 0.0");
    }
}
