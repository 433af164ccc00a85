package io.github.multiclientauth.facade.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.facade.fake.HostileInput;
import io.github.multiclientauth.facade.web.RawHttp.Answer;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(TwoApplications.class)
class AuthRoutesTest {

    private static final String PORTFOLIO = "Host: portfolio.test";

    @TestHTTPResource
    URI server;

    private RawHttp http;

    @BeforeEach
    void connect() {
        http = new RawHttp(server.getPort());
    }

    private Answer get(String target, String... headers) {
        return http.send("", head("GET " + target + " HTTP/1.1", headers));
    }

    private Answer post(String target, String type, String body, String... headers) {
        return http.send(
                body,
                Stream.concat(
                                Stream.of(head("POST " + target + " HTTP/1.1", headers)),
                                Stream.of("Content-Type: " + type))
                        .toArray(String[]::new));
    }

    private static String[] head(String requestLine, String... headers) {
        return Stream.concat(Stream.of(requestLine), Stream.of(headers)).toArray(String[]::new);
    }

    @Test
    void nobody_is_signed_in_without_a_cookie() {
        Answer answer = get("/api/auth/session", PORTFOLIO);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("null");
        assertThat(answer.header("content-type")).hasValue("application/json");
    }

    @HostileInput(
            row = 19,
            advisory = {"CVE-2025-48947", "CVE-2025-64762"})
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/session",
                "/csrf",
                "/providers",
                "/signin",
                "/signin/github",
                "/signin/nope",
                "/signout",
                "/error",
                "/callback/github",
                "/nope",
                ""
            })
    void no_answer_may_be_stored_by_a_cache(String path) {
        Answer answer = get("/api/auth" + path, PORTFOLIO);

        assertThat(answer.header("cache-control")).hasValue("private, no-cache, no-store");
        assertThat(answer.header("expires")).hasValue("0");
        assertThat(answer.header("pragma")).hasValue("no-cache");
        assertThat(answer.header("vary")).isPresent();
        assertThat(answer.header("x-content-type-options")).hasValue("nosniff");
    }

    @Test
    void csrf_token_of_the_answer_is_the_one_of_the_cookie_and_opens_a_post() {
        Answer csrf = get("/api/auth/csrf", PORTFOLIO);
        String token = csrf.body().replaceAll("\\{\"csrfToken\":\"([0-9a-f]{64})\"}", "$1");
        String cookie = csrf.headers("set-cookie").get(0).split(";")[0];

        assertThat(cookie).startsWith("authjs.csrf-token=" + token + "%7C");
        Answer signOut = post(
                "/api/auth/signout",
                "application/x-www-form-urlencoded",
                "csrfToken=" + token + "&callbackUrl=%2Fbye",
                PORTFOLIO,
                "Cookie: " + cookie);
        assertThat(signOut.status()).isEqualTo(302);
        assertThat(signOut.header("location")).hasValue("http://portfolio.test/bye");
    }

    @Test
    void a_redirect_is_json_for_a_client_that_asks_for_it_and_keeps_its_location() {
        Answer answer = get(
                "/api/auth/signout?callbackUrl=%2F%22x%22",
                PORTFOLIO,
                "Sec-Fetch-Site: same-origin",
                "Sec-Fetch-Mode: navigate",
                "Sec-Fetch-Dest: document",
                "X-Auth-Return-Redirect: 1");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).hasValue("application/json");
        assertThat(answer.body()).isEqualTo("{\"url\":\"http://portfolio.test/%22x%22\"}");
        assertThat(answer.header("location")).isPresent();
    }

    @Test
    void a_sign_in_that_cannot_reach_keycloak_leads_to_the_error_page_without_cookies() {
        Answer answer = get("/api/auth/signin/github", PORTFOLIO);

        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.header("location"))
                .hasValueSatisfying(location -> assertThat(location)
                        .matches("http://portfolio[.]test/api/auth/error[?]error=Configuration&code=unavailable"
                                + "&reference=[0-9A-F]{8}"));
        assertThat(answer.headers("set-cookie")).isEmpty();
    }

    @HostileInput(
            row = {10, 32},
            advisory = {"GHSA-7rh7-c77v-6434", "CVE-2026-0976", "CVE-2026-3872", "observed on Auth.js"})
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/auth",
                "/api/auth/",
                "/api/auth/nope",
                "/api/auth/session/x",
                // Off until somebody configures it.
                "/api/auth/verify",
                "/api/auth/verify/x",
                "/api/auth/session/../csrf",
                "/api/auth/x/../session",
                "/api/auth/./session",
                "/api/auth//session",
                "/api/auth/session;x=1",
                "/api/auth/sessio%6e",
                "/api/auth/signin%2fgithub",
                "/api/auth/signin/git%68ub",
                "/api/auth/callback/github/x",
            })
    void each_route_has_one_spelling(String target) {
        Answer answer = get(target, PORTFOLIO);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo("\"Bad request.\"");
        assertThat(answer.headers("set-cookie")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/API/AUTH/session",
                "//api/auth/session",
                "/api/%61uth/session",
                "/x/../api/auth/session",
                "/api/auth%2fsession",
                "/api;x/auth/session",
                "http://portfolio.test/api/auth/session",
                "/",
                "/q/health",
            })
    void a_path_that_is_not_exactly_below_the_base_path_does_not_exist(String target) {
        Answer answer = get(target, PORTFOLIO);

        assertThat(answer.status()).isIn(400, 404);
        assertThat(answer.body()).doesNotContain("null").doesNotContain("user");
        assertThat(answer.headers("set-cookie")).isEmpty();
    }

    @HostileInput(row = 33, advisory = "observed on Auth.js")
    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "BREW"})
    void only_get_and_post_are_served(String method) {
        Answer answer = http.send("", method + " /api/auth/session HTTP/1.1", PORTFOLIO);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.headers("access-control-allow-origin")).isEmpty();
        assertThat(answer.body()).isEqualTo("\"Bad request.\"");
    }

    /** Monitors and link previews send it. It starts and ends nothing. */
    @ParameterizedTest
    @CsvSource({
        "/session, 200",
        "/providers, 200",
        "/csrf, 200",
        "/signin, 200",
        "/signout, 200",
        "/error, 200",
        "/signin/github, 403",
        "/callback/github?code=c&state=s, 400",
        "/_log, 400",
    })
    void a_head_is_answered_like_a_get_that_is_no_navigation(String path, int status) {
        Answer answer = http.send(
                "",
                "HEAD /api/auth" + path + " HTTP/1.1",
                PORTFOLIO,
                "Sec-Fetch-Site: none",
                "Sec-Fetch-Mode: navigate",
                "Sec-Fetch-Dest: document");

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/signin/githb", "/callback/githb", "/callback/githb?code=c&state=s"})
    void a_misspelt_provider_is_404_with_the_list(String path) {
        Answer page = get("/api/auth" + path, PORTFOLIO, "Accept: text/html,*/*");
        assertThat(page.status()).isEqualTo(404);
        Document document = Jsoup.parse(page.body());
        assertThat(document.select("button").eachText())
                .containsExactly("Sign in with GitHub", "Sign in with Keycloak");
        assertThat(document.selectFirst("[role=alert]").text()).contains("not available here");

        for (String header : List.of("Accept: */*", "Accept: application/json", "X-Auth-Return-Redirect: 1")) {
            Answer message = get("/api/auth" + path, PORTFOLIO, header);
            assertThat(message.status()).isEqualTo(404);
            assertThat(message.header("content-type")).hasValue("application/json");
            assertThat(message.body())
                    .contains("Available: github, keycloak.", "\"providers\":[\"github\",\"keycloak\"]");
        }
    }

    /** {@code fetch} of Node.js cannot send another Host than that of the address. */
    @Test
    void a_server_names_its_application_when_it_asks_for_a_session_at_an_address_of_the_facade() {
        String inside = "Host: facade.internal:8090";
        assertThat(get("/api/auth/session", inside).status()).isEqualTo(400);

        Answer answer =
                get("/api/auth/session", inside, "X-Client-Origin: https://portfolio.test", "Sec-Fetch-Mode: cors");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("null");
        assertThat(answer.headers("set-cookie"))
                .as("the names are those of the application's origin")
                .anyMatch(cookie -> cookie.startsWith("__Host-authjs.csrf-token="));
    }

    @Test
    void only_a_server_names_an_application_and_only_for_a_session() {
        String named = "X-Client-Origin: http://portfolio.test";
        for (String path : List.of("/providers", "/csrf", "/signin", "/signin/github", "/signout", "/error")) {
            assertThat(get("/api/auth" + path, "Host: evil.test", named).status())
                    .as(path)
                    .isEqualTo(400);
        }
        assertThat(get("/api/auth/session", "Host: evil.test", named, "Sec-Fetch-Site: same-origin")
                        .status())
                .as("a browser")
                .isEqualTo(400);
        assertThat(post("/api/auth/session", "application/json", "{}", "Host: evil.test", named)
                        .status())
                .isEqualTo(400);
        for (String origin : List.of("http://evil.test", "portfolio.test", "http://portfolio.test/", "null", "")) {
            assertThat(get("/api/auth/session", "Host: evil.test", "X-Client-Origin: " + origin)
                            .status())
                    .as(origin)
                    .isEqualTo(400);
        }
        assertThat(get("/api/auth/session", PORTFOLIO, "X-Client-Origin: https://portfolio.test")
                        .headers("set-cookie"))
                .as("the host of an application decides")
                .noneMatch(cookie -> cookie.startsWith("__Host-"));
    }

    @Test
    void a_location_is_ascii() {
        Answer answer = get(
                "/api/auth/signout?callbackUrl=/caf%C3%A9/zavr%C5%A1",
                PORTFOLIO, "Sec-Fetch-Site: same-origin", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document");

        assertThat(answer.header("location")).hasValue("http://portfolio.test/caf%C3%A9/zavr%C5%A1");
    }

    @HostileInput(row = 32, advisory = "observed on Auth.js")
    @Test
    void an_unknown_origin_gets_a_page_a_message_or_null_but_never_a_session_like_object() {
        Answer page = get("/api/auth/signin", "Host: evil.test", "Accept: text/html,*/*");
        assertThat(page.status()).isEqualTo(400);
        Document document = Jsoup.parse(page.body());
        assertThat(document.selectFirst("h1").text()).isEqualTo("This address is not set up for sign-in");
        assertThat(document.selectFirst(".reference strong").text()).matches("[0-9A-F]{8}");
        assertThat(page.body()).doesNotContain("evil.test");

        Answer message = get("/api/auth/providers", "Host: evil.test", "Accept: */*");
        assertThat(message.status()).isEqualTo(400);
        assertThat(message.body())
                .contains("No application is registered at this address")
                .contains("\"reference\"");

        Answer session = get("/api/auth/session", "Host: evil.test", "Accept: */*");
        assertThat(session.status()).isEqualTo(400);
        assertThat(session.body()).isEqualTo("null");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "portfolio.test.evil.test",
                "evil-portfolio.test",
                "portfolio.test:8080",
                "portfolio.test@evil.test",
                "portfolio.test.",
                "user@portfolio.test",
                "dashboard.test",
                "twin.test",
                "",
                "[::1",
                "portfolio.test/x",
            })
    void only_the_exact_host_and_port_are_an_application(String host) {
        Answer answer = get("/api/auth/csrf", "Host: " + host);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.headers("set-cookie")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"portfolio.test", "PORTFOLIO.test", "portfolio.test:80", "dashboard.test:81", "[::1]:82"})
    void equal_origins_in_other_spellings_are_the_same_application(String host) {
        assertThat(get("/api/auth/csrf", "Host: " + host).status()).isEqualTo(200);
    }

    @HostileInput(row = 32, advisory = "observed on Auth.js")
    @Test
    void two_host_headers_are_refused() {
        assertThat(get("/api/auth/csrf", PORTFOLIO, "Host: dashboard.test:81").status())
                .isEqualTo(400);
    }

    @HostileInput(
            row = 8,
            advisory = {"GHSA-7x63-xv5r-3p2x", "GHSA-vjrc-mh2v-45x6"})
    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-Host: dashboard.test:81",
                "X-Forwarded-Proto: https",
                "Forwarded: proto=https;host=dashboard.test:81",
                "X_Forwarded_Host: dashboard.test:81",
                "X-Original-Host: dashboard.test:81",
                "X-Forwarded-Port: 81",
            })
    void forwarded_headers_of_strangers_are_ignored(String header) {
        Answer answer = get("/api/auth/providers", PORTFOLIO, header);

        assertThat(answer.body()).contains("\"signinUrl\":\"http://portfolio.test/api/auth/signin/github\"");
    }

    @HostileInput(row = 3, advisory = "GHSA-xmf8-cvqr-rfgj")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization: Bearer %",
                "Authorization: Bearer \u00ff\u00fe",
                "Cookie: authjs.session-token=%",
                "Cookie: authjs.session-token=%ff%fe; =; ;;; a",
                "Cookie: authjs.session-token.0=x; authjs.session-token.-1=y; authjs.session-token.99999999999=z",
                "Cookie: authjs.session-token=eyJhbGciOiJub25lIn0..a.b.c",
                "Cookie: authjs.csrf-token=x%7Cy; authjs.callback-url=javascript:alert(1)",
                "Cookie: authjs.callback-url=http%3A%2F%2F%5B",
                "Accept: \u0000",
                "Origin: http://[",
            })
    void broken_headers_are_anonymous_or_refused(String header) {
        Answer answer = get("/api/auth/session", PORTFOLIO, header);

        assertThat(answer.status()).isBetween(200, 499);
        assertThat(answer.body()).isIn("null", "");
    }

    @HostileInput(row = 33, advisory = "observed on Auth.js")
    @ParameterizedTest
    @CsvSource({
        "application/json, {",
        "application/json, [1]",
        "application/json, '{\"csrfToken\":\"a\",\"csrfToken\":\"b\"}'",
        "application/x-www-form-urlencoded, csrfToken=%",
        "application/x-www-form-urlencoded, csrfToken=%ff",
        "application/x-www-form-urlencoded, csrfToken=a&csrfToken=b",
    })
    void an_ambiguous_body_is_refused(String type, String body) {
        Answer answer = post("/api/auth/signout", type, body, PORTFOLIO);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("\"message\"");
    }

    @HostileInput(row = 33, advisory = "observed on Auth.js")
    @Test
    void deeply_nested_json_is_refused() {
        assertThat(post("/api/auth/session", "application/json", "{\"data\":" + "[".repeat(20_000), PORTFOLIO)
                        .status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(ints = {40_000, 70_000, 11_000_000})
    void a_large_body_is_refused(int size) {
        Answer answer =
                post("/api/auth/signout", "application/x-www-form-urlencoded", "a=" + "x".repeat(size), PORTFOLIO);

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.header("cache-control")).hasValue("private, no-cache, no-store");
        assertThat(answer.body()).contains("too large");
    }

    @Test
    void bodies_of_other_types_are_ignored() {
        Answer answer = post("/api/auth/signout", "text/plain", "{", PORTFOLIO);

        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.header("location"))
                .hasValueSatisfying(location -> assertThat(location)
                        .startsWith("http://portfolio.test/api/auth/signin?error=MissingCSRF&reference="));
    }

    @HostileInput(row = 14, advisory = "CVE-2026-9689")
    @Test
    void a_duplicated_parameter_is_refused() {
        assertThat(get("/api/auth/callback/github?state=a&code=b&state=c", PORTFOLIO)
                        .status())
                .isEqualTo(400);
    }

    @Test
    void cookies_are_secure_and_prefixed_on_https_only() {
        Answer answer = get("/api/auth/csrf", PORTFOLIO);

        assertThat(answer.headers("set-cookie"))
                .hasSize(2)
                .allMatch(
                        cookie -> cookie.startsWith("authjs.") && cookie.endsWith("; Path=/; HttpOnly; SameSite=Lax"));
    }

    @HostileInput(
            row = 4,
            advisory = {"CVE-2022-35924", "CVE-2022-31127"})
    @Test
    void pages_escape_what_they_show_and_allow_no_script() throws Exception {
        Answer answer = get("/api/auth/signin?callbackUrl=%2F%22%3E%3Cscript%3Ex&error=%3Cscript%3E", PORTFOLIO);

        Document page = Jsoup.parse(answer.body());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(page.select("script")).isEmpty();
        assertThat(page.selectFirst("h1").text()).isEqualTo("Sign in to Portfolio <script>alert(1)</script>");
        assertThat(page.select("form")).hasSize(2);
        assertThat(page.select("form").get(0).attr("action")).isEqualTo("/api/auth/signin/github");
        assertThat(page.select("input[name=callbackUrl]").get(0).val()).isEqualTo("/\"><script>x");
        assertThat(page.selectFirst("[role=alert]").text()).isEqualTo("You were not signed in. Please try again.");

        String style = page.selectFirst("style").data();
        String hash = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8)));
        assertThat(answer.header("content-security-policy").orElse(""))
                .startsWith("default-src 'none'; style-src 'sha256-" + hash + "'")
                .contains("frame-ancestors 'none'")
                .doesNotContain("unsafe");
    }

    @ParameterizedTest
    @CsvSource({"Configuration, 500", "AccessDenied, 403", "Verification, 403", "accessdenied, 200", "x, 200", "'', 200"
    })
    void the_error_page_has_the_status_of_its_error(String error, int status) {
        Answer answer = get("/api/auth/error?error=" + error, PORTFOLIO);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("content-type")).hasValue("text/html");
        assertThat(Jsoup.parse(answer.body()).selectFirst(".reference strong").text())
                .matches("[0-9A-F]{8}");
    }

    @Test
    void a_cross_site_sign_out_asks_first() {
        Answer answer = get("/api/auth/signout", PORTFOLIO, "Sec-Fetch-Site: cross-site", "Sec-Fetch-Dest: document");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(Jsoup.parse(answer.body()).selectFirst("form").attr("action"))
                .isEqualTo("/api/auth/signout");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sec-Purpose: prefetch",
                "Sec-Purpose: prefetch;prerender",
                "X-Sec-Purpose: prefetch",
                "Purpose: prefetch",
                "X-Moz: prefetch",
                "Next-Router-Prefetch: 1",
            })
    void prefetches_neither_sign_in_nor_out(String header) {
        String[] navigation = {
            PORTFOLIO, "Sec-Fetch-Site: same-origin", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document", header
        };
        asksWhetherToSignOut(get("/api/auth/signout", navigation));
        startsNoSignIn(get("/api/auth/signin/github", navigation));
    }

    /** Turbo 8, Next.js, and whatever comes next. */
    @ParameterizedTest
    @ValueSource(
            strings = {"X-Sec-Purpose: prefetch", "RSC: 1", "HX-Request: true", "HX-Preloaded: true", "Accept: */*"})
    void scripts_that_follow_links_neither_sign_in_nor_out(String header) {
        String[] fetch = {
            PORTFOLIO, "Sec-Fetch-Site: same-origin", "Sec-Fetch-Mode: cors", "Sec-Fetch-Dest: empty", header
        };
        asksWhetherToSignOut(get("/api/auth/signout", fetch));
        startsNoSignIn(get("/api/auth/signin/github", fetch));
    }

    private static void asksWhetherToSignOut(Answer answer) {
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).hasValue("text/html");
    }

    private static void startsNoSignIn(Answer answer) {
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.headers("set-cookie")).isEmpty();
    }

    @Test
    void reports_of_auth_js_4_clients_are_accepted_and_ignored() {
        Answer answer = post("/api/auth/_log", "application/x-www-form-urlencoded", "code=X", PORTFOLIO);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "de-AT,de;q=0.9,en;q=0.5 | de | Zugriff verweigert",
                "fr,de;q=0.4 | de | Zugriff verweigert",
                "en-GB,en;q=0.9,de;q=0.8 | en | Access denied",
                "ja | en | Access denied",
                "'' | en | Access denied",
                "*;q=x,;;,de | en | Access denied",
            })
    void a_page_is_in_the_language_that_the_browser_asks_for(String accepted, String language, String heading) {
        Answer answer = get("/api/auth/error?error=AccessDenied", PORTFOLIO, "Accept-Language: " + accepted);

        Document page = Jsoup.parse(answer.body());
        assertThat(page.selectFirst("html").attr("lang")).isEqualTo(language);
        assertThat(answer.header("content-language")).hasValue(language);
        assertThat(answer.header("vary").orElse("")).contains("Accept-Language");
        assertThat(page.selectFirst("h1").text()).isEqualTo(heading);
    }

    @Test
    void a_program_that_asks_for_json_gets_the_text_as_json() {
        Answer page = get("/api/auth/error?error=AccessDenied", PORTFOLIO, "Accept: application/json");

        assertThat(page.status()).isEqualTo(403);
        assertThat(page.header("content-type")).hasValue("application/json");
        assertThat(page.body())
                .matches("\\{\"message\":\"Access denied[.] Your account may not sign in to Portfolio .*\","
                        + "\"reference\":\"[0-9A-F]{8}\"}");
        assertThat(get("/api/auth/signin?error=SessionRequired", PORTFOLIO, "Accept: application/json")
                        .body())
                .isEqualTo("{\"message\":\"Please sign in to see this page.\"}");
    }

    @Test
    void every_button_has_a_mark_that_screen_readers_skip() {
        Document page = Jsoup.parse(get("/api/auth/signin", PORTFOLIO).body());

        assertThat(page.select("button > svg[aria-hidden=true]")).hasSize(2);
        assertThat(page.select("button > span").eachText())
                .containsExactly("Sign in with GitHub", "Sign in with Keycloak");
        assertThat(page.select("[style], [onclick], [src], link")).isEmpty();
    }

    @Test
    void the_client_script_is_served_to_pages_of_any_origin_and_cached_until_it_changes() {
        Answer script = get("/api/auth/client.js", "Host: evil.test", "Origin: https://app.test");

        assertThat(script.status()).isEqualTo(200);
        assertThat(script.header("content-type")).hasValue("text/javascript;charset=utf-8");
        assertThat(script.header("access-control-allow-origin")).hasValue("*");
        assertThat(script.header("access-control-allow-credentials")).isEmpty();
        assertThat(script.header("set-cookie")).isEmpty();
        assertThat(script.header("cache-control")).hasValue("no-cache");
        assertThat(script.body()).contains("export async function signIn(").doesNotContain("import ");

        String tag = script.header("etag").orElseThrow();
        Answer again = get("/api/auth/client.js", PORTFOLIO, "If-None-Match: " + tag);
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(post("/api/auth/client.js", "text/plain", "", PORTFOLIO).status())
                .isEqualTo(400);
    }

    /** Whatever the host name, since no browser comes here; and nothing but a form with one token. */
    @HostileInput(row = 15, advisory = "CVE-2026-18569")
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            application/x-www-form-urlencoded | logout_token=eyJhbGciOiJub25lIn0.e30.         | 400
            application/x-www-form-urlencoded | logout_token=a&logout_token=b                | 400
            application/x-www-form-urlencoded | logout_token=%ff                             | 400
            application/x-www-form-urlencoded | -                                            | 400
            application/json                  | {"logout_token":"eyJhbGciOiJub25lIn0.e30."}  | 400
            text/plain                        | logout_token=eyJhbGciOiJub25lIn0.e30.        | 400
            """)
    void an_invalid_logout_token_is_refused(String type, String body, int status) {
        Answer answer = new RawHttp(server.getPort())
                .send(
                        body == null ? "" : body,
                        "POST /api/auth/backchannel-logout HTTP/1.1",
                        "Host: facade.internal:8090",
                        "Content-Type: " + type);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body()).isEqualTo("{\"error\":\"invalid_request\"}");
        assertThat(answer.header("cache-control")).hasValue("private, no-cache, no-store");
        assertThat(answer.headers("set-cookie")).isEmpty();
    }
}
