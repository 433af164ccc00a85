package io.github.multiclientauth.testbed.compose;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.multiclientauth.testbed.launch.Ports;
import io.github.multiclientauth.testbed.proxy.Nginx;
import io.github.multiclientauth.testbed.proxy.RawRequest;
import io.github.multiclientauth.testbed.proxy.TlsCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs the shipped nginx configuration in the nginx of this machine and checks which paths of Keycloak are open to whom. The server
 * behind it answers every request with 200, because versions of Keycloak understand unusual paths differently.
 */
@Tag("compose")
class ClosedPathsIT {

    private static final String KEYCLOAK = "id.example.com";
    private static final String PORTFOLIO = "portfolio.example.com";
    private static final String FROM_OUTSIDE = "127.0.0.1";
    private static final String FROM_BESIDE_NGINX = "127.0.0.2";

    @TempDir
    private static Path work;

    private static HttpServer behind;
    private static TlsCertificate certificate;

    /** The configuration without administrators, which is the default of {@code deploy/prepare}. */
    private static Door shipped;

    /** One nginx. */
    private record Door(Nginx nginx, int port) implements AutoCloseable {

        @Override
        public void close() {
            nginx.close();
        }

        String ask(String from, String path) throws Exception {
            return answer(from, KEYCLOAK, "GET " + path + " HTTP/1.1");
        }

        String answer(String from, String host, String firstLine, String... more) throws Exception {
            List<String> head = Stream.concat(Stream.of(firstLine, "Host: " + host + ":" + port), Stream.of(more))
                    .toList();
            return RawRequest.overTls(certificate.sslContext(), from, host, port, head);
        }
    }

