package io.github.multiclientauth.facade.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.facade.web.RawHttp.Answer;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What only operators can read, at a port of its own. */
@QuarkusTest
@TestProfile(TwoApplications.class)
class ManagementPortTest {

    private static final String PORTFOLIO = "Host: portfolio.test";

    @TestHTTPResource
    URI server;

    @TestHTTPResource(value = "/", management = true)
    URI management;

    @ConfigProperty(name = "quarkus.application.version")
    String version;

    @ConfigProperty(name = "quarkus.management.host")
    String managementHost;

    private Answer get(String path, String... headers) {
        String[] head = new String[headers.length + 1];
        head[0] = "GET " + path + " HTTP/1.1";
        System.arraycopy(headers, 0, head, 1, headers.length);
        return new RawHttp(server.getPort()).send("", head);
    }

    private Answer operator(String path, String... headers) {
        String[] head = new String[headers.length + 2];
        head[0] = "GET " + path + " HTTP/1.1";
        head[1] = "Host: management";
        System.arraycopy(headers, 0, head, 2, headers.length);
        return new RawHttp(management.getPort()).send("", head);
    }

    @Test
    void it_listens_on_this_machine_only_by_default() {
        assertThat(managementHost).isEqualTo("127.0.0.1");
    }

    private List<String> metrics() {
        return operator("/q/metrics").body().lines().toList();
    }

    private double value(String series) {
        return metrics().stream()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElse(0);
    }

    @Test
    void the_build_is_a_metric() {
        assertThat(metrics())
                .filteredOn(line -> line.startsWith("multi_client_auth_build_info{"))
                .singleElement(InstanceOfAssertFactories.STRING)
                .matches("\\S+\\{commit=\"(unknown|[0-9a-f]{40})\",version=\"" + version + "\"} 1\\.0");
    }

    @Test
    void metrics_are_also_available_as_open_metrics() {
        Answer answer = operator("/q/metrics", "Accept: application/openmetrics-text;version=1.0.0,*/*;q=0.1");

        assertThat(answer.header("content-type").orElse("")).startsWith("application/openmetrics-text");
        assertThat(answer.body().stripTrailing()).endsWith("# EOF");
    }

    @Test
    void what_happens_at_the_routes_is_counted() {
        String read = "multi_client_auth_session_reads_total{client=\"portfolio\",outcome=\"nobody\"}";
        String start = "multi_client_auth_sign_ins_total{client=\"portfolio\",outcome=\"keycloak_unavailable\","
                + "provider=\"github\"}";
        double reads = value(read);
        double starts = value(start);
        double asked = value(
                "multi_client_auth_keycloak_requests_seconds_count{endpoint=\"metadata\"," + "outcome=\"no_answer\"}");

        get("/api/auth/session", PORTFOLIO);
        get("/api/auth/signin/github", PORTFOLIO);

        assertThat(value(read)).isEqualTo(reads + 1);
        assertThat(value(start)).isEqualTo(starts + 1);
        assertThat(value("multi_client_auth_keycloak_requests_seconds_count{endpoint=\"metadata\","
                        + "outcome=\"no_answer\"}"))
                .isEqualTo(asked + 1);
    }

    @Test
    void answers_are_timed_by_their_route() {
        get("/api/auth/session", PORTFOLIO);

        assertThat(value("http_server_requests_seconds_count{method=\"GET\",status=\"200\",uri=\"/api/auth/session\"}"))
                .isPositive();
    }

    @Test
    void a_request_whose_client_goes_away_has_no_status() {
        String reset = "http_server_requests_seconds_count{method=\"POST\",status=\"RESET\",uri=\"/api/auth/signout\"}";
        double before = value(reset);
        String ok = reset.replace("RESET", "200");
        double answered = value(ok);

        new RawHttp(server.getPort()).giveUp("POST /api/auth/signout HTTP/1.1", PORTFOLIO, "Content-Length: 100");

        // The facade sees it a little later; each look is a request.
        for (int look = 0; value(reset) == before && look < 1000; look++) {}
        assertThat(value(reset)).isEqualTo(before + 1);
        assertThat(value(ok)).isEqualTo(answered);
    }

