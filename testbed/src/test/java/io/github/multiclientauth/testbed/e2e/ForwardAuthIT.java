package io.github.multiclientauth.testbed.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.github.multiclientauth.testbed.e2e.ForwardAuthSites.Part;
import io.github.multiclientauth.testbed.e2e.ForwardAuthSites.Proxy;
import io.github.multiclientauth.testbed.e2e.Upstream.Got;
import io.github.multiclientauth.testbed.launch.DemoTokens;
import io.github.multiclientauth.testbed.launch.Testbed;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.provider.Person;
import io.github.multiclientauth.testbed.proxy.PathSpellings;
import io.github.multiclientauth.testbed.proxy.RawRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real proxies that ask the facade before they pass a request on, with the configurations of docs/how-to/call-an-api.md. */
@EndToEnd
class ForwardAuthIT {

    @RegisterExtension
    static final Started STARTED = new Started();

    /** What a browser may send to pass as somebody else, or to change what the proxy asks. */
    private static final List<List<String>> SMUGGLED = List.of(
            List.of("X-Auth-Request-User: smuggled"),
            List.of("x-auth-request-user: smuggled"),
            List.of("X_Auth_Request_User: smuggled"),
            List.of("X-Auth_Request-User: smuggled"),
            List.of("X_Auth-Request-User: smuggled", "X-Auth-Request_User: smuggled"),
            List.of("x_auth-request_email: smuggled", "X-Auth-Request-Preferred_Username: smuggled"),
            List.of("X-Auth_Request-Groups: /smuggled", "X_Auth-Request-Access-Token: smuggled"),
            List.of("X-Auth-Request-User: smuggled", "X-Auth-Request-User: smuggled, too"),
            List.of("X-Auth-Request-User:", "X-Auth-Request-User: smuggled"),
            List.of("X-Auth-Request-User: smuggled", "X-Auth-Request-User:"),
            List.of("X-Auth-Request-User : smuggled"),
            List.of("Accept-Language: en", " X-Auth-Request-User: smuggled"),
            List.of("X-Auth-Request-Email: smuggled", "X-Auth-Request-Preferred-Username: smuggled"),
            List.of("X-Auth-Request-Groups: /smuggled", "X-Auth-Request-Provider: smuggled"),
            List.of("X-Auth-Request-Access-Token: smuggled", "X_Auth_Request_Groups: smuggled"),
            List.of("Authorization: Bearer smuggled"),
            List.of("authorization: Basic smuggled", "Authorization: Bearer smuggled"),
            List.of("Connection: X-Auth-Request-User, Authorization"),
            // Afterwards the proxy would see none of the requests of this connection.
            List.of("Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA"),
            List.of("X-Original-URL: https://other.example/", "X-Original-URI: /", "X-Forwarded-Uri: /"),
            List.of(
                    "X-Forwarded-Host: other.example",
                    "X-Forwarded-Method: OPTIONS",
                    "X-Forward-Auth-Secret: guessed"));

