package io.github.multiclientauth.testbed.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.multiclientauth.origin.Origin;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VisitorTest {

    private final Visitor visitor = new Visitor();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void follows_redirects_and_sends_cookies() {
        redirect("/first", "/second?x=1", "seen=yes; Path=/");
        page("/second", "<title>Here</title>");

        Answer end = visitor.browse(at("/first"));

        assertThat(end.address()).isEqualTo(at("/second?x=1"));
        assertThat(end.status()).isEqualTo(200);
        assertThat(requests).containsExactly("GET /first null ", "GET /second?x=1 seen=yes ");
        assertThat(visitor.history()).hasSize(2);
    }

    @Test
    void stops_before_a_redirect_that_leads_to_an_origin() {
        redirect("/first", "/second", "");
        redirect("/second", "http://localhost:1/callback?code=1", "");

        Answer last = visitor.followTo(visitor.get(at("/first")), new Origin("http", "localhost", 1));

        assertThat(last.location()).hasValue(URI.create("http://localhost:1/callback?code=1"));
    }

    @Test
    void a_page_before_that_origin_is_a_failure() {
        redirect("/first", "/second", "");
        page("/second", "<title>Sorry</title>");

        assertThatExceptionOfType(ProofFailedException.class)
                .isThrownBy(() -> visitor.followTo(visitor.get(at("/first")), new Origin("http", "localhost", 1)))
                .withMessageContaining("Sorry");
    }

    /** The canary of the end-to-end tests: every browser that they simulate is one of these. */
    @Test
    void a_token_in_an_answer_is_a_failure_unless_a_server_asked_for_it() {
        String claims = "{\"iss\":\"http://localhost/realms/r\",\"typ\":\"Bearer\"}";
        String token = "e30." + Base64.getUrlEncoder().encodeToString(claims.getBytes(StandardCharsets.UTF_8)) + ".x";
        page("/body", token);
        redirect("/address", "/somewhere?x=" + token, "");
        redirect("/cookie", "/somewhere", "x=" + token);

        for (String path : List.of("/body", "/address", "/cookie")) {
            assertThatExceptionOfType(ProofFailedException.class)
                    .as(path)
                    .isThrownBy(() -> visitor.get(at(path)))
                    .withMessageContaining("Bearer")
                    .withMessageNotContaining(token);
        }
        assertThatExceptionOfType(ProofFailedException.class)
                .isThrownBy(
                        () -> visitor.post(at("/body"), Map.of("client_secret", "x"), "Sec-Fetch-Site", "same-origin"));
        assertThat(visitor.post(at("/body"), Map.of("client_secret", "x")).body())
                .isEqualTo(token);
    }

    @Test
    void redirects_in_a_circle_end() {
        redirect("/circle", "/circle", "");

        assertThatExceptionOfType(ProofFailedException.class).isThrownBy(() -> visitor.browse(at("/circle")));
    }

    @Test
    void presses_a_button_of_a_form() {
        page("/form", """
                <form method="post" action="/target"><input type="hidden" name="h" value="1 &amp; 2">
                <button name="who" value="ada">Ada</button><button name="cancel" value="true">No</button></form>
                """);
        page("/target", "done");

        visitor.press(visitor.get(at("/form")), "button[name=who]");

        assertThat(requests).last().isEqualTo("POST /target null h=1+%26+2&who=ada");
    }

    @Test
    void a_get_form_puts_its_fields_into_the_query() {
        page("/form", "<form action='/target'><input name='a' value='1'><button>Go</button></form>");
        page("/target", "done");

        visitor.press(visitor.get(at("/form")), "button");

        assertThat(requests).last().isEqualTo("GET /target?a=1 null ");
    }

    @Test
    void an_error_for_a_missing_button_names_the_page() {
        page("/form", "<title>Empty</title>");

        assertThatExceptionOfType(ProofFailedException.class)
                .isThrownBy(() -> visitor.press(visitor.get(at("/form?code=canary")), "button"))
                .withMessageContaining("Empty")
                .withMessageNotContaining("canary");
    }

    @Test
    void posts_forms_and_json_and_sends_headers() {
        page("/target", "{\"a\":1}");

        Answer answer = visitor.post(at("/target"), Map.of("b", "2"), "X-Auth-Return-Redirect", "1");
        visitor.postJson(at("/target"), "{\"c\":3}");

        assertThat(answer.json().path("a").asInt()).isEqualTo(1);
        assertThat(requests).containsExactly("POST /target null b=2", "POST /target null {\"c\":3}");
    }

    @Test
    void an_unreachable_host_is_named() {
        server.stop(0);

        assertThatExceptionOfType(ProofFailedException.class)
                .isThrownBy(() -> visitor.get(at("/x?code=canary")))
                .withMessageContaining("127.0.0.1:" + server.getAddress().getPort())
                .withMessageNotContaining("canary");
    }

    private URI at(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private void redirect(String path, String location, String setCookie) {
        server.createContext(path, exchange -> {
            exchange.getResponseHeaders().add("Location", location);
            if (!setCookie.isEmpty()) {
                exchange.getResponseHeaders().add("Set-Cookie", setCookie);
            }
            answer(exchange, 302, "");
        });
    }

    private void page(String path, String html) {
        server.createContext(path, exchange -> answer(exchange, 200, html));
    }

    private void answer(HttpExchange exchange, int status, String text) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                + exchange.getRequestHeaders().getFirst("Cookie") + " " + body);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
