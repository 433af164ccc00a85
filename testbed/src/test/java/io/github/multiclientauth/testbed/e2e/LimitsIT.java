package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.testbed.facade.FacadeServer;
import io.github.multiclientauth.testbed.launch.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The packaged facade, with less memory than attackers try to use. */
@EndToEnd
class LimitsIT {

    private static final String CLIENT_ID = "besieged";
    private static final int HALF_SENT = 8_600;
    private static final int BODY = 30_000;

    private final Chain chain;
    private Ports ports;
    private FacadeServer facade;

    LimitsIT(Chain chain) {
        this.chain = chain;
    }

    @BeforeEach
    void start_a_facade_of_its_own() throws IOException {
        ports = Ports.free();
        Origin application = new Origin("http", "localhost", ports.facade());
        chain.administrator().createPlainClient(CLIENT_ID, MadeClient.application(application));
        chain.administrator().optIn(CLIENT_ID);
        facade = OwnFacade.start(
                chain, ports, Map.of("JAVA_TOOL_OPTIONS", "-Xmx128m -XX:+ExitOnOutOfMemoryError"), "facade-limits.log");
    }

    @AfterEach
    void stop() {
        facade.close();
        chain.administrator().deleteClient(CLIENT_ID);
    }

    private Socket open() {
        try {
            return new Socket(InetAddress.getByName("127.0.0.1"), ports.facade());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the facade has accepted it. A facade at its limit closes the connection. */
    private static boolean write(Socket socket, String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            return true;
        } catch (IOException closed) {
            return false;
        }
    }

    private String host() {
        return "Host: localhost:" + ports.facade() + "\r\n";
    }

    /** Reads the session over a persistent connection, as a proxy does. */
    private String session(Socket kept) {
        assertThat(write(kept, "GET /api/auth/session HTTP/1.1\r\n" + host() + "\r\n"))
                .isTrue();
        StringBuilder answer = new StringBuilder();
        try {
            while (answer.indexOf("\r\n\r\nnull") < 0) {
                int next = kept.getInputStream().read();
                assertThat(next).as("%s", answer).isNotNegative();
                answer.append((char) next);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return answer.toString();
    }

    /** Together they would need twice the available memory. */
    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void incomplete_posts_do_not_exhaust_the_memory_and_users_get_answers() throws Exception {
        String half = "POST /api/auth/signout HTTP/1.1\r\n" + host()
                + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 32000\r\n\r\n" + "x".repeat(BODY);
        List<Socket> sockets = new ArrayList<>();
        try (Socket kept = open()) {
            for (int i = 0; i < HALF_SENT; i++) {
                Socket socket = open();
                sockets.add(socket);
                write(socket, half);
                if (i % 500 == 0) {
                    assertThat(session(kept)).startsWith("HTTP/1.1 200 ");
                }
            }

            assertThat(session(kept)).startsWith("HTTP/1.1 200 ");
            assertThat(facade.process().isAlive()).isTrue();
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
        Soon.see(this::answersNewConnections, answered -> answered);
    }

    private boolean answersNewConnections() {
        try (Socket socket = open()) {
            return write(socket, "GET /api/auth/session HTTP/1.1\r\n" + host() + "Connection: close\r\n\r\n")
                    && new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1)
                            .startsWith("HTTP/1.1 200 ");
        } catch (IOException stillClosed) {
            return false;
        }
    }

    @Test
    void http_2_is_off_and_ambiguous_requests_are_refused() throws IOException {
        for (String request : List.of(
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0",
                "POST /api/auth/_log HTTP/1.1\r\n" + host() + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                "GET /api/auth/csrf HTTP/1.1\r\n" + host()
                        + "Origin: http://a.test\r\nOrigin: http://b.test\r\n\r\n")) {
            try (Socket socket = open()) {
                socket.setSoTimeout(20_000);
                write(socket, request);

                String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);

                assertThat(answer).matches("(?s)HTTP/1[.][01] (400|505) .*").doesNotContain("\0", "csrfToken");
            }
        }
    }
}