    private static final String SESSION = "__Secure-authjs.session-token=";

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3}) ");

    private static final Map<Proxy, SignedIn> SIGNED_IN = new EnumMap<>(Proxy.class);

    private static ForwardAuthSites sites;
    private static Chromium chromium;

    private final Chain chain;

    ForwardAuthIT(Chain chain) {
        this.chain = chain;
    }

    @BeforeAll
    static void start(Chain chain) throws Exception {
        SIGNED_IN.clear();
        sites = STARTED.add(ForwardAuthSites.start(chain));
        chromium = STARTED.add(Chromium.with(sites.chromiumOptions()));
    }

    @ParameterizedTest
    @EnumSource
    void a_user_signs_in_and_comes_back_to_the_very_page(Proxy proxy) throws Exception {
        Person person = chain.somebody();
        try (Part running = sites.start(proxy);
                BrowserContext context = chromium.browser().newContext()) {
            String page = running.proxy().origin() + "/reports/2026?a=%2F1&b=c%26d&e=%C3%A9";
            Page tab = signIn(context, page, person);
            assertThat(tab).hasURL(page);
            Got got = sites.upstream().taken();
            assertThat(got.target()).isEqualTo("/reports/2026?a=%2F1&b=c%26d&e=%C3%A9");
            assertThat(got.all("x-auth-request-user"))
                    .singleElement()
                    .asString()
                    .hasSize(36);
            // Empty as long as the address is not verified.
            assertThat(given(got.all("x-auth-request-email"))).isSubsetOf(person.email());
            assertThat(got.all("x-auth-request-provider")).containsExactly("github");
            assertThat(given(got.all("authorization"))).as("for a page").isEmpty();

            assertThat(fetch(tab, "/api/orders?x=1", "{ method: 'POST', body: 'a=1' }"))
                    .isEqualTo(200);
            Got call = sites.upstream().taken();
            assertThat(call.method() + " " + call.target() + " " + call.body()).isEqualTo("POST /api/orders?x=1 a=1");
            JsonNode claims = claims(call);
            assertThat(claims.path("azp").asText()).isEqualTo(ForwardAuthSites.CLIENT);
            assertThat(call.all("x-auth-request-user"))
                    .containsExactly(claims.path("sub").asText());
            assertThat(given(call.all("cookie")))
                    .as("the session of the browser")
                    .isEmpty();

            ApplicationPage application = ApplicationPage.open(context, proxy.origin(), "");
            sites.upstream().taken();
            application.call("signOut({ redirect: false })");
            assertThat(fetch(tab, "/api/orders", "{}")).isEqualTo(401);
            tab.navigate(page);
            assertThat(tab.url()).startsWith(proxy.origin() + "/api/auth/signin?callbackUrl=");
            assertThat(sites.upstream().taken()).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothing_that_a_browser_smuggles_arrives(Proxy proxy) throws Exception {
        try (Part running = sites.start(proxy)) {
            SignedIn user = signedIn(running.proxy());
            for (List<String> smuggled : SMUGGLED) {
                for (String path : List.of("/", "/public/1")) {
                    String open = request(running, path, smuggled);
                    says(sites.upstream().taken(), "", smuggled);
                    assertThat(status(open)).as("%s, %s", path, smuggled).isIn(200, 400);
                }

                for (String path : List.of("/reports/1", "/api/1")) {
                    int alone = status(request(running, path, smuggled));
                    assertThat(alone)
                            .as("%s without a session, %s", path, smuggled)
                            .isIn(302, 400, 401);
                    assertThat(sites.upstream().taken()).isNull();

                    int status = status(request(running, path, with(smuggled, "Cookie: " + user.cookies())));
                    assertThat(status).as("%s, %s", path, smuggled).isIn(200, 400);
                    Got got = sites.upstream().taken();
                    assertThat(got != null).as("%s, %s", path, smuggled).isEqualTo(status == 200);
                    says(got, user.id(), smuggled);
                    if (got != null && path.startsWith("/api/")) {
                        assertThat(claims(got).path("sub").asText()).isEqualTo(user.id());
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_browser_gets_no_answer_of_the_endpoint_that_the_proxy_asks(Proxy proxy) throws Exception {
        try (Part running = sites.start(proxy)) {
            SignedIn user = signedIn(running.proxy());
            for (String path : List.of(
                    "/api/auth/verify",
                    "/api/auth/verify?token&rd",
                    "/api/auth/verify/",
                    "/api/auth/verify/reports/1",
                    "/api/auth/%76erify",
                    "/api/auth/verify%3Ftoken",
                    "//api/auth/verify",
                    "/api/auth/./verify",
                    "/x/../api/auth/verify",
                    "/api/auth;x=1/verify",
                    "/api/auth//verify",
                    "/api/auth/verify;x=1",
                    "/public/..;/api/auth/verify",
                    "/public/..%2fapi/auth/verify",
                    "/public/%2e%2e/api/auth/verify",
                    "/API/AUTH/VERIFY",
                    "/forward-auth",
                    "//forward-auth",
                    "/%66orward-auth")) {
                for (String named : List.of(
                        "X-Original-URL: " + proxy.origin() + "/reports/1",
                        "X-Original-URI: /reports/1",
                        "X-Forwarded-Uri: /reports/1",
                        "X-Forward-Auth-Secret: guessed")) {
                    String answer = request(running, path, List.of(named, "Cookie: " + user.cookies()));
                    assertThat(answer)
                            .as("%s, %s", path, named)
                            .doesNotContainIgnoringCase("Bearer")
                            .doesNotContain(user.id(), user.email());
                    sites.upstream().taken();
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_user_whom_a_rule_excludes_gets_403(Proxy proxy) throws Exception {
        SignedIn user;
        try (Part running = sites.start(proxy)) {
            user = signedIn(running.proxy());
        }
        try (Part strict = sites.startWithRule(proxy, "google")) {
            for (String path : List.of("/api/1", "/reports/1", "/api/1?provider=github", "/reports/1?token&rd=/x")) {
                String answer = request(strict, path, List.of("Cookie: " + user.cookies()));
                assertThat(status(answer)).as(path).isEqualTo(403);
                assertThat(sites.upstream().taken()).as(path).isNull();
            }
            assertThat(status(request(strict, "/", List.of("Cookie: " + user.cookies()))))
                    .isEqualTo(200);
            assertThat(sites.upstream().taken()).isNotNull();
        }
        try (Part fitting = sites.startWithRule(proxy, "github")) {
            assertThat(status(request(fitting, "/api/1", List.of("Cookie: " + user.cookies()))))
                    .isEqualTo(200);
            assertThat(sites.upstream().taken()).isNotNull();
        }
    }

    /** The host decides whose session counts: a browser must not choose it. */
    @ParameterizedTest
    @EnumSource
    void a_request_for_another_host_gets_no_further(Proxy proxy) throws Exception {
        try (Part running = sites.start(proxy)) {
            SignedIn user = signedIn(running.proxy());
            String own = proxy.host();
            // An origin of the same application, so that the session would be good there.
            String other = (proxy == Proxy.NGINX ? Proxy.CADDY : Proxy.NGINX).host();
            for (String host : List.of(
                    other,
                    other.toUpperCase(Locale.ROOT),
                    URI.create(chain.dashboard().toString()).getRawAuthority(),
                    own + "." + other,
                    other + "," + own,
                    own + "," + other)) {
                for (String path : List.of("/", "/reports/1", "/api/1")) {
                    String answer = requestFor(host, running, path, List.of("Cookie: " + user.cookies()));
                    // Caddy's answer to a host that it does not know is an empty 200.
                    if (proxy != Proxy.CADDY) {
                        assertThat(status(answer)).as("%s, %s", host, path).isIn(400, 421);
                    }
                    assertThat(sites.upstream().taken())
                            .as("%s, %s", host, path)
                            .isNull();
                }
            }
            assertThat(status(requestFor(
                            own.toUpperCase(Locale.ROOT), running, "/api/1", List.of("Cookie: " + user.cookies()))))
                    .isEqualTo(200);
            assertThat(sites.upstream().taken()).isNotNull();
        }
    }

    /** A host that is forgotten in a proxy's configuration opens nothing: it also says whom it asks about. */
    @ParameterizedTest
    @EnumSource
    void a_session_of_another_application_than_the_proxys_opens_nothing(Proxy proxy) throws Exception {
        SignedIn user;
        try (Part running = sites.start(proxy)) {
            user = signedIn(running.proxy());
        }
        try (Part another = sites.startForAnotherApplication(proxy)) {
            for (String path : List.of("/reports/1", "/api/1")) {
                for (List<String> headers : List.of(List.of("Cookie: " + user.cookies()), List.<String>of())) {
                    assertThat(status(request(another, path, headers))).as(path).isEqualTo(403);
                    assertThat(sites.upstream().taken()).as(path).isNull();
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void nobody_passes_while_the_facade_does_not_answer_or_refuses_the_proxy(Proxy proxy) throws Exception {
        for (boolean answers : List.of(false, true)) {
            try (Part broken = answers ? sites.startWithWrongSecret(proxy) : sites.startWithoutFacade(proxy)) {
                for (String path : List.of("/api/1", "/reports/1")) {
                    assertThat(status(request(broken, path, List.of())))
                            .as(path)
                            .isBetween(400, 599);
                    assertThat(sites.upstream().taken()).as(path).isNull();
                }
            }
        }
    }

    /** Each server has rules of its own for what a path means, so that a proxy must not need to know them. */
    @ParameterizedTest
    @EnumSource
    void no_spelling_of_a_protected_page_is_open(Proxy proxy) throws Exception {
        try (Part running = sites.start(proxy)) {
            Stream<String> absolute = Stream.of("/reports", "//reports", "/public/..;/reports")
                    .flatMap(path -> Stream.of("http://", "https://").map(scheme -> scheme + proxy.host() + path));
            List<String> reached = new ArrayList<>();
            for (String target :
                    Stream.concat(PathSpellings.ATTACKS.stream(), absolute).toList()) {
                for (String method : List.of("GET", "POST")) {
                    try {
                        requestFor(method, proxy.host(), running, target, List.of("Content-Length: 0"));
                    } catch (IOException refused) {
                        // The end of the connection is as good.
                    }
                    Got got = sites.upstream().taken();
                    // What a proxy has cleaned up is an open page by itself.
                    if (got != null && !got.target().equals("/public/reports")) {
                        reached.add(method + " " + target);
                    }
                }
            }
            assertThat(reached).isEmpty();
        }
    }

    /** A proxy that cleans a path up before it decides has to pass on the clean one. */
    @ParameterizedTest
    @EnumSource
    void what_is_open_is_decided_by_the_path_that_the_application_gets(Proxy proxy) throws Exception {
        try (Part running = sites.start(proxy)) {
            for (String target : List.of(
                    "/reports/../public/a",
                    "/reports/%2e%2e/public/a",
                    "/reports/..",
                    "/reports/../",
                    "/public//a",
                    "/public/./a",
                    "//public/a",
                    "/public/reports/../a")) {
                request(running, target, List.of());
                Got got = sites.upstream().taken();
                if (got != null) {
                    assertThat(got.target()).as(target).isIn("/", "/public/a");
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void open_pages_are_for_everybody(Proxy proxy) throws Exception {
        try (Part running = sites.start(proxy)) {
            SignedIn user = signedIn(running.proxy());
            for (String target : PathSpellings.OPEN) {
                for (List<String> headers : List.of(List.of("Cookie: " + user.cookies()), List.<String>of())) {
                    assertThat(status(request(running, target, headers)))
                            .as(target)
                            .isEqualTo(200);
                    Got got = sites.upstream().taken();
                    assertThat(got.target()).isEqualTo(target);
                    says(got, "", List.of(target));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void other_pages_can_be_opened_and_the_start_page_closed(Proxy proxy) throws Exception {
        try (Part running = sites.startWithOtherOpenPages(proxy)) {
            for (String target : List.of("/public/a", "/assets", "/assets/a.js?v=1", "/robots.txt")) {
                assertThat(status(request(running, target, List.of())))
                        .as(target)
                        .isEqualTo(200);
                assertThat(sites.upstream().taken().target()).isEqualTo(target);
            }
            for (String target : List.of("/", "/?x", "/reports", "/assetsx", "/robots_txt", "/assets/..;/reports")) {
                assertThat(status(request(running, target, List.of())))
                        .as(target)
                        .isEqualTo(302);
                assertThat(sites.upstream().taken()).as(target).isNull();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_user_who_is_signed_in_gets_all_other_pages(Proxy proxy) throws Exception {
        try (Part running = sites.start(proxy)) {
            SignedIn user = signedIn(running.proxy());
            for (String target : PathSpellings.PROTECTED) {
                assertThat(status(request(running, target, List.of("Cookie: " + user.cookies()))))
                        .as(target)
                        .isEqualTo(200);
                Got got = sites.upstream().taken();
                assertThat(got.target()).isEqualTo(target);
                says(got, user.id(), List.of(target));
            }
        }
    }

    /** A cache in front would give the cookie to the next visitor. */
    @ParameterizedTest
    @EnumSource
    void no_shared_cache_stores_an_answer_with_the_sessions_cookie(Proxy proxy) throws Exception {
        try (Part running = sites.start(proxy)) {
            SignedIn user = newlySignedIn(running.proxy());
            for (String path : List.of("/reports/" + Upstream.CACHEABLE, "/api/" + Upstream.CACHEABLE)) {
                AtomicReference<String> cookies = new AtomicReference<>(user.cookies());
                // Until Keycloak has confirmed the session after everything that has changed the user.
                String kept = Soon.see(
                        () -> visited(running, path, cookies),
                        answer -> all(answer, "Set-Cookie").size() == 2);
                assertThat(all(kept, "Set-Cookie")).containsExactly("first=1; Secure", "second=2; Secure");
                assertThat(all(kept, "Cache-Control")).containsExactly(Upstream.CACHE_CONTROL);

                chain.administrator().rename(user.id(), "Renamed", "For " + path);
                String renewed = Soon.see(
                        () -> visited(running, path, cookies),
                        answer -> all(answer, "Set-Cookie").size() > 2);
                assertThat(status(renewed)).isEqualTo(200);
                assertThat(all(renewed, "Set-Cookie"))
                        .contains("first=1; Secure", "second=2; Secure")
                        .anyMatch(cookie -> cookie.startsWith(SESSION));
                isPrivate(renewed);

                String ended = request(running, path, List.of("Cookie: " + SESSION + "unreadable"));
                assertThat(status(ended)).isIn(302, 401);
                assertThat(all(ended, "Set-Cookie")).anyMatch(cookie -> cookie.startsWith(SESSION));
                isPrivate(ended);
                sites.upstream().taken();
            }
        }
    }

    private static void isPrivate(String answer) {
        assertThat(all(answer, "Cache-Control").stream().flatMap(value -> Stream.of(value.split(", *"))))
                .contains("private", "no-store")
                .doesNotContain("public", "max-age=3600");
    }

    /** Sends a request, and keeps the session's cookie as a browser does. */
    private static String visited(Part proxy, String path, AtomicReference<String> cookies) throws Exception {
        String answer = request(proxy, path, List.of("Cookie: " + cookies.get()));
        sites.upstream().taken();
        all(answer, "Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith(SESSION))
                .findFirst()
                .ifPresent(cookie -> cookies.set(cookie.split(";", 2)[0]));
        return answer;
    }

    /** HAProxy goes on after an error in a script, also with the rules that pass the request on. */
    @Test
    void nobody_passes_if_the_script_of_haproxy_fails() throws Exception {
        SignedIn user;
        try (Part running = sites.start(Proxy.HAPROXY)) {
            user = signedIn(running.proxy());
        }
        for (Map.Entry<String, String> broken : Map.of(
                        "core.httpclient()", "nothing.httpclient()", "pcall(ask, txn, address)", "error('failed')")
                .entrySet()) {
            try (Part failing = sites.startHaProxyWith(broken.getKey(), broken.getValue())) {
                for (String path : List.of("/reports/1", "/api/1")) {
                    for (List<String> headers : List.of(List.of("Cookie: " + user.cookies()), List.<String>of())) {
                        assertThat(status(request(failing, path, headers)))
                                .as("%s, %s", path, broken)
                                .isEqualTo(503);
                        assertThat(sites.upstream().taken())
                                .as("%s, %s", path, broken)
                                .isNull();
                    }
                }
            }
        }
    }

    /** What the browser sends is also in the question, partly more than once. */
    @Test
    void nobody_passes_haproxy_with_a_request_that_has_no_room_in_the_question() throws Exception {
        try (Part running = sites.start(Proxy.HAPROXY)) {
            String own = running.proxy().host();
            assertThat(status(request(running, "/api/" + "a".repeat(4_000), List.of())))
                    .isEqualTo(401);
            for (int cookie = 20_000; cookie < 28_600; cookie += cookie < 27_000 ? 1_000 : 100) {
                for (String host : List.of(own, "a".repeat(4_000) + "." + own)) {
                    String path = "/api/" + (host.equals(own) ? "a".repeat(4_000) : "");
                    try {
                        requestFor(host, running, path, List.of("Cookie: a=" + "b".repeat(cookie)));
                    } catch (IOException refused) {
                        // The end of the connection is as good.
                    }
                    assertThat(sites.upstream().taken()).as("%s bytes", cookie).isNull();
                }
            }
        }
    }

    /** The demo, whose own proxy does what the others do. */
    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void the_demos_dashboard_calls_an_api_with_a_token_that_its_page_does_not_get(ColorScheme colors) throws Exception {
        DemoTokens.mappers().forEach(mapper -> chain.administrator().addMapper(Testbed.DASHBOARD, (ObjectNode) mapper));
        try (BrowserContext context =
                chromium.browser().newContext(new Browser.NewContextOptions().setColorScheme(colors))) {
            Visitor visitor = chain.visitor();
            assertThat(visitor.get(URI.create(chain.dashboard() + "/api/me")).status())
                    .isEqualTo(401);
            chain.atDashboard(visitor).as(chain.somebody().login());
            Soon.see(
                    () -> visitor.get(URI.create(chain.dashboard() + "/api/me")).status(), status -> status == 200);

            Person person = chain.somebody();
            Page page = context.newPage();
            page.navigate(chain.dashboard() + "/");
            page.locator("#sign-in-github").click();
            page.locator("button[name=login][value=" + person.login() + "]").click();
            page.locator("#call-api").click();

            assertThat(page.locator("#api")).containsText("\"through\": \"dashboard\"");
            assertThat(page.locator("#api")).containsText("demo-api");
            assertThat(page.locator("#api")).containsText(person.email());
            page.screenshot(new Page.ScreenshotOptions()
                    .setFullPage(true)
                    .setPath(Path.of(System.getProperty("testbed.work.directory"))
                            .resolve("screenshots")
                            .resolve("dashboard-api-" + colors.name().toLowerCase(Locale.ROOT) + ".png")));
        } finally {
            DemoTokens.mappers()
                    .forEach(mapper -> chain.administrator()
                            .removeMapper(Testbed.DASHBOARD, mapper.path("name").asText()));
        }
    }

    private record SignedIn(String id, String email, String cookies) {}

    /** A session that stays for all tests of this proxy. */
    private SignedIn signedIn(Proxy proxy) throws IOException {
        SignedIn known = SIGNED_IN.get(proxy);
        if (known != null) {
            return known;
        }
        SignedIn signedIn = newlySignedIn(proxy);
        SIGNED_IN.put(proxy, signedIn);
        return signedIn;
    }

    private SignedIn newlySignedIn(Proxy proxy) throws IOException {
        Person person = chain.somebody();
        try (BrowserContext context = chromium.browser().newContext()) {
            assertThat(signIn(context, proxy.origin() + "/reports/1", person)).hasURL(proxy.origin() + "/reports/1");
            Got got = sites.upstream().taken();
            String cookies = context.cookies(proxy.origin() + "/").stream()
                    .map(cookie -> cookie.name + "=" + cookie.value)
                    .collect(Collectors.joining("; "));
            return new SignedIn(got.all("x-auth-request-user").get(0), person.email(), cookies);
        }
    }

    /** Opens a page for users who are signed in. */
    private static Page signIn(BrowserContext context, String address, Person person) {
        Page page = context.newPage();
        page.navigate(address);
        page.locator("form[action*='/signin/github'] button").click();
        page.locator("button[name=login][value=" + person.login() + "]").click();
        page.waitForURL(address);
        return page;
    }

    private static int fetch(Page page, String path, String options) {
        return (int) page.evaluate("async () => (await fetch('" + path + "', " + options + ")).status");
    }

    private static String request(Part proxy, String path, List<String> headers) throws Exception {
        return requestFor(proxy.proxy().host(), proxy, path, headers);
    }

    /** A request whose TLS handshake names the proxy's host, and whose head names this one. */
    private static String requestFor(String host, Part proxy, String path, List<String> headers) throws Exception {
        return requestFor("GET", host, proxy, path, headers);
    }

    private static String requestFor(String method, String host, Part proxy, String target, List<String> headers)
            throws Exception {
        return RawRequest.overTls(
                sites.certificate().sslContext(),
                proxy.proxy().host(),
                proxy.port(),
                Stream.concat(
                                Stream.of(method + " " + target + " HTTP/1.1", "Host: " + host, "Accept: text/html"),
                                headers.stream())
                        .toList());
    }

    /** All values of a header of an answer. */
    private static List<String> all(String answer, String name) {
        return answer.split("\r\n\r\n", 2)[0]
                .lines()
                .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).trim())
                .toList();
    }

    private static int status(String answer) {
        Matcher line = STATUS.matcher(answer);
        assertThat(line.lookingAt()).as("whether this is an answer: %s", answer).isTrue();
        return Integer.parseInt(line.group(1));
    }

    /** Checks that these headers are those of the facade, or that there are none, for servers that read an underscore as a hyphen, too. */
    private static void says(Got got, String user, List<String> smuggled) {
        if (got == null) {
            return;
        }
        assertThat(given(got.all("x-auth-request-user")))
                .as("%s", smuggled)
                .isEqualTo(user.isEmpty() ? List.of() : List.of(user));
        assertThat(got.all("upgrade")).as("%s", smuggled).isEmpty();
        assertThat(got.headers().stream()
                        .filter(header -> header.getKey().replace('_', '-').matches("x-auth-request-.*|authorization")))
                .as("%s", smuggled)
                .noneMatch(header -> header.getValue().contains("smuggled"))
                .noneMatch(header -> header.getKey().contains("_"));
    }

    private static List<String> given(List<String> values) {
        return values.stream().filter(value -> !value.isEmpty()).toList();
    }

    private static List<String> with(List<String> headers, String one) {
        return Stream.concat(headers.stream(), Stream.of(one)).toList();
    }

    private static JsonNode claims(Got call) {
        assertThat(call.all("authorization")).as("authorization of %s", call).hasSize(1);
        String authorization = call.all("authorization").get(0);
        assertThat(authorization.startsWith("Bearer ")).isTrue();
        return Story.claims(authorization.substring("Bearer ".length()));
    }
}
