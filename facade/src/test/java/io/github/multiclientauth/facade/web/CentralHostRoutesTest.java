package io.github.multiclientauth.facade.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.facade.fake.LogLines;
import io.github.multiclientauth.facade.web.RawHttp.Answer;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What pages of other origins may read at the facade's own, and what they may not. */
@QuarkusTest
@TestProfile(TwoApplications.AtCentralHost.class)
class CentralHostRoutesTest {

    @TestHTTPResource
    URI server;

    private Answer send(String body, String requestLine, String host, String... headers) {
        List<String> head = new ArrayList<>(List.of(requestLine + " HTTP/1.1", "Host: " + host));
        head.addAll(List.of(headers));
        return new RawHttp(server.getPort()).send(body, head.toArray(String[]::new));
    }

    private Answer get(String path, String... headers) {
        return send("", "GET /api/auth" + path, "auth.test", headers);
    }

    /** At the facade's own host the origin is the one that the page names. Without a name it is the host's. */
    @ParameterizedTest
    @CsvSource({
        "/session, Origin: https://unknown.test, https://unknown.test",
        "/session, Referer: https://unknown.test:8443/a?b, https://unknown.test:8443",
        "/session?callbackUrl=https%3A%2F%2Funknown.test%2Fa, Accept: */*, https://unknown.test",
        "/session, X-Client-Origin: nonsense, unreadable",
        "/session, Origin: null, http://auth.test",
        "/session, Accept: */*, http://auth.test",
        "/callback/github?state=x, Origin: https://unknown.test, http://auth.test",
    })
    void the_log_has_the_origin_that_was_looked_up(String path, String header, String origin) {
        try (LogLines log = LogLines.ofAllRequests()) {
            get(path, header);

            assertThat(log.lines())
                    .filteredOn(line -> line.contains("MCA00210"))
                    .singleElement()
                    .asString()
                    .contains("(origin " + origin + ", Host auth.test)");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://portfolio.test", "https://portfolio.test"})
    void a_page_of_an_application_reads_its_answers_with_cookies(String page) {
        Answer answer = get("/session", "Origin: " + page);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("null");
        assertThat(answer.headers("access-control-allow-origin")).containsExactly(page);
        assertThat(answer.headers("access-control-allow-credentials")).containsExactly("true");
        assertThat(answer.headers("vary")).singleElement().asString().contains("Origin");
        assertThat(answer.headers("set-cookie"))
                .isNotEmpty()
                .allMatch(cookie -> cookie.startsWith("portfolio.authjs."));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.test",
                "http://portfolio.test.evil.test",
                "http://portfolio.test:8080",
                "http://twin.test",
                "null",
                "*"
            })
    void a_page_of_another_origin_reads_nothing(String page) {
        Answer answer = get("/session?client_origin=http://portfolio.test", "Origin: " + page);

        assertThat(answer.headers("access-control-allow-origin")).isEmpty();
        assertThat(answer.headers("access-control-allow-credentials")).isEmpty();
    }

    @Test
    void a_page_reads_nothing_of_another_application() {
        Answer answer = get("/csrf?callbackUrl=http://portfolio.test/", "Origin: http://dashboard.test:81");

        assertThat(answer.headers("access-control-allow-origin")).containsExactly("http://dashboard.test:81");
        assertThat(answer.headers("set-cookie")).allMatch(cookie -> cookie.startsWith("dashboard.authjs."));
    }

    /** An application's own host grants nothing, not even to another origin of the same application. */
    @Test
    void an_applications_own_host_grants_no_cross_origin_access() {
        Answer answer = send("", "GET /api/auth/session", "portfolio.test", "Origin: https://portfolio.test");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers("access-control-allow-origin")).isEmpty();
        assertThat(answer.headers("set-cookie")).allMatch(cookie -> cookie.startsWith("authjs."));
    }

