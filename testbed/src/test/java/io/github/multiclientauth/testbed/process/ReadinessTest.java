package io.github.multiclientauth.testbed.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
class ReadinessTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    Path directory;

    private final AtomicInteger questions = new AtomicInteger();
    private HttpServer server;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.createContext("/health", exchange -> {
            // Like Keycloak, whose port is open long before it is ready.
            exchange.sendResponseHeaders(questions.incrementAndGet() < 3 ? 503 : 200, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void waits_for_the_status_that_means_ready() throws IOException {
        List<Duration> progress = new ArrayList<>();
        try (JavaChild child = start(Programs.Idle.class)) {
            new Readiness().await(child, health(), 200, LONG, progress::add);
        }

        assertThat(questions).hasValue(3);
        assertThat(progress).isNotEmpty();
    }

    @Test
    void a_child_that_ends_is_not_ready_even_if_another_program_answers() throws Exception {
        questions.set(100);
        try (JavaChild child = start(Programs.Environment.class)) {
            child.await(passed -> {});

            assertThatExceptionOfType(StartFailedException.class)
                    .isThrownBy(() -> new Readiness().await(child, health(), 200, LONG, passed -> {}))
                    .withMessageContaining("A child ended while it was starting")
                    .withMessageContaining(child.log().toString());
        }
    }

    @Test
    void waiting_ends_after_the_limit() throws IOException {
        try (JavaChild child = start(Programs.Idle.class)) {
            assertThatExceptionOfType(StartFailedException.class)
                    .isThrownBy(() -> new Readiness().await(child, health(), 418, Duration.ZERO, passed -> {}))
                    .withMessageContaining("was not ready within 0 s");
        }
    }

    @Test
    void can_be_interrupted() throws IOException {
        try (JavaChild child = start(Programs.Idle.class)) {
            Thread.currentThread().interrupt();
            assertThatExceptionOfType(StartFailedException.class)
                    .isThrownBy(() -> new Readiness().await(child, health(), 200, LONG, passed -> {}))
                    .withMessageContaining("was interrupted");
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private URI health() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/health");
    }

    private JavaChild start(Class<?> program) throws IOException {
        return JavaChild.start(
                "A child",
                Programs.java(program, List.of(JavaChild.lifelineOption(directory))),
                Map.of(),
                directory.resolve("child.log"));
    }
}
