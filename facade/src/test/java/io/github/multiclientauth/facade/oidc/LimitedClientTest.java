package io.github.multiclientauth.facade.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests against servers on loopback that send arbitrary bytes. */
@Timeout(60)
class LimitedClientTest {

    /** The server's behaviour after it has read the head of a request. */
    @FunctionalInterface
    private interface Conduct {
        void answer(OutputStream out) throws IOException;
    }

    private final List<String> heads = new CopyOnWriteArrayList<>();
    private final CompletableFuture<IOException> gaveUp = new CompletableFuture<>();
    private ServerSocket server;
    private volatile Conduct conduct;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::serve, "server of " + getClass().getSimpleName());
        thread.setDaemon(true);
        thread.start();
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket connection = server.accept()) {
                heads.add(head(connection.getInputStream()));
                conduct.answer(connection.getOutputStream());
            } catch (IOException e) {
                gaveUp.complete(e);
            }
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            int c = in.read();
            if (c < 0) {
                throw new IOException("no request");
            }
            head.append((char) c);
        }
        return head.toString();
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/token");
    }

    private HTTPResponse send(KeycloakEndpoint endpoint) throws IOException {
        return send(endpoint, Duration.ofSeconds(30));
    }

    private HTTPResponse send(KeycloakEndpoint endpoint, Duration read) throws IOException {
        return new LimitedClient(Duration.ofMillis(500), read, Optional.empty())
                .send(endpoint, new HTTPRequest(HTTPRequest.Method.GET, address()));
    }

    private static Conduct full(String headers, byte[] body) {
        return out -> {
            out.write(("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" + headers + "Content-Length: "
                            + body.length + "\r\n\r\n")
                    .getBytes(UTF_8));
            out.write(body);
            out.flush();
        };
    }

    private static byte[] gzip(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    /** Sends bytes until the other side closes the connection. */
    private static void forEver(OutputStream out, byte[] part, long pauseMillis) throws IOException {
        while (true) {
            out.write(part);
            out.flush();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pauseMillis));
        }
    }

    @Test
    void an_answer_is_read_whole_with_its_status_and_headers() throws IOException {
        conduct = full("ETag: \"one\"\r\n", "{\"name\":\"Ä\"}".getBytes(UTF_8));

        HTTPResponse answer = send(KeycloakEndpoint.DIRECTORY);

        assertThat(answer.getStatusCode()).isEqualTo(200);
        assertThat(answer.getBody()).isEqualTo("{\"name\":\"Ä\"}");
        assertThat(answer.getHeaderValue("ETag")).isEqualTo("\"one\"");
        assertThat(answer.getEntityContentType()).hasToString("application/json");
    }

    @Test
    void a_packed_answer_is_unpacked() throws IOException {
        conduct = full("Content-Encoding: gzip\r\n", gzip("{\"name\":\"Ä\"}".getBytes(UTF_8)));

        assertThat(send(KeycloakEndpoint.DIRECTORY).getBody()).isEqualTo("{\"name\":\"Ä\"}");
    }

    @ParameterizedTest
    @EnumSource(KeycloakEndpoint.class)
    void an_answer_without_end_is_refused_and_the_connection_closed(KeycloakEndpoint endpoint) throws Exception {
        byte[] part = new byte[1 << 16];
        conduct = out -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n".getBytes(UTF_8));
            forEver(out, part, 0);
        };

        assertThatThrownBy(() -> send(endpoint))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("larger than " + endpoint.maxBytes());
        assertThat(gaveUp.get(20, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void an_answer_that_says_how_large_it_will_be_is_refused_as_well() {
        conduct = out -> {
            out.write("HTTP/1.1 500 Error\r\nContent-Length: 419430400\r\n\r\n".getBytes(UTF_8));
            forEver(out, new byte[1 << 16], 0);
        };

        assertThatThrownBy(() -> send(KeycloakEndpoint.TOKEN)).hasMessageContaining("larger than");
    }

    @ParameterizedTest
    @EnumSource(KeycloakEndpoint.class)
    void an_answer_that_unpacks_to_too_much_is_refused(KeycloakEndpoint endpoint) throws IOException {
        conduct = full("Content-Encoding: gzip\r\n", gzip(new byte[endpoint.maxBytes() + 1]));
        assertThatThrownBy(() -> send(endpoint)).hasMessageContaining("larger than " + endpoint.maxBytes());

        conduct = full("Content-Encoding: gzip\r\n", gzip(new byte[endpoint.maxBytes()]));
        assertThat(send(endpoint).getBody()).hasSize(endpoint.maxBytes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip, gzip", "br", "deflate", "GZIP\r\nContent-Encoding: gzip"})
    void an_answer_that_is_packed_in_another_way_is_refused(String coding) {
        conduct = full("Content-Encoding: " + coding + "\r\n", gzip(new byte[100]));

        assertThatThrownBy(() -> send(KeycloakEndpoint.TOKEN))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("packed");
    }

    @Test
    void an_answer_that_is_not_packed_as_it_says_is_refused() {
        conduct = full("Content-Encoding: gzip\r\n", "{}".getBytes(UTF_8));

        assertThatThrownBy(() -> send(KeycloakEndpoint.TOKEN)).isInstanceOf(IOException.class);
    }

    @Test
    void headers_without_end_are_refused() {
        byte[] part = ("X-Filler: " + "x".repeat(1 << 14) + "\r\n").getBytes(UTF_8);
        conduct = out -> {
            out.write("HTTP/1.1 200 OK\r\n".getBytes(UTF_8));
            forEver(out, part, 0);
        };

        assertThatThrownBy(() -> send(KeycloakEndpoint.TOKEN)).isInstanceOf(IOException.class);
    }

    /** Each byte arrives in time, but the answer never ends. */
    @Test
    void an_answer_that_drips_is_given_up_and_the_connection_closed() throws Exception {
        conduct = out -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n".getBytes(UTF_8));
            forEver(out, new byte[] {' '}, 10);
        };

        assertThatThrownBy(() -> send(KeycloakEndpoint.TOKEN, Duration.ofMillis(200)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no complete answer within 700 ms");
        assertThat(gaveUp.get(20, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void a_head_that_drips_is_given_up_and_the_connection_closed() throws Exception {
        conduct = out -> {
            out.write("HTTP/1.1 200 OK\r\nX-Filler: ".getBytes(UTF_8));
            forEver(out, new byte[] {'x'}, 10);
        };

        assertThatThrownBy(() -> send(KeycloakEndpoint.PUSHED_REQUEST, Duration.ofMillis(200)))
                .hasMessageContaining("no complete answer within 700 ms");
        assertThat(gaveUp.get(20, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void interim_answers_without_end_are_given_up() {
        conduct = out -> forEver(out, "HTTP/1.1 102 Processing\r\n\r\n".getBytes(UTF_8), 10);

        assertThatThrownBy(() -> send(KeycloakEndpoint.TOKEN, Duration.ofMillis(200)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void the_list_of_applications_may_take_longer_than_others() {
        LimitedClient client = new LimitedClient(Duration.ofSeconds(2), Duration.ofSeconds(10), Optional.empty());

        assertThat(client.longest(KeycloakEndpoint.TOKEN)).isEqualTo(Duration.ofSeconds(12));
        assertThat(client.longest(KeycloakEndpoint.DIRECTORY)).isEqualTo(Duration.ofSeconds(32));
    }

    @Test
    void a_redirect_is_an_answer() throws IOException {
        conduct = out -> out.write(
                ("HTTP/1.1 302 Found\r\nLocation: " + address() + "\r\nContent-Length: 0\r\n\r\n").getBytes(UTF_8));

        assertThat(send(KeycloakEndpoint.TOKEN).getStatusCode()).isEqualTo(302);
        assertThat(heads).hasSize(1);
    }

    /** Many exceptions of java.net.http have no message. */
    @Test
    void failures_are_described_in_words() throws IOException {
        server.close();
        assertThatThrownBy(() -> send(KeycloakEndpoint.TOKEN))
                .satisfies(failure -> assertThat(UpstreamFailure.describe((Exception) failure))
                        .isEqualTo("ConnectException: no connection to "
                                + address().getAuthority()));

        assertThatThrownBy(() -> new LimitedClient(Duration.ofSeconds(5), Duration.ofSeconds(5), Optional.empty())
                        .send(
                                KeycloakEndpoint.TOKEN,
                                new HTTPRequest(HTTPRequest.Method.GET, URI.create("http://nobody.invalid/token"))))
                .isInstanceOf(UnknownHostException.class)
                .hasMessage("nobody.invalid");
        assertThat(UpstreamFailure.describe(new IOException())).isEqualTo("IOException");
        assertThat(UpstreamFailure.describe(new IOException(null, new IllegalStateException())))
                .isEqualTo("IOException");
    }

    /** A container may have such a name, which java.net.URI does not accept as a host. */
    @Test
    void a_name_with_an_underscore_is_looked_up() {
        assertThatThrownBy(() -> new LimitedClient(Duration.ofSeconds(5), Duration.ofSeconds(5), Optional.empty())
                        .send(
                                KeycloakEndpoint.TOKEN,
                                new HTTPRequest(HTTPRequest.Method.GET, URI.create("http://no_body.invalid/token"))))
                .isInstanceOf(UnknownHostException.class);
    }
}
