package io.github.multiclientauth.facade.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a small server on loopback. */
class PackedAnswerTest {

    private final List<String> accepted = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private volatile int status = 200;
    private volatile boolean packed;
    private volatile byte[] body;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            accepted.add(exchange.getRequestHeaders().getFirst("Accept-Encoding"));
            exchange.getResponseHeaders().set("ETag", "\"one\"");
            if (packed) {
                exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            }
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private PackedAnswer answer() throws IOException {
        HTTPRequest request = new HTTPRequest(
                HTTPRequest.Method.GET,
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
        request.setReadTimeout(10_000);
        return PackedAnswer.to(request);
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }

    @Test
    void is_unpacked() throws IOException {
        packed = true;
        body = gzip("{\"name\":\"Ä\"}".getBytes(UTF_8));

        PackedAnswer answer = answer();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"name\":\"Ä\"}");
        assertThat(answer.tag()).contains("\"one\"");
        assertThat(accepted).containsExactly("gzip");
    }

    @Test
    void may_be_plain() throws IOException {
        body = "{\"name\":\"Ä\"}".getBytes(UTF_8);

        assertThat(answer().body()).isEqualTo("{\"name\":\"Ä\"}");
    }

    @Test
    void has_no_body_with_another_status() throws IOException {
        status = 404;
        body = "nothing for us".getBytes(UTF_8);
        assertThat(answer()).isEqualTo(new PackedAnswer(404, Optional.of("\"one\""), ""));

        status = 304;
        body = new byte[0];
        assertThat(answer().status()).isEqualTo(304);
    }

    @Test
    void is_refused_when_it_is_not_what_it_says() {
        packed = true;
        body = "not packed".getBytes(UTF_8);

        assertThatThrownBy(this::answer).isInstanceOf(IOException.class);
    }

    @Test
    void is_refused_when_it_unpacks_to_more_than_a_directory_has() throws IOException {
        packed = true;
        body = gzip(new byte[PackedAnswer.LIMIT + 1]);

        assertThatThrownBy(this::answer).isInstanceOf(IOException.class).hasMessageContaining("larger than");

        body = gzip(new byte[PackedAnswer.LIMIT]);
        assertThat(answer().body()).hasSize(PackedAnswer.LIMIT);
    }
}