    @BeforeAll
    static void start() throws Exception {
        behind = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        behind.createContext("/", exchange -> {
            byte[] answer = "reached".getBytes(StandardCharsets.US_ASCII);
            exchange.getResponseHeaders().set("Strict-Transport-Security", "max-age=1; includeSubDomains");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        behind.start();
        certificate = TlsCertificate.create(work, List.of(KEYCLOAK, PORTFOLIO));
        shipped = start("");
    }

    @AfterAll
    static void stop() {
        if (shipped != null) {
            shipped.close();
        }
        behind.stop(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/admin",
                "/admin/",
                "/admin/master/console/",
                "/admin/realms/shop/users",
                "/metrics",
                "/health",
                "/health/ready",
                "/realms/master",
                "/realms/master/",
                "/realms/master/protocol/openid-connect/token",
                "/realms/shop/multi-client-auth",
                "/realms/shop/multi-client-auth/directory",
                "/realms/shop/multi-client-auth/doctor",
                "/realms/shop/multi-client-auth/sessions",
                "/realms/shop/multi-client-auth/changes",
                "/.well-known/oauth-authorization-server/realms/master",
                "/something-that-a-later-keycloak-has",
            })
    void paths_for_administrators_are_closed_to_others(String path) throws Exception {
        assertThat(shipped.ask(FROM_OUTSIDE, path)).startsWith("HTTP/1.1 403 ").doesNotContain("reached");
    }

    /** Spellings that Keycloak, Quarkus or nginx understand as one of the paths above. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "//admin/",
                "///admin",
                "/./admin/",
                "/admin;x",
                "/admin;x=y/realms",
                "/;x/admin",
                "/%61dmin/",
                "/%2fadmin",
                "/%2Fadmin/",
                "/ADMIN/",
                "/Admin",
                "/%41dmin",
                "/admin%2f",
                "/admin%3bx/",
                "/admin%253b/",
                "/realms/shop/../../admin/",
                "/realms/shop/%2e%2e/%2e%2e/admin/",
                "/realms/shop/..%2f..%2fadmin/",
                "/realms/shop/..;/..;/admin/",
                "/realms/..;x/admin/",
                "/realms/shop/.%2e/.%2E/admin",
                "/realms/shop/..%5c..%5cadmin",
                "/realms/shop/..\\..\\admin",
                "/resources/..%252fadmin",
                "/realms//master",
                "/realms/;/master",
                "/realms;abc/master/account",
                "/realms/master;x/account",
                "/realms/m%61ster/",
                "/realms/MASTER/account",
                "/realms/x/../master/",
                "/admin/..%2frealms/shop",
                "/admin%2f..%2frealms/shop/",
                "/admin/%2e%2e%2frealms/shop/x",
                "/realms/shop//multi-client-auth/directory",
                "/realms/shop/multi-client-auth;x/directory",
                "/realms/shop/%6dulti-client-auth/directory",
                "/realms/shop/MULTI-client-auth/directory",
                "/realms/shop/x/../multi-client-auth/directory",
                "/realms/shop/multi%2dclient%2dauth/directory",
                "/realms/shop;/multi-client-auth/directory",
                "/realms/%2e/shop/multi-client-auth/directory",
                "/realms/shop/%0amulti-client-auth/directory",
                "/admin?x",
                "/admin#x",
                "/realms/shop/protocol%00/../../../admin",
            })
    void no_spelling_of_a_closed_path_is_open(String path) throws Exception {
        assertThat(shipped.ask(FROM_OUTSIDE, path))
                .containsPattern("^HTTP/1.1 40[0134] ")
                .doesNotContain("reached");
        assertThat(shipped.answer(
                        FROM_OUTSIDE, KEYCLOAK, "GET https://" + KEYCLOAK + ":" + shipped.port() + path + " HTTP/1.1"))
                .as("with the host in the first line")
                .doesNotContain("reached");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/realms/shop",
                "/realms/shop/.well-known/openid-configuration",
                "/realms/shop/protocol/openid-connect/auth?client_id=x&redirect_uri=https%3A%2F%2Fx.example%2F..%2F%3B",
                "/realms/shop/login-actions/authenticate?session_code=a;b//c",
                "/realms/shop/broker/github-shop/endpoint?code=1",
                "/realms/b%C3%BCcher%20shop/account/",
                "/realms/masters/account/",
                "/realms/shop/multi-client-authority",
                "/resources/1a2b3/login/keycloak.v2/css/styles.css",
                "/.well-known/oauth-authorization-server/realms/shop",
                "/js/keycloak.js",
                "/robots.txt",
            })
    void paths_for_sign_ins_are_open(String path) throws Exception {
        assertThat(shipped.ask(FROM_OUTSIDE, path)).startsWith("HTTP/1.1 200 ").endsWith("reached");
    }

    @Test
    void a_named_network_reaches_the_console_and_the_doctor() throws Exception {
        try (Door door = start("192.0.2.0/24,127.0.0.1,2001:db8::/48")) {
            for (String path : List.of(
                    "/",
                    "/admin/master/console/",
                    "/admin/realms/shop/roles/a%2Fb",
                    "/realms/master/protocol/openid-connect/auth",
                    "/realms/shop/multi-client-auth/doctor")) {
                assertThat(door.ask(FROM_OUTSIDE, path)).as(path).endsWith("reached");
            }
            assertThat(door.ask("127.0.0.3", "/admin/")).as("another address").startsWith("HTTP/1.1 403 ");
        }
    }

    @Test
    void forwarded_headers_do_not_make_a_visitor_an_administrator() throws Exception {
        try (Door door = start("192.0.2.0/24")) {
            assertThat(door.answer(
                            FROM_OUTSIDE,
                            KEYCLOAK,
                            "GET /admin/ HTTP/1.1",
                            "X-Forwarded-For: 192.0.2.1",
                            "X-Real-IP: 192.0.2.1",
                            "Forwarded: for=192.0.2.1"))
                    .startsWith("HTTP/1.1 403 ");
        }
    }

    @Test
    void facades_reach_the_extension_but_no_paths_for_administrators() throws Exception {
        for (String path : List.of(
                "/realms/shop/multi-client-auth/directory",
                "/realms/shop/multi-client-auth/changes?since=1",
                "/realms/shop/protocol/openid-connect/token")) {
            assertThat(shipped.ask(FROM_BESIDE_NGINX, path)).as(path).endsWith("reached");
        }
        for (String request : List.of(
                "POST /realms/shop/multi-client-auth/sessions HTTP/1.1",
                "DELETE /realms/shop/multi-client-auth/sessions/1a-b_c?client=portfolio HTTP/1.1")) {
            assertThat(shipped.answer(FROM_BESIDE_NGINX, KEYCLOAK, request, "Content-Length: 0"))
                    .as(request)
                    .endsWith("reached");
            assertThat(shipped.answer(FROM_OUTSIDE, KEYCLOAK, request, "Content-Length: 0"))
                    .as(request)
                    .startsWith("HTTP/1.1 403 ");
        }
        for (String path :
                List.of("/admin/realms", "//admin", "/admin;x", "/realms/shop/..;/admin", "/realms/master/x", "/")) {
            assertThat(shipped.ask(FROM_BESIDE_NGINX, path)).as(path).startsWith("HTTP/1.1 403 ");
        }
        assertThat(shipped.ask(FROM_OUTSIDE, "/realms/shop/multi-client-auth/directory"))
                .as("the machine's own address in that network, which an engine may give to anybody")
                .startsWith("HTTP/1.1 403 ");
    }

    @Test
    void hsts_covers_only_this_host() throws Exception {
        for (String host : List.of(KEYCLOAK, PORTFOLIO)) {
            for (String path : List.of("/realms/shop", "/admin/")) {
                assertThat(shipped.answer(FROM_OUTSIDE, host, "GET " + path + " HTTP/1.1")
                                .lines()
                                .filter(line -> line.startsWith("Strict-Transport-Security")))
                        .as(host + path)
                        .containsExactly("Strict-Transport-Security: max-age=31536000");
            }
        }
    }

    @Test
    void an_invalid_network_prevents_the_start() {
        for (String wrong : List.of("everybody", "10.0.0.0/8; allow all", "10.0.0.0/8 1; default 1", "*")) {
            Command.Outcome outcome = render(wrong, "127.0.0.1", 8443);

            assertThat(outcome.status()).as(wrong).isEqualTo(1);
            assertThat(outcome.output()).contains("ADMIN_NETWORKS must be networks");
        }
    }

    @Test
    void this_machine_is_refused_as_administrator_if_others_can_connect() {
        Command.Outcome outcome = render("this-machine", "0.0.0.0", 8443);

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.output()).contains("this-machine needs LISTEN_ADDRESS=127.0.0.1");
    }

    /** The configuration of the container. Only what exists nowhere else is replaced. */
    private static Door start(String administrators) throws IOException, InterruptedException {
        int port = Ports.free().portfolio();
        Command.Outcome outcome = render(administrators, "127.0.0.1", port);
        assertThat(outcome.status()).as(outcome.output()).isZero();
        String servers = outcome.output()
                .substring(outcome.output().indexOf("http {") + "http {".length())
                .replace(
                        "/run/multi-client-auth/server.pem",
                        certificate.certificateFile().toString())
                .replace(
                        "/run/multi-client-auth/server.key",
                        certificate.keyFile().toString())
                .replace("/etc/multi-client-auth/", root().resolve("deploy/nginx") + "/")
                .replaceAll(
                        "(keycloak|demo):[0-9]+;",
                        "127.0.0.1:" + behind.getAddress().getPort() + ";")
                .replaceAll("(?m)^ *(access_log|error_log|[a-z_]+_temp_path) .*;$", "")
                .replace(
                        "listen 127.0.0.1:8081",
                        "listen 127.0.0.1:" + Ports.free().dashboard());
        return new Door(
                Nginx.start(
                        Files.createTempDirectory(work, "nginx"),
                        port,
                        List.of(servers.substring(0, servers.lastIndexOf('}')))),
                port);
    }

    private static Command.Outcome render(String administrators, String listen, int port) {
        Map<String, String> settings = new TreeMap<>(Map.of(
                "HTTPS_PORT",
                Integer.toString(port),
                "KEYCLOAK_HOST",
                KEYCLOAK,
                "PORTFOLIO_HOST",
                PORTFOLIO,
                "DASHBOARD_HOST",
                "dashboard.example.com",
                "PROVIDERS_HOST",
                "providers.example.com",
                "PORTFOLIO_UPSTREAM",
                "demo:3000",
                "DASHBOARD_UPSTREAM",
                "demo:3001",
                // In this configuration 127.0.0.1 is the machine, and all other loopback addresses are containers.
                "PROXY_SUBNET",
                "127.0.0.0/8",
                "ADMIN_NETWORKS",
                administrators,
                "LISTEN_ADDRESS",
                listen));
        return new Command(root(), work.resolve("log"))
                .attempt(
                        Duration.ofMinutes(1),
                        Stream.of(
                                        Stream.of("env"),
                                        settings.entrySet().stream().map(Object::toString),
                                        Stream.of("sh", "deploy/nginx/start.sh", "--print"))
                                .flatMap(part -> part)
                                .toList());
    }

    private static Path root() {
        return Path.of(System.getProperty("testbed.root"));
    }
}
