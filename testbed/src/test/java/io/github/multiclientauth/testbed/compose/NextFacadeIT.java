package io.github.multiclientauth.testbed.compose;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.multiclientauth.testbed.launch.Ports;
import io.github.multiclientauth.testbed.proxy.Nginx;
import io.github.multiclientauth.testbed.proxy.RawRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the shipped nginx configuration in the nginx of this machine with two servers in place of the facades. The first one fails. */
@Tag("compose")
class NextFacadeIT {

    private static final int REQUESTS = 4;

    @TempDir
    private Path work;

    private final AtomicInteger reached = new AtomicInteger();
    private HttpServer failing;
    private HttpServer other;
    private volatile Failure failure;
    private Nginx nginx;
    private int port;

    /** How a facade fails after it has received a request. */
    private interface Failure {
        void fail(HttpExchange exchange) throws IOException;
    }

    @BeforeEach
    void start() throws Exception {
        failing = server();
        failing.createContext("/", exchange -> {
            reached.incrementAndGet();
            failure.fail(exchange);
        });
        other = server();
        other.createContext("/", exchange -> {
            reached.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        port = Ports.free().portfolio();
        String location = Files.readString(
                        Path.of(System.getProperty("testbed.root")).resolve("deploy/nginx/facade.conf"))
                .replace("facade:8090", "facades");
        nginx = Nginx.start(work, port, List.of("""
                upstream facades {
                    server 127.0.0.1:%d max_fails=0;
                    server 127.0.0.1:%d max_fails=0;
                }
                server { listen 127.0.0.1:%d; %s }
                """.formatted(
                        failing.getAddress().getPort(), other.getAddress().getPort(), port, location)));
    }

    @AfterEach
    void stop() {
        nginx.close();
        failing.stop(0);
        other.stop(0);
    }

    @Test
    void reads_are_repeated_if_a_facade_is_killed_meanwhile() throws IOException {
        failure = HttpExchange::close;

        assertThat(answered("GET")).isEqualTo(REQUESTS);
        assertThat(reached).hasValueGreaterThan(REQUESTS);
    }

    @Test
    void reads_are_repeated_if_a_facade_does_not_know_its_applications_yet() throws IOException {
        failure = exchange -> {
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
        };

        assertThat(answered("GET")).isEqualTo(REQUESTS);
        assertThat(reached).hasValueGreaterThan(REQUESTS);
    }

    @Test
    void a_post_is_never_repeated() throws IOException {
        failure = HttpExchange::close;

        assertThat(answered("POST")).isPositive().isLessThan(REQUESTS);
        assertThat(reached).hasValue(REQUESTS);
    }

    /** The number of requests that were answered with 200. */
    private int answered(String method) throws IOException {
        int answered = 0;
        for (int i = 0; i < REQUESTS; i++) {
            String answer = RawRequest.plain(
                    port, List.of(method + " /api/auth/session HTTP/1.1", "Host: portfolio", "Content-Length: 0"));
            answered += answer.startsWith("HTTP/1.1 200 ") ? 1 : 0;
        }
        return answered;
    }

    private static HttpServer server() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        return server;
    }
}
