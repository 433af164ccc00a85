package io.github.multiclientauth.facade.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.multiclientauth.facade.fake.LogLines;
import io.github.multiclientauth.facade.oidc.Authentication;
import io.github.multiclientauth.facade.oidc.Identity;
import io.github.multiclientauth.facade.oidc.Membership;
import io.github.multiclientauth.facade.oidc.UserClaims;
import io.github.multiclientauth.facade.seal.ApplicationSeals;
import io.github.multiclientauth.facade.seal.ApplicationSecrets;
import io.github.multiclientauth.facade.seal.KeyHolder;
import io.github.multiclientauth.facade.seal.MasterSecrets;
import io.github.multiclientauth.facade.session.Session;
import io.github.multiclientauth.facade.session.SessionProof;
import io.github.multiclientauth.facade.web.RawHttp.Answer;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Forward authentication over HTTP, of a proxy with the secret. The tests' address is not a proxy's. */
@QuarkusTest
@TestProfile(TwoApplications.WithForwardAuth.class)
class VerifyRouteTest {

    private static final String SECRET = "X-Forward-Auth-Secret: " + TwoApplications.WithForwardAuth.SECRET;
    private static final String[] TRAEFIK = {
        SECRET,
        "Host: facade:8080",
        "X-Forwarded-Method: GET",
        "X-Forwarded-Proto: https",
        "X-Forwarded-Host: portfolio.test",
        "X-Forwarded-Uri: /orders?x=1"
    };

    @TestHTTPResource
    URI server;

    private Answer send(String requestLine, String... headers) {
        String[] head = Stream.concat(Stream.of(requestLine + " HTTP/1.1"), Stream.of(headers))
                .toArray(String[]::new);
        return new RawHttp(server.getPort()).send("", head);
    }

    private static String[] and(String[] some, String... others) {
        return Stream.concat(Stream.of(some), Stream.of(others)).toArray(String[]::new);
    }

