package io.github.multiclientauth.testbed.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.testbed.launch.Ports;
import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.web.Loop;
import io.github.multiclientauth.testbed.web.LoopbackServer;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The application in front of a server that records its requests. The test sends requests over a bare socket. */
class DemoApplicationTest {

    private static final List<String> COOKIES = List.of(
            "__Host-a=b%7Cc; Path=/; HttpOnly; Secure; SameSite=Lax", "d=e; Max-Age=0; Path=/api/auth; SameSite=Lax");

    private final Loop loop = new Loop();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final Ports ports = Ports.free();
    private LoopbackServer facade;
    private DemoApplication application;

    private record Received(String method, String target, MultiMap headers, String body) {}

    @BeforeEach
    void start() {
        facade = LoopbackServer.listen(loop.vertx(), "A facade", ports.facade(), this::note);
        application = DemoApplication.start(
                loop.vertx(),
                new DemoApplication.Settings(
                        "Portfolio <b>",
                        new Origin("http", "localhost", ports.portfolio()),
                        ports.facade(),
                        List.of(new Origin("http", "localhost", ports.providers()).toString()),
                        "Dashboard",
                        new Origin("http", "127.0.0.1", ports.dashboard()),
                        List.of(new DemoApplication.Offer("github", "GitHub"))));
    }

    @AfterEach
    void stop() throws Exception {
        application.close();
        facade.close();
        loop.close();
    }

    @Test
    void forwards_the_host_header_unchanged() throws IOException {
        send("GET /api/auth/session HTTP/1.1", "Host: portfolio.example:1234");

        assertThat(received).hasSize(1);
        assertThat(received.get(0).headers().getAll("Host")).containsExactly("portfolio.example:1234");
    }

    @Test
    void neither_adds_nor_drops_forwarded_headers() throws IOException {
        send("GET /api/auth/session HTTP/1.1", "Host: localhost");
        send(
                "GET /api/auth/session HTTP/1.1",
                "Host: localhost",
                "X-Forwarded-Host: evil.example",
                "X-Auth-Return-Redirect: 1",
                "x-client-origin: http://localhost");

        assertThat(received.get(0).headers().names())
                .noneMatch(name -> name.toLowerCase().matches("x-.*|forwarded|via"));
        assertThat(received.get(1).headers())
                .extracting(Map.Entry::getKey, Map.Entry::getValue)
                .contains(
                        org.assertj.core.groups.Tuple.tuple("X-Forwarded-Host", "evil.example"),
                        org.assertj.core.groups.Tuple.tuple("X-Auth-Return-Redirect", "1"),
                        org.assertj.core.groups.Tuple.tuple("x-client-origin", "http://localhost"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD"})
    void forwards_every_method(String method) throws IOException {
        String answer = send(method + " /api/auth/session HTTP/1.1", "Host: localhost");

        assertThat(answer).startsWith("HTTP/1.1 418 ");
        assertThat(received).extracting(Received::method).containsExactly(method);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/auth",
                "/api/auth/",
                "/api/auth//session",
                "/api/auth/%2e%2e/session?a=%2F&b",
                "/api/auth/x/../session",
                "/api/auth/session;v=1",
                "/api/auth/session?x=%zz",
            })
    void forwards_the_target_unchanged(String target) throws IOException {
        send("GET " + target + " HTTP/1.1", "Host: localhost");

        assertThat(received).extracting(Received::target).containsExactly(target);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/authors", "/API/AUTH/session", "/x/../api/auth/session", "/%61pi/auth/session"})
    void forwards_nothing_else(String target) throws IOException {
        String answer = send("GET " + target + " HTTP/1.1", "Host: localhost");

        assertThat(received).isEmpty();
        assertThat(answer).startsWith("HTTP/1.1 404 ");
    }

    @Test
    void forwards_bodies_and_cookies() throws IOException {
        String answer = send(
                "POST /api/auth/signout HTTP/1.1",
                "Host: localhost",
                "Content-Type: application/x-www-form-urlencoded",
                "Content-Length: 11",
                "Cookie: a=1; b=2",
                "",
                "csrf=%7C&x=");

        assertThat(received.get(0).body()).isEqualTo("csrf=%7C&x=");
        assertThat(received.get(0).headers().getAll("Cookie")).containsExactly("a=1; b=2");
        assertThat(answer.lines().filter(line -> line.toLowerCase().startsWith("set-cookie:")))
                .map(line -> line.substring("set-cookie:".length()).strip())
                .containsExactlyElementsOf(COOKIES);
    }

    @Test
    void serves_its_own_page() {
        Answer page = new Visitor().get(URI.create("http://localhost:" + ports.portfolio() + "/"));

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.document().title()).isEqualTo("Portfolio <b>");
        assertThat(page.document().select("a#other").attr("href"))
                .isEqualTo("http://127.0.0.1:" + ports.dashboard() + "/");
        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy)
                        .contains("default-src 'none'", "img-src http://localhost:" + ports.providers() + ";"));
        assertThat(received).isEmpty();
    }

    @Test
    void without_a_facade_it_answers_bad_gateway() throws IOException {
        facade.close();
        send("GET /api/auth/session HTTP/1.1", "Host: localhost");

        assertThat(send("GET /api/auth/session HTTP/1.1", "Host: localhost")).startsWith("HTTP/1.1 502 ");
    }

    /** The facade answers before it has read a large body. Browsers keep their few connections open. */
    @ParameterizedTest
    @CsvSource({
        "/api/auth/signout, 1000000, false, 413",
        "/api/auth/signout, 1000000, true, 413",
        "/api/auth/signout, 100000, false, 413",
        "/api/auth/signout, 50000, true, 418",
        "/api/auth/signout, 50000, false, 418",
        "/, 1000000, true, 404",
        "/elsewhere, 1000000, false, 404",
    })
    @Timeout(value = 30, unit = TimeUnit.SECONDS)
    void goes_on_after_many_large_bodies(String target, int length, boolean chunked, int status) throws IOException {
        LargePost post = new LargePost("localhost", target, length, chunked);
        List<LargePost.Connection> browsers = new ArrayList<>();
        try {
            for (int i = 0; i < 14; i++) {
                LargePost.Connection browser = LargePost.connect(ports.portfolio());
                browsers.add(browser);
                assertThat(browser.send(post)).isEqualTo(status);
                assertThat(browser.send(post)).as("on the same connection").isEqualTo(status);
            }
            assertThat(send("GET /api/auth/session HTTP/1.1", "Host: localhost"))
                    .startsWith("HTTP/1.1 418 ");
            assertThat(send("GET / HTTP/1.1", "Host: localhost")).startsWith("HTTP/1.1 200 ");
        } finally {
            for (LargePost.Connection browser : browsers) {
                browser.close();
            }
        }
        assertThat(received)
                .filteredOn(each -> each.method().equals("POST"))
                .allMatch(each -> each.body().length() == length);
    }

    private void note(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            received.add(new Received(request.method().name(), request.uri(), request.headers(), body.toString()));
            request.response()
                    .setStatusCode(418)
                    .putHeader("Set-Cookie", COOKIES)
                    .end();
        });
    }

    /** Sends one request on a new connection, so that the answer ends with the connection. */
    private String send(String... lines) throws IOException {
        boolean hasBody = List.of(lines).contains("");
        String request = lines[0] + "\r\nConnection: close\r\n"
                + String.join("\r\n", List.of(lines).subList(1, lines.length)) + (hasBody ? "" : "\r\n\r\n");
        try (Socket socket = new Socket("127.0.0.1", ports.portfolio())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
