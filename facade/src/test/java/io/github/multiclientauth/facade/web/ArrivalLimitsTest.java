package io.github.multiclientauth.facade.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.facade.fake.HostileInput;
import io.github.multiclientauth.facade.web.RawHttp.Answer;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that do not arrive completely, over real sockets, with limits that are reached soon. */
@QuarkusTest
@TestProfile(TwoApplications.WithNarrowLimits.class)
class ArrivalLimitsTest {

    private static final String PORTFOLIO = "Host: portfolio.test";

    @TestHTTPResource
    URI server;

    @TestHTTPResource(value = "/", management = true)
    URI management;

    @BeforeEach
    void install_gates() {
        GatesInTests.install(server.getPort());
        GatesInTests.install(management.getPort());
    }

    private RawConnection open() {
        return new RawConnection(server.getPort());
    }

    private Answer session() {
        return new RawHttp(server.getPort()).send("", "GET /api/auth/session HTTP/1.1", PORTFOLIO);
    }

    /** All at once: each of them is closed only when its time is over. */
    @HostileInput(row = 38, advisory = "Slowloris")
    @Test
    void an_incomplete_head_times_out() {
        List<String> halves = List.of(
                "G",
                "GET /api/auth/session HTTP/1.1\r\nHost: portfo",
                "GET /api/auth/session HTTP/1.1\r\nHost: portfolio.test\r\n",
                "POST /api/auth/signout HTTP/1.1\r\nX: 1");
        List<RawConnection> connections = new ArrayList<>();
        try {
            for (int port : List.of(server.getPort(), management.getPort())) {
                halves.forEach(half -> connections.add(new RawConnection(port).write(half)));
            }

            assertThat(connections)
                    .allSatisfy(connection -> assertThat(connection.untilClosed())
                            .startsWith("HTTP/1.1 408 ")
                            .contains("Connection: close"));
        } finally {
            connections.forEach(RawConnection::close);
        }
    }

    /** Neither by bytes that come one by one nor by requests that were answered before. */
    @HostileInput(row = 38, advisory = "Slowloris")
    @Test
    void further_bytes_do_not_extend_the_time_for_a_head() {
        try (RawConnection connection = open()) {
            connection.head("GET /api/auth/session HTTP/1.1", PORTFOLIO);
            connection.write("GET /api/auth/session HTTP/1.1\r\nX: ");
            int taken = 0;
            while (taken < 2_000_000 && connection.takes("x")) {
                taken++;
            }

            assertThat(taken).isLessThan(2_000_000);
        }
    }

    @HostileInput(row = 38, advisory = "Slowloris")
    @Test
    void an_incomplete_body_times_out() {
        List<String> paths = List.of(
                "/api/auth/signout", "/api/auth/session", "/api/auth/signin/github", "/api/auth/backchannel-logout");
        List<RawConnection> connections = new ArrayList<>();
        try {
            for (String path : paths) {
                RawConnection connection = open();
                connections.add(connection);
                connection
                        .head(
                                "POST " + path + " HTTP/1.1",
                                PORTFOLIO,
                                "Content-Type: application/x-www-form-urlencoded",
                                "Content-Length: 100")
                        .write("csrfToken=");
            }

            assertThat(connections)
                    .allSatisfy(connection -> assertThat(connection.untilClosed())
                            .startsWith("HTTP/1.1 408 ")
                            .containsIgnoringCase("connection: close")
                            .containsIgnoringCase("cache-control: private, no-cache, no-store"));
        } finally {
            connections.forEach(RawConnection::close);
        }
    }

