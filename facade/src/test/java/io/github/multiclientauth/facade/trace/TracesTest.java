package io.github.multiclientauth.facade.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Traces are on, and Keycloak takes no code. */
@QuarkusTest
@TestProfile(TracesTest.Traced.class)
class TracesTest {

    private static final String PARENT = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String CODE = "code-canary";

    /** What Keycloak was asked: path, and the header that says for what. */
    private record Asked(String path, Optional<String> traceparent, boolean baggage) {}

    private static final List<Asked> ASKED = new CopyOnWriteArrayList<>();

    @TestHTTPResource
    URI server;

    @Inject
    CollectedSpans spans;

    public static final class Traced implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> settings = new HashMap<>();
            settings.put("quarkus.http.test-port", "0");
            settings.put("quarkus.management.test-port", "0");
            settings.put("quarkus.otel.sdk.disabled", "false");
            // Each span soon after it has ended.
            settings.put("quarkus.otel.bsp.schedule.delay", "50ms");
            settings.put("AUTH_SECRET", "Zq7vK2mXw9PtR4sYb6NcLd1FhGjUe8Ao");
            settings.put("mca.issuer", "http://127.0.0.1:" + keycloak() + "/realms/test");
            settings.put("mca.directory.client-secret", "directory-client-secret-canary");
            settings.put("mca.clients.portfolio.secret", "portfolio-client-secret-canary");
            return settings;
        }

        private static int keycloak() {
            try {
                HttpServer keycloak = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
                keycloak.createContext("/", TracesTest::answer);
                keycloak.start();
                return keycloak.getAddress().getPort();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        ASKED.add(new Asked(
                path,
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("traceparent")),
                exchange.getRequestHeaders().containsKey("baggage")));
        String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String issuer = "http://127.0.0.1:" + exchange.getLocalAddress().getPort() + "/realms/test";
        boolean refused = form.contains("authorization_code");
        String body = refused
                ? "{\"error\":\"invalid_grant\",\"error_description\":\"" + CODE + "\"}"
                : switch (path.substring(path.lastIndexOf('/') + 1)) {
                    case "openid-configuration" ->
                        "{\"issuer\":\"" + issuer + "\",\"authorization_endpoint\":\"" + issuer
                                + "/auth\",\"token_endpoint\":\"" + issuer + "/token\",\"jwks_uri\":\"" + issuer
                                + "/certs\",\"subject_types_supported\":[\"public\"],"
                                + "\"response_types_supported\":[\"code\"],"
                                + "\"id_token_signing_alg_values_supported\":[\"RS256\"]}";
                    case "token" -> "{\"access_token\":\"token-canary\",\"token_type\":\"Bearer\",\"expires_in\":300}";
                    case "directory" -> Files.readString(Path.of("src/test/resources/two-applications.json"));
                    case "changes" -> "{\"now\":" + System.currentTimeMillis() + ",\"since\":0,\"changes\":[]}";
                    default -> throw new IOException("Nobody is to ask for " + path);
                };
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(refused ? 400 : 200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** The applications are known from then on. */
    @BeforeEach
    void awaitDirectory() throws Exception {
        spans.await(span -> span.getName().equals("poll directory"));
    }

    private static List<String> everything(SpanData span) {
        return List.of(
                span.getName(),
                span.getAttributes().toString(),
                span.getEvents().toString(),
                span.getStatus().toString());
    }

    @Test
    void a_callback_is_one_trace_up_to_keycloak_and_has_nothing_secret_in_it() throws Exception {
        TracedBrowser browser = new TracedBrowser(server.getPort());
        String location = browser.get("/api/auth/signin/github").location();
        String state = parameter(location, "state");

        browser.get("/api/auth/callback/github?code=" + CODE + "&state=" + state, traceparent(PARENT));

        SpanData request = spans.await(PARENT, "GET /api/auth/callback/{provider}");
        SpanData token = spans.await(PARENT, "POST token");
        assertThat(request.getKind()).isEqualTo(SpanKind.SERVER);
        assertThat(request.getTraceId()).isEqualTo(PARENT);
        assertThat(token.getKind()).isEqualTo(SpanKind.CLIENT);
        assertThat(token.getTraceId()).isEqualTo(PARENT);
        assertThat(token.getParentSpanId()).isEqualTo(request.getSpanId());
        assertThat(ASKED)
                .filteredOn(asked -> asked.path().endsWith("/token"))
                .extracting(asked -> asked.traceparent().orElse(""))
                .contains("00-" + PARENT + "-" + token.getSpanId() + "-01");

        assertThat(spans.of(PARENT))
                .allSatisfy(span -> assertThat(everything(span))
                        .noneMatch(text -> text.contains(CODE)
                                || text.contains(state)
                                || text.contains("canary")
                                || text.contains("?")
                                || browser.cookies().stream().anyMatch(text::contains)));
        assertThat(request.getAttributes().asMap().keySet())
                .extracting(key -> key.getKey())
                .containsExactlyInAnyOrder(
                        "http.request.method", "http.route", "url.scheme", "http.response.status_code");
        assertThat(token.getAttributes().asMap().keySet())
                .extracting(key -> key.getKey())
                .containsExactlyInAnyOrder(
                        "http.request.method", "server.address", "server.port", "http.response.status_code");
    }

    @Test
    void a_poll_of_the_directory_is_a_trace_of_its_own() throws Exception {
        SpanData poll = spans.await(span -> span.getName().equals("poll directory"));

        List<SpanData> trace = spans.of(poll.getTraceId());
        assertThat(poll.getParentSpanContext().isValid()).isFalse();
        // The poll of the changes begins at the same time, and may be the one that gets the token for both.
        assertThat(trace)
                .extracting(SpanData::getName)
                .contains("GET directory", "poll directory")
                .isSubsetOf("GET metadata", "POST token", "GET directory", "poll directory");
        assertThat(trace.stream().filter(span -> span != poll))
                .allSatisfy(span -> {
                    assertThat(span.getParentSpanId()).isEqualTo(poll.getSpanId());
                    assertThat(ASKED)
                            .extracting(asked -> asked.traceparent().orElse(""))
                            .contains("00-" + poll.getTraceId() + "-" + span.getSpanId() + "-01");
                })
                .allSatisfy(span -> assertThat(everything(span)).noneMatch(text -> text.contains("canary")));
    }

    @Test
    void other_trace_headers_of_a_client_are_not_sent_to_keycloak() throws Exception {
        String trace = "2af7651916cd43dd8448eb211c80319e";
        TracedBrowser browser = new TracedBrowser(server.getPort());
        String state = parameter(browser.get("/api/auth/signin/github").location(), "state");

        browser.get(
                "/api/auth/callback/github?code=" + CODE + "&state=" + state,
                traceparent(trace),
                "baggage: made-up=canary");

        spans.await(trace, "POST token");
        assertThat(ASKED)
                .filteredOn(asked -> asked.traceparent().orElse("").contains(trace))
                .isNotEmpty()
                .noneMatch(Asked::baggage);
    }

    @Test
    void the_body_of_a_post_is_in_no_span() throws Exception {
        String trace = "0af7651916cd43dd8448eb211c80319c";
        new TracedBrowser(server.getPort())
                .post("/api/auth/signin/github", "callbackUrl=%2F" + CODE, traceparent(trace));

        SpanData request = spans.await(trace, "POST /api/auth/signin/{provider}");
        assertThat(everything(request)).noneMatch(text -> text.contains(CODE));
    }

    @Test
    void a_made_up_path_is_in_no_span() throws Exception {
        String trace = "1af7651916cd43dd8448eb211c80319d";
        new TracedBrowser(server.getPort()).get("/api/auth/signin/made-up", traceparent(trace));

        assertThat(everything(spans.await(trace, "GET /api/auth/signin/{provider}")))
                .noneMatch(text -> text.contains("made-up"));
    }

    private static String traceparent(String trace) {
        return "traceparent: 00-" + trace + "-00f067aa0ba902b7-01";
    }

    private static String parameter(String url, String name) {
        for (String pair : URI.create(url).getRawQuery().split("&")) {
            if (pair.startsWith(name + "=")) {
                return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
            }
        }
        throw new AssertionError(name + " is not in " + url);
    }
}
