package io.github.multiclientauth.testbed.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.proof.ProofFailedException;
import io.github.multiclientauth.testbed.proof.SignIn;
import io.github.multiclientauth.testbed.proof.Visitor;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Starts all containers, signs in at two applications, restarts and kills each container, and removes everything. Quick tests run
 * before slow ones, and the logs are read last. Each test leaves all containers healthy.
 */
@Tag("compose")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ComposeIT {

    private static final List<String> FACADES = List.of("facade-1", "facade-2");

    /** Facades ask Keycloak every second what has ended. */
    private static final Duration SOON = Duration.ofSeconds(3);

    private static Composed composed;
    private static Origin portfolio;
    private static Origin dashboard;

    @BeforeAll
    static void start_all_containers() throws IOException {
        composed = Composed.up(
                Path.of(System.getProperty("testbed.root")),
                Path.of(System.getProperty("testbed.work.directory")).resolve("compose"));
        portfolio = origin("PORTFOLIO_ORIGIN");
        dashboard = origin("DASHBOARD_ORIGIN");
    }

    @AfterAll
    static void remove_all_containers() throws IOException {
        if (composed != null) {
            assertThat(composed.parts()).as("what there is before").hasSizeGreaterThan(12);
            composed.close();
            assertThat(composed.parts()).isEmpty();
        }
    }

    @Test
    @Order(1)
    void users_sign_in_at_both_applications_with_github() {
        signInAtBoth();
    }

    @Test
    @Order(1)
    void signing_out_at_one_application_signs_out_at_the_other() {
        Visitor visitor = visitor();
        SignIn first = new SignIn(visitor, portfolio);
        first.as("ada");
        onward(visitor);

        signOut(visitor, dashboard);

        soon("Keycloak has told both facades", () -> first.session().isNull());
    }

    @Test
    @Order(1)
    void a_sign_out_at_one_facade_is_seen_by_the_other() {
        Visitor visitor = visitor();
        new SignIn(visitor, portfolio).as("ada");
        String copied = cookies(visitor, portfolio);
        for (String facade : FACADES) {
            assertThat(sessionAt(facade, copied)).as("at " + facade).contains("ada@example.com");
        }

        signOut(visitor, portfolio);

        for (String facade : FACADES) {
            soon(
                    "the copy of the cookie is worthless at " + facade,
                    () -> sessionAt(facade, copied).equals("null"));
        }
    }

    /** nginx does not know yet that it was killed, when the first requests arrive. */
    @ParameterizedTest
    @Order(2)
    @ValueSource(strings = {"facade-1", "facade-2"})
    void people_stay_signed_in_and_sign_in_while_one_facade_is_down(String facade) {
        Visitor ada = visitor();
        SignIn signIn = new SignIn(ada, portfolio);
        JsonNode user = signIn.as("ada").path("user");

        composed.kill(facade);
        for (int i = 0; i < 20; i++) {
            assertThat(signIn.session().path("user")).as("read " + i).isEqualTo(user);
        }
        assertThat(update(ada, portfolio).path("user")).isEqualTo(user);
        signInAtBoth();

        composed.start(facade);
        while (!composed.isHealthy()) {
            assertThat(signIn.session().path("user")).as("while it starts").isEqualTo(user);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    @Test
    @Order(1)
    void other_providers_work_too() {
        // A different user for each, because the same e-mail address at two providers would require a link.
        Map.of("google", "grace", "facebook", "zoe", "linkedin", "hubot", "auth0", "ada-l")
                .forEach((alias, login) -> {
                    JsonNode session =
                            new SignIn(visitor(), portfolio).with(alias).as(login);

                    assertThat(session.path("user").path("provider").asText()).isEqualTo(alias);
                });
    }

    @Test
    @Order(1)
    void forwarded_headers_of_a_browser_have_no_effect() {
        URI providers = at(portfolio, "/api/auth/providers");
        Answer usual = visitor().get(providers);
        assertThat(usual.body()).contains(portfolio + "/api/auth/callback/github");

        assertThat(visitor()
                        .get(
                                providers,
                                "X-Forwarded-Host",
                                dashboard.host() + ":" + dashboard.port(),
                                "X-Forwarded-Proto",
                                "http",
                                "X-Forwarded-Port",
                                "80",
                                "X-Forwarded-Prefix",
                                "/elsewhere",
                                "X-Forwarded-For",
                                "127.0.0.1",
                                "Forwarded",
                                "host=" + dashboard.host() + ";proto=http")
                        .body())
                .isEqualTo(usual.body());
        URI metadata = URI.create(
                composed.setting("KEYCLOAK_ORIGIN") + "/realms/multi-client-auth/.well-known/openid-configuration");
        assertThat(visitor()
                        .get(metadata, "X-Forwarded-Host", "evil.example", "Forwarded", "host=evil.example")
                        .body())
                .isEqualTo(visitor().get(metadata).body())
                .contains(composed.setting("KEYCLOAK_ORIGIN"));
    }

    @Test
    @Order(1)
    void the_request_line_and_host_have_no_effect() throws IOException {
        String host = portfolio.host();
        String path = "/api/auth/providers";
        String usual = visitor().get(at(portfolio, path)).body();

        for (String forged : List.of("evil.example", composed.setting("KEYCLOAK_HOST") + ":1")) {
            assertThat(composed.answer(host, "GET " + at(portfolio, path) + " HTTP/1.1", "Host: " + forged))
                    .as("the first line is right, Host is " + forged)
                    .startsWith("HTTP/1.1 200 ")
                    .endsWith(usual);
            assertThat(composed.answer(host, "GET " + path + " HTTP/1.1", "Host: " + forged))
                    .as("Host is " + forged + " alone")
                    .startsWith("HTTP/1.1 421 ");
        }
        assertThat(composed.answer(host, "GET " + path + " HTTP/1.1", "Host: " + host + ":1"))
                .as("another port")
                .startsWith("HTTP/1.1 200 ")
                .endsWith(usual);
        assertThat(composed.answer(host, "GET " + path + " HTTP/1.1", "Host: " + dashboard.host()))
                .as("an application that is ours, but not the handshake's")
                .startsWith("HTTP/1.1 421 ");
        assertThatThrownBy(() -> composed.answer("evil.example", "GET " + path + " HTTP/1.1", "Host: " + host))
                .isInstanceOf(SSLException.class);
    }

    @Test
    @Order(1)
    void an_event_has_the_address_that_nginx_saw() {
        String client = "unknown-" + Long.toHexString(System.nanoTime());

        visitor()
                .get(
                        URI.create(composed.setting("KEYCLOAK_ORIGIN")
                                + "/realms/multi-client-auth/protocol/openid-connect/auth?response_type=code&client_id="
                                + client),
                        "X-Forwarded-For",
                        "203.0.113.77",
                        "X-Real-IP",
                        "203.0.113.77",
                        "Forwarded",
                        "for=203.0.113.77");

        assertThat(composed.engine()
                        .docker("logs", composed.container("keycloak"))
                        .lines()
                        .filter(line -> line.contains("LOGIN_ERROR") && line.contains(client)))
                .singleElement()
                .asString()
                .containsPattern("ipAddress=\\\\?\"[0-9]")
                .doesNotContain("203.0.113.77");
    }

    /** {@link #logs_are_json_and_without_secrets} reads the log afterwards. */
    @Test
    @Order(1)
    void a_user_who_returns_during_an_outage_of_both_facades_gets_an_error() {
        composed.without(
                FACADES,
                () -> assertThat(visitor()
                                .get(at(portfolio, "/api/auth/callback/github?code=canary-of-" + portfolio.port()))
                                .status())
                        .isIn(502, 504));
        assertThat(composed.engine()
                        .docker("logs", composed.container("nginx"))
                        .lines()
                        .filter(line -> line.contains("/api/auth/callback/github") && line.contains("\"status\":50")))
                .as("which upstream it was")
                .isNotEmpty()
                .allMatch(line -> line.contains("\"upstream\":\"facade:8090\""));
    }

    /** Keycloak's container is in the network of the facades, but is not nginx. */
    @Test
    @Order(1)
    void the_facade_trusts_only_nginx() {
        String request = "GET /api/auth/providers HTTP/1.1\\r\\nHost: " + portfolio.host() + ":" + portfolio.port()
                + "\\r\\nX-Forwarded-Proto: https\\r\\nConnection: close\\r\\n\\r\\n";
        String ask = "exec 3<>/dev/tcp/facade/8090; printf '" + request + "' >&3; read -r status <&3; echo \"$status\"";

        assertThat(composed.engine().docker("exec", composed.container("keycloak"), "bash", "-c", ask))
                .as("for the facade this is plain http, which is no origin of an application")
                .contains(" 400 ");
    }

    @Test
    @Order(1)
    void no_container_can_do_more_than_it_needs() {
        for (String container : composed.containers()) {
            String name = composed.engine().docker("inspect", "-f", "{{.Name}}", container);
            assertThat(composed.engine()
                            .docker(
                                    "inspect",
                                    "-f",
                                    "{{.HostConfig.ReadonlyRootfs}} {{.HostConfig.CapDrop}}"
                                            + " {{.HostConfig.SecurityOpt}} {{.HostConfig.RestartPolicy.Name}}",
                                    container))
                    .as(name)
                    .startsWith("true [ALL] [no-new-privileges")
                    .endsWith("unless-stopped");
            assertThat(Long.parseLong(composed.engine().docker("inspect", "-f", "{{.HostConfig.Memory}}", container)))
                    .as(name)
                    .isPositive();
            assertThat(composed.engine()
                            .docker("top", container, "-eo", "pid,uid")
                            .lines())
                    .as("who runs " + name)
                    .hasSizeGreaterThan(1)
                    .noneMatch(process -> process.strip().endsWith(" 0"));
        }
    }

    /** Checks what users of the engine see, and processes in the container that cannot read its files. */
    @ParameterizedTest
    @Order(1)
    @ValueSource(strings = {"postgres", "keycloak", "nginx", "facade-1", "facade-2", "demo"})
    void neither_the_engine_nor_the_processes_show_a_secret_of(String service) throws IOException {
        Map<String, List<String>> secrets = composed.secrets();
        // PostgreSQL's image reads its password from the environment. The secrets of the stand-ins are valid nowhere
        // else.
        Map.of("postgres", ".env", "demo", "providers.env").entrySet().stream()
                .filter(known -> known.getKey().equals(service))
                .forEach(known -> secrets.remove(known.getValue()));
        if (service.equals("postgres")) {
            secrets.computeIfPresent(
                    "keycloak.conf",
                    (file, both) -> both.stream()
                            .filter(secret -> !secret.equals(composed.setting("POSTGRES_PASSWORD")))
                            .toList());
        }
        String container = composed.container(service);

        assertThat(composed.engine().docker("inspect", container)).doesNotContain(every(secrets));
        assertThat(composed.engine()
                        .docker("exec", container, "sh", "-c", "cat /proc/[0-9]*/environ /proc/[0-9]*/cmdline; true"))
                .contains("PATH=")
                .doesNotContain(every(secrets));
    }

    @Test
    @Order(1)
    void keycloaks_administration_is_closed_and_hsts_is_on() {
        URI keycloak = URI.create(composed.setting("KEYCLOAK_ORIGIN"));

        for (String path : List.of(
                "/admin/master/console/",
                "/realms/master/protocol/openid-connect/auth",
                "/realms/multi-client-auth/multi-client-auth/directory",
                "/metrics",
                "/")) {
            assertThat(visitor().get(keycloak.resolve(path)).status()).as(path).isEqualTo(403);
        }
        assertThat(visitor().get(at(portfolio, "/api/auth/session")).headers().firstValue("Strict-Transport-Security"))
                .hasValue("max-age=31536000");
    }

    @Test
    @Order(3)
    void this_machine_reaches_the_admin_console_if_it_is_configured() throws IOException {
        composed.nameThisMachineAnAdministrator();

        URI console = URI.create(composed.setting("KEYCLOAK_ORIGIN") + "/admin/master/console/");
        assertThat(visitor().get(console).status()).isEqualTo(200);
        signInAtBothSoon();
    }

    @ParameterizedTest
    @Order(2)
    @ValueSource(strings = {"postgres", "nginx", "demo"})
    void users_sign_in_after_a_restart_of(String service) {
        Instant before = Instant.now();
        composed.restart(service);

        signInAtBothSoon();
        if (service.equals("postgres")) {
            assertThat(composed.engine().docker("logs", "--since", before.toString(), composed.container(service)))
                    .contains("database system was shut down at")
                    .doesNotContain("not properly shut down");
        }
    }

    @ParameterizedTest
    @Order(3)
    @ValueSource(strings = {"postgres", "nginx", "facade-1"})
    void users_sign_in_after_the_end_of(String service) {
        composed.crash(service);

        signInAtBothSoon();
    }

    // Slow: no container takes as long to start as Keycloak, which is restarted below.
    @Tag("nightly")
    @ParameterizedTest
    @Order(3)
    @ValueSource(strings = {"keycloak", "facade-2", "demo"})
    void the_same_for(String service) {
        users_sign_in_after_the_end_of(service);
    }

    /** The restarts that the tests above do not cover. */
    @Test
    @Order(2)
    void sessions_survive_a_restart_of_keycloak_and_of_both_facades() {
        Visitor ada = visitor();
        JsonNode session = new SignIn(ada, portfolio).as("ada");

        composed.restart("keycloak");
        signInAtBothSoon();
        composed.restart("facade-1", "facade-2");
        signInAtBothSoon();

        assertThat(update(ada, portfolio).path("user"))
                .as("confirmed by Keycloak")
                .isEqualTo(session.path("user"));
        new SignIn(ada, dashboard).start();
        assertThat(new SignIn(ada, dashboard).session().path("user").path("id"))
                .as("single sign-on: no form of any provider")
                .isEqualTo(session.path("user").path("id"));
    }

    // Slow: every container is made again.
    @Tag("nightly")
    @Test
    @Order(2)
    void users_sign_in_after_a_renewal_of_the_certificates() {
        Visitor withFormerTrust = visitor();

        composed.renewCertificates();

        signInAtBothSoon();
        assertThatThrownBy(() -> withFormerTrust.get(at(portfolio, "/api/auth/session")))
                .isInstanceOf(ProofFailedException.class)
                .hasMessageContaining("SSL");
    }

    @Test
    @Order(4)
    void logs_are_json_and_without_secrets() throws IOException {
        signInAtBoth();
        for (String service : List.of("postgres", "keycloak", "nginx", "facade-1", "facade-2", "demo")) {
            String log = composed.engine().docker("logs", composed.container(service));
            assertThat(log).as(service).doesNotContain(every(composed.secrets()));
            assertThat(log).as(service).doesNotContain("code=", "__Secure-authjs");
        }
        for (String facade : FACADES) {
            for (String line : composed.engine()
                    .docker("logs", composed.container(facade))
                    .lines()
                    // The JVM's own first line.
                    .filter(line -> !line.startsWith("Picked up JAVA_TOOL_OPTIONS: -XX:"))
                    .toList()) {
                assertThat(new ObjectMapper().readTree(line).path("message").isTextual())
                        .as(line)
                        .isTrue();
            }
        }
    }

    /**
     * Retries, as a user does who sees an error page while a container starts. Reports what failed, with Keycloak's
     * log.
     */
    private static void signInAtBothSoon() {
        for (int attempt = 1; ; attempt++) {
            try {
                signInAtBoth();
                return;
            } catch (ProofFailedException e) {
                String said = composed.complaints("keycloak");
                if (attempt == 3) {
                    throw new AssertionError("Three times in a row. Keycloak says:\n" + said, e);
                }
                System.out.println("Sign-in " + attempt + " failed: " + e.getMessage() + "\nKeycloak says:\n" + said);
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(3));
            }
        }
    }

    private static void signInAtBoth() {
        Visitor visitor = visitor();
        for (Origin application : List.of(portfolio, dashboard)) {
            JsonNode session =
                    application.equals(portfolio) ? new SignIn(visitor, application).as("ada") : onward(visitor);

            assertThat(session.path("user").path("email").asText()).isEqualTo("ada@example.com");
            assertThat(session.path("user").path("clientOrigin").asText()).isEqualTo(application.toString());
            assertThat(session.path("user").path("provider").asText()).isEqualTo("github");
        }
        Visitor another = visitor();
        assertThat(new SignIn(another, dashboard)
                        .as("ada")
                        .path("user")
                        .path("clientId")
                        .asText())
                .isEqualTo("dashboard");
    }

    /** Signs in at the second application with one click and no form. */
    private static JsonNode onward(Visitor visitor) {
        SignIn signIn = new SignIn(visitor, dashboard);
        signIn.start();
        return signIn.session();
    }

    private static JsonNode update(Visitor visitor, Origin application) {
        return visitor.postJson(
                        at(application, "/api/auth/session"),
                        "{\"csrfToken\":\"" + csrfToken(visitor, application) + "\",\"data\":{}}")
                .json();
    }

    private static void signOut(Visitor visitor, Origin application) {
        visitor.post(
                at(application, "/api/auth/signout"),
                Map.of("csrfToken", csrfToken(visitor, application), "callbackUrl", "/"));
    }

    private static String csrfToken(Visitor visitor, Origin application) {
        return visitor.get(at(application, "/api/auth/csrf"))
                .json()
                .path("csrfToken")
                .asText();
    }

    private static String cookies(Visitor visitor, Origin application) {
        return visitor.cookies().all().stream()
                .filter(cookie -> cookie.host().equals(application.host()))
                .map(cookie -> cookie.name() + "=" + cookie.value())
                .collect(Collectors.joining("; "));
    }

    /** The session that one of the facades answers to nginx. */
    private static String sessionAt(String facade, String cookies) {
        return composed.engine()
                .docker(
                        "exec",
                        composed.container("nginx"),
                        "curl",
                        "-sS",
                        "-H",
                        "Host: " + portfolio.host() + ":" + portfolio.port(),
                        "-H",
                        "X-Forwarded-Proto: https",
                        "-H",
                        "X-Forwarded-Port: " + portfolio.port(),
                        "-H",
                        "Cookie: " + cookies,
                        "http://" + facade + ":8090/api/auth/session");
    }

    private static void soon(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + SOON.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    private static List<String> every(Map<String, List<String>> secrets) {
        return secrets.values().stream().flatMap(List::stream).toList();
    }

    private static Visitor visitor() {
        return new Visitor(composed.browser());
    }

    private static Origin origin(String setting) {
        return Origin.parse(composed.setting(setting)).orElseThrow();
    }

    private static URI at(Origin origin, String path) {
        return URI.create(origin + path);
    }
}