    /** Its answer does not depend on it. */
    @HostileInput(row = 38, advisory = "Slowloris")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/auth/csrf",
                "GET /api/auth/client.js",
                "GET /nowhere",
                "POST /nowhere",
                "POST /api/auth/nope",
                "PUT /api/auth/session",
                "OPTIONS /api/auth/session"
            })
    void after_the_answer_the_connection_does_not_wait_for_an_unread_body(String line) {
        for (String body : List.of("Content-Length: 100", "Transfer-Encoding: chunked")) {
            try (RawConnection connection = open()) {
                String read =
                        connection.head(line + " HTTP/1.1", PORTFOLIO, body).untilClosed();

                assertThat(read).startsWith("HTTP/1.1 ").containsIgnoringCase("connection: close");
            }
        }
    }

    @Test
    void a_body_that_is_too_large_ends_the_connection() {
        try (RawConnection connection = open()) {
            connection.head(
                    "POST /api/auth/signout HTTP/1.1",
                    PORTFOLIO,
                    "Content-Type: application/x-www-form-urlencoded",
                    "Content-Length: 100000000");
            connection.write("x".repeat(40_000));

            assertThat(connection.untilClosed()).startsWith("HTTP/1.1 413 ").containsIgnoringCase("connection: close");
        }
    }

    /** Each holds nearly 32 KiB, together more than three times what they may: the oldest give way. */
    @HostileInput(row = 38, advisory = "CVE-2026-47244")
    @Test
    void incomplete_bodies_together_hold_no_more_than_the_limit() {
        List<RawConnection> connections = new ArrayList<>();
        try {
            IntStream.range(0, 200).forEach(i -> {
                RawConnection connection = open();
                connections.add(connection);
                connection
                        .head(
                                "POST /api/auth/signout HTTP/1.1",
                                PORTFOLIO,
                                "Content-Type: application/x-www-form-urlencoded",
                                "Content-Length: 32000")
                        .write("x".repeat(31_000));
            });

            assertThat(connections.get(0).untilClosed()).startsWith("HTTP/1.1 503 ");
            assertThat(session().status()).isEqualTo(200);
        } finally {
            connections.forEach(RawConnection::close);
        }
    }

    @HostileInput(row = 38, advisory = "Slowloris")
    @Test
    void incomplete_heads_together_hold_no_more_than_the_limit() {
        List<RawConnection> connections = new ArrayList<>();
        try {
            IntStream.range(0, 200).forEach(i -> {
                RawConnection connection = open();
                connections.add(connection);
                connection.write("GET /api/auth/session HTTP/1.1\r\nX: ");
            });

            assertThat(connections.get(0).untilClosed()).startsWith("HTTP/1.1 503 ");
            assertThat(session().status()).isEqualTo(200);
        } finally {
            connections.forEach(RawConnection::close);
        }
    }

    /** One connection of HTTP/2 needed so many to end a facade. Complete requests are still answered. */
    @HostileInput(row = 38, advisory = "CVE-2026-47244")
    @Test
    void eight_thousand_incomplete_posts_do_not_affect_other_requests() {
        List<RawConnection> last = new ArrayList<>();
        try {
            IntStream.range(0, 8_600).forEach(i -> {
                RawConnection connection = open();
                connection.takes("POST /api/auth/signout HTTP/1.1\r\n" + PORTFOLIO
                        + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 32000\r\n\r\nx");
                last.add(connection);
                if (last.size() > 150) {
                    last.remove(0).close();
                }
                if (i % 1_000 == 0) {
                    assertThat(session().status()).isEqualTo(200);
                }
            });

            assertThat(session().status()).isEqualTo(200);
        } finally {
            last.forEach(RawConnection::close);
        }
    }

    /** A page is a hundred times as long as the request for it: answers would pile up in memory. */
    @HostileInput(row = 38, advisory = "slow reading")
    @Test
    void unread_answers_do_not_pile_up() {
        String request = "GET /api/auth/signin HTTP/1.1\r\n" + PORTFOLIO + "\r\n\r\n";
        try (RawConnection connection = open()) {
            long written = Stream.generate(() -> request.repeat(100))
                    .limit(100)
                    .takeWhile(connection::takes)
                    .count();

            // At least the answers that the machine itself has taken, and never all of them.
            assertThat(written).isPositive();
            assertThat(connection.untilClosed().split("HTTP/1.1 200", -1).length)
                    .isLessThan(8_000);
        }
    }

    @Test
    void a_few_requests_at_once_are_answered_in_their_order() {
        try (RawConnection connection = open()) {
            connection.write(("GET /api/auth/session HTTP/1.1\r\n" + PORTFOLIO + "\r\n\r\n").repeat(5)
                    + "GET /api/auth/nope HTTP/1.1\r\nConnection: close\r\n" + PORTFOLIO + "\r\n\r\n");

            assertThat(connection.untilClosed()).matches("(?s)(HTTP/1.1 200 .*?null){5}HTTP/1.1 400 .*");
        }
    }

    @Test
    void a_body_in_pieces_is_read_and_the_connection_stays_open() {
        try (RawConnection connection = open()) {
            connection
                    .head(
                            "POST /api/auth/_log HTTP/1.1",
                            PORTFOLIO,
                            "Content-Type: application/x-www-form-urlencoded",
                            "Content-Length: 10")
                    .write("code=")
                    .write("12345");
            connection.head("GET /api/auth/session HTTP/1.1", PORTFOLIO, "Connection: close");

            assertThat(connection.untilClosed()).matches("(?s)HTTP/1.1 200 .*HTTP/1.1 200 .*null");
        }
    }
}
