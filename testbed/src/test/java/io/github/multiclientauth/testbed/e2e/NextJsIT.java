package io.github.multiclientauth.testbed.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.github.multiclientauth.testbed.e2e.SameSession.assertSameForServer;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.LoadState;
import com.microsoft.playwright.options.RequestOptions;
import io.github.multiclientauth.testbed.npm.NextJsBuild;
import io.github.multiclientauth.testbed.npm.NodeJs;
import io.github.multiclientauth.testbed.provider.Person;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Builds and runs the Next.js example in a real Chromium. Server components, a route handler and middleware read the session
 * with {@code auth()} of our npm package, server actions sign in and out with it, and pages with its client.
 */
@EndToEnd
class NextJsIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @RegisterExtension
    static final Started STARTED = new Started();

    private static Chromium chromium;
    private static NodeJs node;
    private static Path application;

    private final Chain chain;
    private final Person person;
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    NextJsIT(Chain chain) {
        this.chain = chain;
        this.person = chain.somebody();
    }

    // Slow: it installs and builds the example, once for all tests.
    @BeforeAll
    static void build_the_example() throws Exception {
        node = NodeJs.installed();
        chromium = STARTED.add(Chromium.start());
        application = build().run();
    }

    // Slow: it begins a dozen sign-ins, each through pages that a browser draws. A busy machine needs two minutes for
    // it.
    @Test
    @Timeout(value = 6, unit = TimeUnit.MINUTES)
    void behind_a_facade_the_application_signs_in_and_out_with_server_actions() throws Exception {
        try (NextJsExample example = NextJsExample.behindAFacade(chain, node, application);
                BrowserContext context = newContext(ColorScheme.LIGHT)) {
            Page page = newPage(context);
            isSentToTheSignInPage(page, example);
            leavesFewUnfinishedSignIns(page, example);
            signsIn(page, example);
            seesTheSameEverywhere(page, example);
            callsAnApi(page, example);
            String copy = cookies(context);
            forwardsLongAddresses(page, example);

            signsOut(page, example);

            assertThat(orders(page, example, copy).status())
                    .as("a copy of the cookie, with which the server asks for a token")
                    .isEqualTo(401);
            assertThat(me(page, example, copy).status())
                    .as("a copy of the cookie, where the facade is asked")
                    .isEqualTo(401);
            assertHasNoSessionAtKeycloak();

            signsIn(page, example);
            // This button is the browser's, which has no effect before the page's script has run.
            page.waitForLoadState(LoadState.NETWORKIDLE);
            page.getByText("Sign out").click();
            assertThat(page.locator("main")).containsText("You are not signed in.");
            assertHasNoSessionAtKeycloak();
            assertThat(complaints).as("what the browser complains about").isEmpty();
        }
    }

    // Slow: it installs and builds the example a second time. AuthJsServerIT tests this configuration of next-auth,
    // too.
    @Nightly
    @Test
    @Timeout(value = 8, unit = TimeUnit.MINUTES)
    void without_a_facade_the_application_signs_in_at_keycloak_itself() throws Exception {
        try (NextJsExample example = NextJsExample.onItsOwn(chain, node, withNextAuth());
                BrowserContext context = newContext(ColorScheme.DARK)) {
            Page page = newPage(context);
            isSentToTheSignInPage(page, example);
            signsIn(page, example);
            seesTheSameEverywhere(page, example);
            signsOut(page, example);
            assertThat(complaints).as("what the browser complains about").isEmpty();
        }
    }

    @Nightly
    @Test
    @Timeout(value = 8, unit = TimeUnit.MINUTES)
    void without_a_facade_a_sign_in_for_another_origin_of_the_client_is_refused() throws Exception {
        try (NextJsExample example = NextJsExample.onItsOwn(chain, node, withNextAuth());
                BrowserContext context = newContext(ColorScheme.LIGHT)) {
            Page page = newPage(context);
            page.navigate(example.origin() + "/");

            // Auth.js allows this: the query of the sign-in request changes the parameters that Keycloak gets.
            Object keycloak = page.evaluate(
                    "async (origin) => {"
                            + "const { csrfToken } = await (await fetch('/api/auth/csrf')).json();"
                            + "const reply = await fetch('/api/auth/signin/github?client_origin=' + origin, {"
                            + "method: 'POST', headers: { 'X-Auth-Return-Redirect': '1' },"
                            + "body: new URLSearchParams({ csrfToken, callbackUrl: '/dashboard' }) });"
                            + "return (await reply.json()).url; }",
                    URLEncoder.encode(NextJsExample.ELSEWHERE.toString(), StandardCharsets.UTF_8));
            page.navigate(keycloak.toString());
            page.locator("button[name=login][value=" + person.login() + "]").click();

            assertThat(page).hasURL(example.origin() + "/api/auth/error?error=AccessDenied");
            assertThat(context.cookies(example.origin().toString()))
                    .noneMatch(cookie -> cookie.name.equals("authjs.session-token"));
        }
    }

    /** The example with Auth.js itself: the same names from another module. */
    private static Path withNextAuth() throws Exception {
        return build().with("with-next-auth", Map.of("auth.ts", """
                                import NextAuth from "next-auth";
                                import { createAuthConfig } from "multi-client-auth/config";
                                import "multi-client-auth/types";

                                export const { auth, handlers, signIn, signOut } = NextAuth(createAuthConfig());
                                """), "next-auth@5.0.0-beta.32")
                .run();
    }

    private static NextJsBuild build() {
        return new NextJsBuild(
                node, Path.of("..").toAbsolutePath().normalize(), Path.of(System.getProperty("testbed.npm.directory")));
    }

    private void assertHasNoSessionAtKeycloak() {
        String id = chain.administrator().user(person.email()).path("id").asText();
        assertThat(chain.administrator().sessions(id)).isEmpty();
    }

    private void isSentToTheSignInPage(Page page, NextJsExample example) {
        page.navigate(example.origin() + "/dashboard");
        assertThat(page).hasURL(theSignInPage(example));
        assertThat(page.locator("body")).containsText("GitHub");
    }

    /** Auth.js comes back to an absolute address. */
    private static Pattern theSignInPage(NextJsExample example) {
        // JavaScript reads the pattern, which knows no Pattern.quote().
        return Pattern.compile("^" + example.origin() + "/api/auth/signin\\?callbackUrl=[^&]*%2Fdashboard$");
    }

    private void signsIn(Page page, NextJsExample example) {
        page.navigate(example.origin() + "/");
        assertThat(page.locator("main")).containsText("You are not signed in.");
        shoot(page, example, "signed-out");

        page.getByText("Sign in with GitHub").click();
        assertThat(page.locator("h1")).hasText("Whom do you want to be?");
        page.locator("button[name=login][value=" + person.login() + "]").click();

        assertThat(page).hasURL(example.origin() + "/dashboard");
        assertThat(page.locator("main"))
                .containsText("Hello, " + person.displayName() + ". You signed in with github through "
                        + example.clientId() + ".");
    }

    private void seesTheSameEverywhere(Page page, NextJsExample example) throws Exception {
        page.navigate(example.origin() + "/");
        assertThat(page.getByTestId("browser-session")).containsText("expires");
        page.locator("img").first().evaluate("image => image.decode()");
        shoot(page, example, "signed-in");

        JsonNode server = JSON.readTree(page.getByTestId("server-session").textContent());
        JsonNode user = server.path("user");
        assertThat(user.path("id").asText())
                .isEqualTo(chain.administrator().user(person.email()).path("id").asText());
        assertThat(user.path("name").asText()).isEqualTo(person.displayName());
        assertThat(user.path("email").asText()).isEqualTo(person.email());
        assertThat(user.path("image").asText()).isEqualTo(chain.picture(person));
        assertThat(user.path("provider").asText()).isEqualTo("github");
        assertThat(user.path("clientOrigin").asText())
                .isEqualTo(example.origin().toString());
        assertThat(user.path("clientId").asText()).isEqualTo(example.clientId());
        assertThat(user.path("emailVerified").isBoolean()).isTrue();
        assertThat(user).hasSize(8);

        assertSameForServer(JSON.readTree(page.getByTestId("browser-session").textContent()), server);
        assertThat(JSON.readTree(me(page, example, cookies(page.context())).text()))
                .as("what a route handler sees")
                .isEqualTo(user);
    }

    /** The server gets a token and the API checks it. The browser gets only what the API has answered. */
    private void callsAnApi(Page page, NextJsExample example) throws Exception {
        List<String> received = new CopyOnWriteArrayList<>();
        page.onResponse(response -> received.add(response.allHeaders().toString()));
        JsonNode answer = JSON.readTree((String) page.evaluate("fetch('/api/orders').then(answer => answer.text())"));

        assertThat(answer.path("caller").asText())
                .isEqualTo(chain.administrator().user(person.email()).path("id").asText());
        assertThat(answer.path("through").asText()).isEqualTo(example.clientId());
        assertThat(example.api().tokens()).hasSize(1);
        String token = example.api().tokens().get(0);
        String signature = token.substring(token.lastIndexOf('.') + 1);
        assertThat(signature).isNotEmpty();
        assertThat(answer.toString()).doesNotContain(signature);
        assertThat(received).isNotEmpty().noneMatch(headers -> headers.contains(signature));

        chain.administrator().removeMapper(example.clientId(), "API access");
        APIResponse refused =
                Soon.see(() -> orders(page, example, cookies(page.context())), seen -> seen.status() != 200);
        assertThat(refused.status()).isEqualTo(503);
        assertThat(JSON.readTree(refused.text()).path("code").asText()).isEqualTo("not_allowed");
        chain.administrator().addMapper(example.clientId(), MadeClient.apiAccess("", "email"));
        Soon.see(() -> orders(page, example, cookies(page.context())), seen -> seen.status() == 200);
    }

    /** The answer of {@code /api/orders} to a request with exactly these cookies. */
    private static APIResponse orders(Page page, NextJsExample example, String cookies) {
        return page.request()
                .get(example.origin() + "/api/orders", RequestOptions.create().setHeader("Cookie", cookies));
    }

    /** Server actions do not get the cookies of other sign-ins, whose path is that of the facade. */
    private static void leavesFewUnfinishedSignIns(Page page, NextJsExample example) {
        for (int attempt = 0; attempt < 7; attempt++) {
            page.navigate(example.origin() + "/");
            page.getByText("Sign in with GitHub").click();
            assertThat(page.locator("h1")).hasText("Whom do you want to be?");
        }
        assertThat(page.context().cookies(example.origin() + "/api/auth/session"))
                .filteredOn(cookie -> cookie.name.contains("authjs.transaction."))
                .hasSize(5);
    }

    private static void forwardsLongAddresses(Page page, NextJsExample example) {
        for (int length : new int[] {1_200, 1_950}) {
            APIResponse answer = page.request()
                    .get(
                            example.origin() + "/api/auth/signin/github?callbackUrl=%2F" + "%2541".repeat(length / 3),
                            RequestOptions.create().setMaxRedirects(0));
            assertThat(answer.status()).as("%s characters", length).isEqualTo(302);
            assertThat(answer.headers().get("location")).startsWith("http").contains("/protocol/openid-connect/auth");
        }
    }

    private void signsOut(Page page, NextJsExample example) {
        page.navigate(example.origin() + "/");
        page.getByText("Sign out").click();
        assertThat(page.locator("main")).containsText("You are not signed in.");

        page.navigate(example.origin() + "/dashboard");
        assertThat(page).hasURL(theSignInPage(example));
        assertThat(me(page, example, cookies(page.context())).status()).isEqualTo(401);
    }

    /** The answer of {@code /api/me} to a request with exactly these cookies. */
    private static APIResponse me(Page page, NextJsExample example, String cookies) {
        return page.request()
                .get(example.origin() + "/api/me", RequestOptions.create().setHeader("Cookie", cookies));
    }

    private static String cookies(BrowserContext context) {
        return context.cookies().stream()
                .filter(cookie -> cookie.name.contains("authjs."))
                .map((Cookie cookie) -> cookie.name + "=" + cookie.value)
                .collect(Collectors.joining("; "));
    }

    private static BrowserContext newContext(ColorScheme scheme) {
        return chromium.browser()
                .newContext(new Browser.NewContextOptions()
                        .setColorScheme(scheme)
                        .setViewportSize(1024, 768)
                        .setLocale("en"));
    }

    private Page newPage(BrowserContext context) {
        Page page = context.newPage();
        page.onPageError(complaints::add);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        return page;
    }

    private static void shoot(Page page, NextJsExample example, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setFullPage(true)
                .setPath(Path.of(System.getProperty("testbed.work.directory"))
                        .resolve("screenshots")
                        .resolve(example.clientId() + "-" + name + ".png")));
    }
}