    /**
     * The secrets cookie of somebody at an application. Keycloak has confirmed the session after the start of the facade, which
     * knows of no earlier change: the time is ahead by less than the clocks of replicas may differ.
     */
    private static String cookie(String client, String name) {
        ApplicationSeals seals = new ApplicationSeals(
                new ApplicationSecrets(MasterSecrets.read(Map.of("AUTH_SECRET", TwoApplications.MASTER)::get)),
                new SecureRandom());
        Instant now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS);
        Identity ada = new Identity(
                "ada",
                "sid",
                Optional.empty(),
                Optional.of("ada@example.com"),
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                client,
                false,
                UserClaims.NONE,
                Authentication.UNKNOWN,
                new Membership(Optional.of("ad\u00e4"), List.of("/staff", "role:admin"), 0));
        Session session = new Session(ada, now, now.plusSeconds(5), now.plusSeconds(600));
        String claims = JsonNodeFactory.instance
                .objectNode()
                .put("sub", "ada")
                .put("sid", "sid")
                .put("clientId", client)
                .put("email", "ada@example.com")
                .put("emailVerified", true)
                .put("proxyUser", "ad\u00e4")
                .put("proxyGroups", "/staff,role:admin")
                .put("signedInAt", session.signedInAt().toEpochMilli())
                .put("checkedAt", session.checkedAt().getEpochSecond())
                .put("endsAt", session.endsAt().toEpochMilli())
                .put("exp", session.endsAt().getEpochSecond())
                .put("proof", SessionProof.of(session, seals.sessionProof(KeyHolder.application(client))))
                .toString();
        String sealed =
                seals.session(KeyHolder.application(client), name).seal(claims.getBytes(StandardCharsets.UTF_8));
        return "Cookie: " + name + "=" + sealed;
    }

    private static String adas() {
        return cookie("portfolio", "__Secure-authjs.session-token");
    }

    @Test
    void traefik_learns_who_is_signed_in() {
        Answer answer = send("GET /api/auth/verify?role=admin", and(TRAEFIK, adas()));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers())
                .contains(
                        "X-Auth-Request-User: ada",
                        "X-Auth-Request-Email: ada@example.com",
                        "X-Auth-Request-Preferred-Username: ad%C3%A4",
                        "X-Auth-Request-Groups: /staff,role:admin",
                        "X-Auth-Request-Provider: keycloak",
                        "X-Auth-Request-Access-Token: ",
                        "Authorization: ");
        assertThat(answer.header("cache-control")).contains("private, no-cache, no-store");
    }

    @Test
    void nginx_learns_who_is_signed_in() {
        assertThat(send(
                                "GET /api/auth/verify",
                                SECRET,
                                "Host: facade",
                                "X-Original-URL: https://portfolio.test/",
                                adas())
                        .status())
                .isEqualTo(200);
        assertThat(send(
                                "HEAD /api/auth/verify",
                                SECRET,
                                "Host: portfolio.test",
                                "X-Forwarded-Proto: https",
                                "X-Original-URI: /",
                                adas())
                        .header("x-auth-request-user"))
                .contains("ada");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "DELETE", "OPTIONS", "HEAD", "PROPFIND"})
    void envoy_learns_who_is_signed_in(String method) {
        String[] headers = {
            SECRET, "Host: portfolio.test", "X-Forwarded-Proto: https", "X-Forward-Auth-Rules: role=admin", adas()
        };
        assertThat(send(method + " /api/auth/verify/orders?role=nobody", headers)
                        .status())
                .isEqualTo(200);
        headers[3] = "X-Forward-Auth-Rules: role=nobody";
        assertThat(send(method + " /api/auth/verify/orders", headers).status()).isEqualTo(403);
    }

    @Test
    void nobody_is_sent_to_sign_in() {
        Answer answer = send("GET /api/auth/verify", TRAEFIK);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("x-auth-request-redirect"))
                .contains("https://portfolio.test/api/auth/signin?callbackUrl="
                        + "https%3A%2F%2Fportfolio.test%2Forders%3Fx%3D1");
        assertThat(answer.headers("x-auth-request-user")).isEmpty();
        assertThat(answer.headers("set-cookie")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, Accept: text/html, 302",
        "GET, Accept: */*, 401",
        "POST, Accept: text/html, 401",
        "GET, 'Accept: text/html\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document', 302",
        "GET, 'Accept: text/html\r\nSec-Fetch-Mode: cors\r\nSec-Fetch-Dest: empty', 401",
        "GET, 'Accept: text/html\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: iframe', 401",
        "GET, 'Accept: text/html\r\nSec-Purpose: prefetch', 401",
    })
    void only_a_navigation_is_redirected(String method, String headers, int status) {
        String[] asked = TRAEFIK.clone();
        asked[2] = "X-Forwarded-Method: " + method;

        Answer answer = send("GET /api/auth/verify?rd", and(asked, headers));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("location").isPresent()).isEqualTo(status == 302);
    }

    /** A browser that finds the address is told as little as at an address that does not exist. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "X-Forward-Auth-Secret: ",
                "X-Forward-Auth-Secret: wrong",
                "X-Forward-Auth-Secret: \u00e4",
                "X-Forwarded-For: 10.9.8.7",
                "X-Real-IP: 10.9.8.7",
                "Forwarded: for=10.9.8.7",
            })
    void a_browser_gets_no_answer(String header) {
        String[] headers = TRAEFIK.clone();
        headers[0] = header.isEmpty() ? "X-A: b" : header;

        Answer answer = send("GET /api/auth/verify", and(headers, adas()));

        assertThat(answer).isEqualTo(send("GET /api/auth/there-is-no-such-path", and(headers, adas())));
        assertThat(answer.status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "OPTIONS", "TRACE"})
    void other_methods_get_no_answer(String method) {
        assertThat(send(method + " /api/auth/verify", and(TRAEFIK, adas())).status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/auth/verify/",
                "GET /api/auth//verify",
                "GET /api/auth/%76erify",
                "GET /api/auth/verify;x",
                "GET /api/auth/verify?rolle=admin",
                "GET /api/auth/verify?role=",
            })
    void an_odd_question_gets_no_answer(String requestLine) {
        assertThat(send(requestLine, and(TRAEFIK, adas())).status()).isEqualTo(400);
    }

    /** Which of them is the proxy's, nobody can know. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Original-URL: https://secure.test/",
                "X-Original-URI: /",
                "X-Forwarded-Uri: /",
                "X-Forwarded-Host: secure.test",
                "X-Forwarded-Proto: http",
                "X-Forward-Auth-Secret: x",
            })
    void a_second_header_of_a_browser_makes_the_question_unusable(String smuggled) {
        assertThat(send("GET /api/auth/verify", and(TRAEFIK, adas(), smuggled)).status())
                .isEqualTo(400);
    }

    /** Somebody has copied Envoy's header to another proxy. It would let everybody in. */
    @Test
    void rules_in_a_header_are_not_overlooked() {
        try (LogLines log = LogLines.ofAllRequests()) {
            assertThat(send("GET /api/auth/verify", and(TRAEFIK, adas(), "X-Forward-Auth-Rules: role=nobody"))
                            .status())
                    .isEqualTo(400);
            assertThat(log.lines())
                    .anyMatch(line -> line.contains("MCA00219") && line.contains("X-Forward-Auth-Rules"));
        }
    }

    /** A session of one application must not open another. */
    @ParameterizedTest
    @ValueSource(strings = {"http", "https"})
    void headers_that_name_two_applications_are_refused(String scheme) {
        try (LogLines log = LogLines.ofAllRequests()) {
            assertThat(send(
                                    "GET /api/auth/verify",
                                    SECRET,
                                    "Host: secure.test",
                                    "X-Original-URI: /",
                                    "X-Forwarded-Proto: " + scheme,
                                    "X-Forwarded-Host: portfolio.test",
                                    cookie("portfolio", "authjs.session-token"),
                                    adas())
                            .status())
                    .isEqualTo(400);
            assertThat(log.lines()).anyMatch(line -> line.contains("MCA00219") && line.contains("two applications"));
        }
        assertThat(send(
                                "GET /api/auth/verify",
                                SECRET,
                                "Host: secure.test",
                                "X-Original-URL: https://portfolio.test/",
                                adas())
                        .status())
                .isEqualTo(400);
    }

    /** The proxy says which application it protects: then another host changes nothing. */
    @Test
    void a_question_about_another_application_than_the_proxys_is_refused() {
        assertThat(send("GET /api/auth/verify?client=portfolio", and(TRAEFIK, adas()))
                        .status())
                .isEqualTo(200);
        for (String[] headers : List.of(and(TRAEFIK, adas()), TRAEFIK)) {
            Answer answer = send("GET /api/auth/verify?client=dashboard&rd", headers);

            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.body()).contains("\"rule\":\"client\"");
            assertThat(answer.headers("x-auth-request-user")).isEmpty();
            assertThat(answer.headers("x-auth-request-redirect")).isEmpty();
        }
    }

    /** For a proxy that serves several host names, and passes each on to another server. */
    @Test
    void without_the_rule_client_the_host_alone_decides_which_application_it_is() {
        String dashboards = cookie("dashboard", "__Secure-authjs.session-token");
        String[] atTheDashboard = Stream.of(TRAEFIK)
                .map(header -> header.replace("portfolio.test", "secure.test"))
                .toArray(String[]::new);

        assertThat(send("GET /api/auth/verify", and(TRAEFIK, adas())).status()).isEqualTo(200);
        assertThat(send("GET /api/auth/verify", and(atTheDashboard, dashboards)).status())
                .isEqualTo(200);
        assertThat(send("GET /api/auth/verify", and(TRAEFIK, dashboards)).status())
                .isEqualTo(401);
    }

    @Test
    void the_log_says_what_is_wrong_and_never_the_secret() {
        try (LogLines log = LogLines.ofAllRequests()) {
            send("GET /api/auth/verify", SECRET, "Host: portfolio.test");
            send("GET /api/auth/verify", "X-Forward-Auth-Secret: wrong-canary", "Host: portfolio.test");

            assertThat(log.lines())
                    .anyMatch(line -> line.contains("MCA00219") && line.contains("no header says which request"))
                    .anyMatch(line -> line.contains("MCA00219") && line.contains("X-Forward-Auth-Secret is wrong"))
                    .noneMatch(
                            line -> line.contains("canary") || line.contains(TwoApplications.WithForwardAuth.SECRET));
        }
    }

    @Test
    void an_unknown_application_is_refused() {
        assertThat(send("GET /api/auth/verify", SECRET, "Host: evil.test", "X-Forwarded-Uri: /", adas())
                        .status())
                .isEqualTo(400);
    }

    /** The cookie of one application is worth nothing at another. */
    @Test
    void a_session_of_another_application_is_none() {
        assertThat(send(
                                "GET /api/auth/verify",
                                SECRET,
                                "Host: secure.test",
                                "X-Forwarded-Proto: https",
                                "X-Forwarded-Uri: /",
                                adas(),
                                "X-B: c")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void no_page_may_read_the_answer() {
        Answer answer = send("GET /api/auth/verify", and(TRAEFIK, adas(), "Origin: https://portfolio.test"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers())
                .noneMatch(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("access-control"));
        assertThat(send(
                                "OPTIONS /api/auth/verify",
                                and(TRAEFIK, "Origin: https://portfolio.test", "Access-Control-Request-Method: GET"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void the_metrics_have_one_route() {
        assertThat(List.of(VerifyRoute.isBelow("/api/auth/verify/x"), VerifyRoute.isBelow("/api/auth/verify")))
                .containsExactly(true, false);
    }
}