    @Test
    void the_directory_is_in_the_metrics() {
        assertThat(value("multi_client_auth_ready")).isEqualTo(1);
        assertThat(value("multi_client_auth_directory_applications")).isEqualTo(4);
        assertThat(value("multi_client_auth_directory_confirmed_timestamp_seconds"))
                .isPositive();
    }

    @Test
    void a_flood_of_made_up_values_makes_no_series() {
        flood("warm-up", 1);
        List<String> before = seriesOfRequests();

        flood("flood", 50);

        assertThat(seriesOfRequests()).isEqualTo(before);
        assertThat(metrics()).noneMatch(line -> line.contains("flood"));
    }

    /** Leaves out the values, and the series of the JVM, which has more of them after a garbage collection. */
    private List<String> seriesOfRequests() {
        return metrics().stream()
                .filter(line -> line.startsWith("multi_client_auth_") || line.startsWith("http_"))
                .map(line -> line.substring(0, line.lastIndexOf(' ')))
                .sorted()
                .toList();
    }

    private void flood(String word, int times) {
        IntStream.range(0, times).forEach(i -> {
            String made = word + "-" + i;
            get("/api/auth/signin/" + made, PORTFOLIO);
            get("/api/auth/callback/" + made + "?state=" + made + "&code=" + made, PORTFOLIO);
            get("/api/auth/" + made, PORTFOLIO);
            get("/" + made, PORTFOLIO);
            get("/api/auth/session?" + made, "Host: " + made + ".test");
            new RawHttp(server.getPort()).send("", "X" + made + " /api/auth/session HTTP/1.1", PORTFOLIO);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/metrics",
                "/q/metrics",
                "/q/info",
                "/status",
                "/status.json",
                "/openapi",
                "/openapi/facade.yaml",
                "/q/health",
                "/q/health/live",
                "/q/health/ready",
                "/q/health/started",
                "/q/",
                "/q/../q/metrics",
                "//q/metrics",
                "/api/auth/../../q/metrics",
                "/api/auth/q/metrics",
            })
    void the_public_port_serves_nothing_for_operators(String path) {
        assertThat(get(path, PORTFOLIO).status()).isIn(400, 404);
    }

    @Test
    void only_operators_see_the_version() {
        assertThat(operator("/q/info").body()).contains("\"version\" : \"" + version + "\"");
        for (String path : List.of("/", "/api/auth/error", "/api/auth/signin", "/api/auth/session", "/api/auth/nope")) {
            Answer answer = get(path, PORTFOLIO);
            assertThat(answer.body()).doesNotContain(version);
            assertThat(answer.headers()).noneMatch(header -> header.contains(version));
        }
    }

    @Test
    void the_openapi_files_have_the_version() {
        for (String name : List.of("facade", "extension")) {
            Answer answer = operator("/openapi/" + name + ".yaml");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("content-type")).contains("application/yaml");
            assertThat(answer.body())
                    .startsWith("#")
                    .contains("openapi: 3.1.0", "\n  version: \"" + version + "\"\n")
                    .doesNotContain("version: current");
        }
        assertThat(operator("/openapi").header("location")).contains("openapi/facade.yaml");
    }

    @ParameterizedTest
    @ValueSource(strings = {"live", "started", "ready"})
    void health_is_reported(String kind) {
        Answer answer = operator("/q/health/" + kind);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("\"status\": \"UP\"");
    }

    @Test
    void readiness_says_when_the_applications_were_last_known() {
        assertThat(operator("/q/health/ready").body()).contains("\"name\": \"directory\"", "\"confirmedAt\": \"");
    }
}
