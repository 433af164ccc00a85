package io.github.multiclientauth.facade.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.facade.fake.HostileInput;
import io.github.multiclientauth.facade.web.Http2Bytes.Frame;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Where an operator has turned HTTP/2 on. */
@QuarkusTest
@TestProfile(TwoApplications.WithHttp2.class)
class Http2LimitsTest {

    private static final int MAX_CONCURRENT_STREAMS = 3;

    @TestHTTPResource
    URI server;

    @TestHTTPResource(value = "/", management = true)
    URI management;

    private RawConnection open() {
        RawConnection connection = new RawConnection(server.getPort());
        return connection.write(Http2Bytes.PREFACE).write(Http2Bytes.settings());
    }

    private static Frame next(RawConnection connection, Predicate<Frame> wanted) {
        Frame frame = Frame.read(connection);
        while (!wanted.test(frame)) {
            frame = Frame.read(connection);
        }
        return frame;
    }

    @HostileInput(
            row = 38,
            advisory = {"CVE-2026-47244", "CVE-2023-44487"})
    @Test
    void streams_of_one_connection_are_limited() {
        try (RawConnection connection = open()) {
            Frame settings = next(connection, frame -> frame.type() == Http2Bytes.SETTINGS);
            ByteBuffer pairs = ByteBuffer.wrap(settings.payload());
            int streams = -1;
            while (pairs.hasRemaining()) {
                int name = pairs.getShort();
                int value = pairs.getInt();
                streams = name == MAX_CONCURRENT_STREAMS ? value : streams;
            }
            assertThat(streams).isEqualTo(100);

            // One that ends nothing of the contract but is not complete, so that it stays open.
            for (int stream = 1; stream <= 2 * 101; stream += 2) {
                connection.write(Http2Bytes.post(stream, "portfolio.test", "/api/auth/signout"));
            }
            Frame refused = next(
                    connection, frame -> frame.type() == Http2Bytes.RST_STREAM || frame.type() == Http2Bytes.GOAWAY);
            assertThat(refused.type()).isEqualTo(Http2Bytes.RST_STREAM);
            assertThat(refused.stream()).isEqualTo(2 * 101 - 1);
        }
    }

    @HostileInput(row = 38, advisory = "CVE-2026-47244")
    @Test
    void a_body_that_does_not_end_has_a_time_limit() {
        try (RawConnection connection = open()) {
            connection
                    .write(Http2Bytes.post(1, "portfolio.test", "/api/auth/signout"))
                    .write(Http2Bytes.data(1, 100));

            assertThat(next(connection, frame -> frame.type() == Http2Bytes.HEADERS).stream())
                    .isEqualTo(1);
            next(connection, frame -> frame.type() == Http2Bytes.RST_STREAM && frame.stream() == 1);
        }
    }

    /** Each holds 4 KiB and more: together they would hold more than 2 MiB. */
    @HostileInput(row = 38, advisory = "CVE-2026-47244")
    @Test
    void the_memory_of_half_sent_requests_is_limited_over_all_connections() {
        double before = refusedForRoom();
        List<RawConnection> connections = new ArrayList<>();
        try {
            for (int i = 0; i < 6; i++) {
                RawConnection connection = open();
                connections.add(connection);
                for (int stream = 1; stream <= 2 * 99; stream += 2) {
                    connection.write(Http2Bytes.post(stream, "portfolio.test", "/api/auth/signout"));
                }
            }
            next(connections.get(0), frame -> frame.type() == Http2Bytes.RST_STREAM && frame.stream() == 1);

            assertThat(refusedForRoom()).isGreaterThan(before);
            assertThat(new RawHttp(server.getPort())
                            .send("", "GET /api/auth/session HTTP/1.1", "Host: portfolio.test")
                            .status())
                    .isEqualTo(200);
        } finally {
            connections.forEach(RawConnection::close);
        }
    }

    private double refusedForRoom() {
        String series = "multi_client_auth_refused_requests_total{reason=\"no_room\"} ";
        return new RawHttp(management.getPort())
                .send("", "GET /q/metrics HTTP/1.1", "Host: management")
                .body()
                .lines()
                .filter(line -> line.startsWith(series))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length())))
                .sum();
    }
}
