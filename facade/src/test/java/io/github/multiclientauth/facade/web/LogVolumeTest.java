package io.github.multiclientauth.facade.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.facade.fake.LogLines;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Strangers send as much as they like, and the log stays readable. */
@QuarkusTest
@TestProfile(TwoApplications.class)
class LogVolumeTest {

    private static final String PORTFOLIO = "Host: portfolio.test";
    private static final int MANY = 40;

    /** One in a minute, and one more if the test reaches into a second one, each with a line that says how many more. */
    private static final int FEW = 4;

    private final LogLines log = new LogLines();

    @TestHTTPResource
    URI server;

    @TestHTTPResource(value = "/", management = true)
    URI management;

    @BeforeEach
    void listen() {
        GatesInTests.install(server.getPort());
        log.listen();
    }

    @AfterEach
    void listenNoMore() {
        log.close();
    }

    private void get(String path, String... headers) {
        String[] head = new String[headers.length + 1];
        head[0] = "GET " + path + " HTTP/1.1";
        System.arraycopy(headers, 0, head, 1, headers.length);
        new RawHttp(server.getPort()).send("", head);
    }

    private void post(String path, String body) {
        new RawHttp(server.getPort())
                .send(body, "POST " + path + " HTTP/1.1", PORTFOLIO, "Content-Type: application/x-www-form-urlencoded");
    }

    private long refused(String reason) {
        String series = "multi_client_auth_refused_requests_total{reason=\"" + reason + "\"} ";
        return new RawHttp(management.getPort())
                .send("", "GET /q/metrics HTTP/1.1", "Host: management")
                .body()
                .lines()
                .filter(line -> line.startsWith(series))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(series.length())))
                .sum();
    }

    private void assertQuiet(IntConsumer request) {
        log.lines().clear();
        IntStream.range(0, MANY).forEach(request);
        assertThat(log.lines()).hasSizeLessThanOrEqualTo(FEW);
    }

    @Test
    void requests_for_unknown_hosts_are_written_once_a_minute_and_all_are_counted() {
        long before = refused("unknown_origin");

        assertQuiet(i -> get("/api/auth/session", "Host: h" + i + ".evil.test"));

        assertThat(refused("unknown_origin")).isEqualTo(before + MANY);
    }

    @Test
    void requests_without_a_host_are_written_once_a_minute() {
        assertQuiet(i -> get("/api/auth/session"));
        assertQuiet(i -> new RawHttp(server.getPort()).send("", "GET /api/auth/session HTTP/1.0"));
    }

    @Test
    void malformed_requests_are_written_once_a_minute() {
        assertQuiet(i -> get("/api/auth/session?a=" + i + "&a=" + i, PORTFOLIO));
        assertQuiet(i -> get("/api/auth/session", "Host: h" + i, "Host: x"));
        assertQuiet(i -> post("/api/auth/signout", "a=" + "x".repeat(40_000)));
    }

    @Test
    void refused_requests_are_written_once_a_minute() {
        assertQuiet(i -> post("/api/auth/signout", "csrfToken=" + i));
        assertQuiet(i -> get("/api/auth/signin?callbackUrl=javascript:" + i, PORTFOLIO));
    }

    @Test
    void bogus_callbacks_are_written_once_a_minute() {
        assertQuiet(i -> get("/api/auth/callback/github?state=" + i + "&code=" + i, PORTFOLIO));
        assertQuiet(i -> get("/api/auth/callback/github?error=" + i, PORTFOLIO));
    }

    @Test
    void providers_that_are_made_up_are_written_once_a_minute() {
        assertQuiet(i -> get("/api/auth/signin/made-up-" + i, PORTFOLIO));
    }

    @Test
    void bogus_logout_tokens_are_written_once_a_minute() {
        assertQuiet(i -> post("/api/auth/backchannel-logout", "logout_token=" + i));
    }
}
