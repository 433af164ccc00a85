package io.github.multiclientauth.extension.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.impl.client.LaxRedirectStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogoutAddressesTest {

    /** One that would follow every redirect, as an administrator may have made Keycloak's. */
    private final CloseableHttpClient client = HttpClients.custom()
            .setRedirectStrategy(new LaxRedirectStrategy())
            .setDefaultRequestConfig(
                    RequestConfig.custom().setConnectTimeout(2_000).build())
            .build();

    private final Set<String> asked = new ConcurrentSkipListSet<>();
    private HttpServer server;
    private String address;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        address = "http://127.0.0.1:" + server.getAddress().getPort();
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            asked.add(exchange.getRequestMethod() + " " + path);
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("Location", address + "/inner");
            exchange.sendResponseHeaders(Integer.parseInt(path.substring(1, 4)), -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() throws IOException {
        server.stop(0);
        client.close();
    }

    /** The status would tell people who may change a client what answers at an address of Keycloak's network. */
    @ParameterizedTest
    @ValueSource(ints = {200, 204, 400, 401, 403, 404, 405, 500, 503})
    void whatever_answers_is_reachable(int status) {
        assertThat(unreachable(address + "/" + status)).isEmpty();
        assertThat(asked).containsExactly("POST /" + status);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void no_redirect_is_followed(int status) {
        assertThat(unreachable(address + "/" + status)).isEmpty();
        assertThat(asked).containsExactly("POST /" + status);
    }

    @Test
    void what_does_not_answer_is_not_reachable() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        String nowhere = "http://127.0.0.1:" + closed + "/logout";

        assertThat(LogoutAddresses.unreachable(client, List.of(nowhere, address + "/200")))
                .containsExactly(nowhere);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/passwd",
                "ftp://127.0.0.1/",
                "gopher://127.0.0.1:70/",
                "jar:http://127.0.0.1/a.jar!/",
                "/relative",
                "//127.0.0.1/",
                "http://user:password@127.0.0.1/",
                "http:///logout",
                "http://127.1/",
                "nonsense",
                ""
            })
    void what_is_no_http_address_is_not_reachable(String url) {
        assertThat(unreachable(url)).containsExactly(url);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp", "file", "user:name@"})
    void nothing_is_sent_there(String how) {
        String authority = address.substring("http://".length());
        unreachable(how.endsWith("@") ? "http://" + how + authority + "/200" : how + "://" + authority + "/200");

        assertThat(asked).isEmpty();
    }

    private Set<String> unreachable(String url) {
        return LogoutAddresses.unreachable(client, List.of(url));
    }
}
