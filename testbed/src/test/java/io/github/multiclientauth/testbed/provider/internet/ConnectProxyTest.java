package io.github.multiclientauth.testbed.provider.internet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.testbed.provider.oauth.StandIn;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that the proxy leads to the real host names only. It uses raw sockets, because a client would not send wrong requests. */
@ExtendWith(Internet.Resolver.class)
class ConnectProxyTest {

    private static final int TIMEOUT_MILLIS = 30_000;

    private StandInProviders providers;

    @BeforeEach
    void arrive(Internet started) {
        providers = started.providers();
    }

    @Test
    void leads_to_each_of_the_hosts() throws IOException {
        assertThat(providers.hosts())
                .contains(
                        "accounts.google.com",
                        "oauth2.googleapis.com",
                        "openidconnect.googleapis.com",
                        "www.googleapis.com",
                        "graph.facebook.com",
                        "www.facebook.com",
                        "www.linkedin.com",
                        "api.linkedin.com",
                        "demo-tenant.eu.auth0.com");
        for (String host : providers.hosts()) {
            assertThat(statusOf("CONNECT " + host + ":443 HTTP/1.1", host + ":443"))
                    .isEqualTo(200);
        }
    }

    @Test
    void ignores_upper_and_lower_case_of_host_names() throws IOException {
        assertThat(statusOf("CONNECT Graph.Facebook.COM:443 HTTP/1.1", "Graph.Facebook.COM:443"))
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "example.com:443",
                "facebook.com:443",
                "graph.facebook.com:80",
                "graph.facebook.com:22",
                "graph.facebook.com",
                "graph.facebook.com.:443",
                "graph.facebook.com:443@example.com:443",
                "evil.graph.facebook.com:443",
                "graph.facebook.com.evil.example:443",
                "127.0.0.1:443",
                "localhost:8080",
                "[::1]:443",
                "0.0.0.0:443"
            })
    void refuses_other_hosts(String target) throws IOException {
        assertThat(statusOf("CONNECT " + target + " HTTP/1.1", target)).isBetween(400, 499);
    }

    @ParameterizedTest
    @CsvSource({"GET", "POST", "OPTIONS"})
    void refuses_other_methods(String method) throws IOException {
        assertThat(statusOf(method + " http://graph.facebook.com/me HTTP/1.1", "graph.facebook.com"))
                .isEqualTo(405);
        assertThat(statusOf(method + " / HTTP/1.1", "graph.facebook.com")).isEqualTo(405);
    }

    @Test
    void uses_the_target_and_not_the_host_header() throws IOException {
        assertThat(statusOf("CONNECT example.com:443 HTTP/1.1", "graph.facebook.com:443"))
                .isEqualTo(403);
    }

    @Test
    void listens_on_loopback_only() throws IOException {
        assertThat(answers(InetAddress.getByName("127.0.0.1"))).isTrue();
        assertThat(NetworkInterface.networkInterfaces()
                        .flatMap(NetworkInterface::inetAddresses)
                        .filter(address -> !address.isLoopbackAddress()))
                .noneMatch(this::answers);
    }

    @ParameterizedTest
    @CsvSource({"graph.facebook.com, 400", "GRAPH.FACEBOOK.COM, 400", "example.com, 421", "127.0.0.1, 421"})
    void the_host_header_selects_the_site(String host, int status) throws IOException {
        try (Socket socket = connect()) {
            write(socket, "CONNECT graph.facebook.com:443 HTTP/1.1\r\nHost: graph.facebook.com:443\r\n\r\n");
            assertThat(status(socket)).isEqualTo(200);
            try (SSLSocket secure = (SSLSocket) providers
                    .httpClient()
                    .sslContext()
                    .getSocketFactory()
                    .createSocket(socket, "graph.facebook.com", 443, true)) {
                SSLParameters parameters = secure.getSSLParameters();
                parameters.setServerNames(List.of(new SNIHostName("graph.facebook.com")));
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                secure.setSSLParameters(parameters);
                write(secure, "GET /me HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
                assertThat(status(secure)).isEqualTo(status);
            }
        }
    }

    @Test
    void has_options_for_keycloak() {
        assertThat(providers.keycloakOptions(providers.all()))
                .hasSize(2)
                .anySatisfy(option -> assertThat(option).matches("--truststore-paths=.+\\.pem"))
                .anySatisfy(option -> assertThat(option)
                        .startsWith("--spi-connections-http-client--default--proxy-mappings=(")
                        .contains("graph\\.facebook\\.com")
                        .endsWith(");http://127.0.0.1:" + providers.proxyPort()));
    }

    @Test
    void has_no_options_for_real_providers() {
        List<StandIn> played = providers.all().stream()
                .filter(standIn -> !standIn.alias().equals("facebook"))
                .toList();

        assertThat(providers.keycloakOptions(played))
                .anySatisfy(option -> assertThat(option).contains("mappings=(", "api\\.github\\.com"))
                .noneSatisfy(option -> assertThat(option).contains("facebook"));
        assertThat(providers.keycloakOptions(List.of())).isEmpty();
    }

    private int statusOf(String requestLine, String host) throws IOException {
        try (Socket socket = connect()) {
            write(socket, requestLine + "\r\nHost: " + host + "\r\n\r\n");
            return status(socket);
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket("127.0.0.1", providers.proxyPort());
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return socket;
    }

    private static void write(Socket socket, String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    /** Reads the head of an answer. Another protocol follows it. */
    private static int status(Socket socket) throws IOException {
        StringBuilder head = new StringBuilder();
        int next;
        while (head.indexOf("\r\n\r\n") < 0 && (next = socket.getInputStream().read()) >= 0) {
            head.append((char) next);
        }
        return Integer.parseInt(head.toString().split(" ", 3)[1]);
    }

    private boolean answers(InetAddress address) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, providers.proxyPort()), 2_000);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }
}