    @ParameterizedTest
    @CsvSource({"/session, GET", "/signin/github, POST", "/signout, POST", "/csrf, GET"})
    void a_pre_flight_is_granted_for_what_the_clients_send(String path, String method) {
        Answer answer = send(
                "",
                "OPTIONS /api/auth" + path,
                "auth.test",
                "Origin: http://portfolio.test",
                "Access-Control-Request-Method: " + method,
                "Access-Control-Request-Headers: x-auth-return-redirect");

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.headers("access-control-allow-origin")).containsExactly("http://portfolio.test");
        assertThat(answer.headers("access-control-allow-credentials")).containsExactly("true");
        assertThat(answer.headers("access-control-allow-methods")).containsExactly("GET, POST");
        assertThat(answer.headers("access-control-allow-headers"))
                .containsExactly("content-type, x-auth-return-redirect");
        assertThat(answer.headers("vary"))
                .containsExactly("Origin, Access-Control-Request-Method, Access-Control-Request-Headers");
    }

    @ParameterizedTest
    @CsvSource({
        "auth.test, http://evil.test, /session",
        "auth.test, http://twin.test, /session",
        "auth.test, http://portfolio.test, /nothing",
        "portfolio.test, http://portfolio.test, /session",
        "portfolio.test, http://dashboard.test:81, /session",
        "evil.test, http://portfolio.test, /session"
    })
    void a_pre_flight_for_another_page_or_path_is_refused(String host, String page, String path) {
        Answer answer =
                send("", "OPTIONS /api/auth" + path, host, "Origin: " + page, "Access-Control-Request-Method: POST");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.headers("access-control-allow-origin")).isEmpty();
    }

    /** Access tokens are for servers, whatever page asks. */
    @Test
    void no_page_may_ask_for_an_access_token() {
        Answer preFlight = send(
                "",
                "OPTIONS /api/auth/token",
                "auth.test",
                "Origin: http://portfolio.test",
                "Access-Control-Request-Method: POST");
        Answer answer = send("", "POST /api/auth/token", "auth.test", "Origin: http://portfolio.test");

        assertThat(preFlight.status()).isEqualTo(400);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).contains("\"error\":\"access_denied\"");
        for (Answer each : List.of(preFlight, answer)) {
            assertThat(each.headers("access-control-allow-origin")).isEmpty();
            assertThat(each.headers("access-control-allow-credentials")).isEmpty();
        }
    }

    @Test
    void a_page_of_another_site_learns_why_it_gets_no_session() {
        Answer blind = get("/session", "Origin: http://portfolio.test", "Sec-Fetch-Site: cross-site");
        Answer seeing = get(
                "/session",
                "Origin: http://portfolio.test",
                "Sec-Fetch-Site: cross-site",
                "Cookie: portfolio.authjs.csrf-token=x");
        Answer sibling = get("/session", "Origin: http://portfolio.test", "Sec-Fetch-Site: same-site");

        assertThat(blind.body()).isEqualTo("null");
        assertThat(blind.headers("x-auth-problem")).containsExactly("cookies_blocked");
        assertThat(blind.headers("access-control-expose-headers")).containsExactly("X-Auth-Problem");
        assertThat(seeing.headers("x-auth-problem")).isEmpty();
        assertThat(sibling.headers("x-auth-problem")).isEmpty();
    }

    @Test
    void forms_name_the_application() {
        Answer page = get("/signin?callbackUrl=http://portfolio.test/a", "Accept: text/html");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body())
                .contains("action=\"/api/auth/signin/github?client_origin=http%3A%2F%2Fportfolio.test\"")
                .contains("name=\"callbackUrl\" value=\"http://portfolio.test/a\"");
    }

    @Test
    void a_form_without_its_token_leads_back_to_its_page() {
        Answer answer = send(
                "callbackUrl=http://portfolio.test/a",
                "POST /api/auth/signin/github?client_origin=http%3A%2F%2Fportfolio.test",
                "auth.test",
                "Content-Type: application/x-www-form-urlencoded",
                "Origin: null");

        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.headers("location"))
                .singleElement()
                .asString()
                .matches("http://auth\\.test/api/auth/signin\\?error=MissingCSRF&reference=[0-9A-F]{8}"
                        + "&client_origin=http%3A%2F%2Fportfolio\\.test");
    }

    @Test
    void providers_are_listed_with_the_addresses_of_the_facade() {
        Answer answer = get("/providers", "Origin: http://portfolio.test");

        assertThat(answer.body())
                .contains("\"signinUrl\":\"http://auth.test/api/auth/signin/github\"")
                .contains("\"callbackUrl\":\"http://auth.test/api/auth/callback/github\"");
    }

    @Test
    void a_request_that_names_no_application_is_refused() {
        assertThat(get("/session").status()).isEqualTo(400);
        assertThat(get("/session").body()).isEqualTo("null");
        assertThat(get("/callback/github?code=c&state=s").status()).isEqualTo(400);
    }
}
