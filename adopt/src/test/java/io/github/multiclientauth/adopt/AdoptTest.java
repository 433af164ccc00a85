package io.github.multiclientauth.adopt;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said where Keycloak is not what it has to be; AdoptionIT of the testbed has a real one. */
class AdoptTest {

    private final Map<String, String> answers = new LinkedHashMap<>();
    private final List<String> asked = new ArrayList<>();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private HttpServer server;

    @TempDir
    Path directory;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            asked.add(exchange.getRequestMethod() + " " + path);
            String answer = answers.get(path);
            byte[] body = (answer == null ? "<html>" : answer).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer == null ? 404 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        answers.put("/realms/master/protocol/openid-connect/token", "{\"access_token\":\"a-token\"}");
        answers.put("/admin/realms/staff", "{\"realm\":\"staff\",\"browserFlow\":\"browser\"}");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void nothing_is_changed_without_the_extension() {
        answers.put("/admin/realms/staff/authentication/authenticator-providers", "[{\"id\":\"auth-cookie\"}]");

        assertThat(apply()).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("The extension is not in this Keycloak");
        assertThat(asked).noneMatch(request -> request.matches("(POST|PUT|DELETE) /admin.*"));
        assertThat(directory.resolve("state.json")).doesNotExist();
    }

    @Test
    void an_account_that_may_not_read_the_realm_is_refused() {
        answers.put("/admin/realms/staff", "{\"realm\":\"staff\"}");

        assertThat(apply()).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("admin may not see the realm's settings");
    }

    @Test
    void an_unknown_realm_is_refused() {
        answers.remove("/admin/realms/staff");

        assertThat(apply()).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("There is no realm staff");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h", "help", "apply --help", "plan --realm staff --help"})
    void help_is_printed_on_request(String line) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int status = Adopt.run(
                List.of(line.split(" ")), Map.of(), new PrintStream(out, true, StandardCharsets.UTF_8), stream());

        assertThat(status).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("plan", "undo", "--trusted-certificates", "--facade");
        assertThat(err.size()).isZero();
    }

    @Test
    void an_unusable_url_is_wrong_usage() {
        int status = Adopt.run(
                List.of("plan", "--server", "https://sso example.com", "--realm", "staff", "--admin", "admin"),
                Map.of("MCA_ADOPT_SECRET", "secret"),
                System.out,
                stream());

        assertThat(status).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith("--server is no URL: Illegal character")
                .doesNotContain("at java.");
    }

    @ParameterizedTest
    @CsvSource({
        "https://sso.invalid, There is no host sso.invalid",
        "http://localhost:1, got no answer from localhost:1: no connection",
    })
    void a_keycloak_that_cannot_be_reached_is_named(String keycloak, String says) {
        int status = Adopt.run(
                List.of("plan", "--server", keycloak, "--realm", "staff", "--admin", "admin"),
                Map.of("MCA_ADOPT_SECRET", "secret"),
                System.out,
                stream());

        assertThat(status).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains(says).doesNotContain("Exception");
    }

    @Test
    void an_address_that_is_not_keycloaks_is_named() {
        answers.clear();

        assertThat(apply()).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("status 404", "is --server its address");
    }

    @Test
    void wrong_usage_has_its_own_exit_status() {
        int status = Adopt.run(List.of("apply"), Map.of(), System.out, stream());

        assertThat(status).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("--realm is missing", "refresh");
    }

    private int apply() {
        return Adopt.run(
                List.of(
                        "apply",
                        "--server",
                        "http://127.0.0.1:" + server.getAddress().getPort(),
                        "--realm",
                        "staff",
                        "--admin",
                        "admin",
                        "--state",
                        directory.resolve("state.json").toString()),
                Map.of("MCA_ADOPT_SECRET", "secret"),
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                stream());
    }

    private PrintStream stream() {
        return new PrintStream(err, true, StandardCharsets.UTF_8);
    }
}
