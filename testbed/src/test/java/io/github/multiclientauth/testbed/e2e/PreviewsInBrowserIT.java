package io.github.multiclientauth.testbed.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.Cookie;
import io.github.multiclientauth.testbed.provider.Person;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Previews at host names like those of hosting platforms, over TLS and behind nginx, in a real Chromium. */
@EndToEnd
class PreviewsInBrowserIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @RegisterExtension
    static final Started STARTED = new Started();

    private static PreviewSites sites;
    private static Chromium chromium;

    private final Chain chain;
    private final Person person;

    PreviewsInBrowserIT(Chain chain) {
        this.chain = chain;
        this.person = chain.somebody();
    }

    // Slow: it installs and builds the Next.js example, once for all tests.
    @BeforeAll
    static void start(Chain chain) throws Exception {
        sites = STARTED.add(PreviewSites.start(chain));
        chromium = STARTED.add(Chromium.with(sites.chromiumOptions()));
    }

    @Test
    void a_preview_signs_in_through_the_callback_host_and_its_server_reads_the_session() throws Exception {
        try (BrowserContext context = newContext()) {
            Page page = context.newPage();
            List<Response> answers = new CopyOnWriteArrayList<>();
            page.onResponse(answers::add);
            page.navigate(PreviewSites.PREVIEW + "/dashboard");
            assertThat(page).hasURL(PreviewSites.PREVIEW + "/api/auth/signin?callbackUrl=%2Fdashboard");
            page.locator("form[action*='/signin/github'] button").click();
            choose(page);

            assertThat(page).hasURL(PreviewSites.PREVIEW + "/dashboard");
            assertThat(page.locator("main"))
                    .containsText("Hello, " + person.displayName() + ". You signed in with github through "
                            + PreviewSites.CLIENT + ".");
            passedTheCallbackHost(answers);
            assertThat(context.cookies(PreviewSites.HOME))
                    .as("the callback host only hands on")
                    .isEmpty();

            JsonNode session = session(page, PreviewSites.PREVIEW);
            JsonNode user = session.path("user");
            assertThat(user.path("email").asText()).isEqualTo(person.email());
            assertThat(user.path("clientId").asText()).isEqualTo(PreviewSites.CLIENT);
            assertThat(user.path("clientOrigin").asText()).isEqualTo(PreviewSites.HOME);
            page.navigate(PreviewSites.PREVIEW + "/");
            assertThat(json(page.getByTestId("server-session").textContent()).path("user"))
                    .as("auth() of Auth.js, which decodes")
                    .isEqualTo(user);
            assertThat(fetched(page, "/api/me")).as("our auth(), which asks").isEqualTo("200 " + user);

            page.getByText("Sign out").click();
            assertThat(page.locator("main")).containsText("You are not signed in.");
            assertThat(session(page, PreviewSites.PREVIEW).isNull()).isTrue();
            page.navigate(PreviewSites.PREVIEW + "/");
            assertThat(fetched(page, "/api/me")).startsWith("401 ");
            assertThat(chain.administrator().sessions(user.path("id").asText())).isEmpty();
        }
    }

    @Test
    void a_session_of_a_preview_is_valid_neither_at_another_preview_nor_at_the_application() throws Exception {
        try (BrowserContext context = newContext()) {
            Page page = context.newPage();
            page.navigate(PreviewSites.PREVIEW + "/");
            page.getByText("Sign in with GitHub").click();
            choose(page);
            assertThat(page).hasURL(PreviewSites.PREVIEW + "/dashboard");

            assertThat(session(page, PreviewSites.OTHER_PREVIEW).isNull()).isTrue();
            assertThat(session(page, PreviewSites.HOME).isNull()).isTrue();
            page.navigate(PreviewSites.OTHER_PREVIEW + "/");
            assertThat(page.locator("main")).containsText("You are not signed in.");

            copy(context, PreviewSites.PREVIEW, PreviewSites.HOME);
            assertThat(session(page, PreviewSites.HOME).isNull())
                    .as("the application, with a copy of the preview's cookies")
                    .isTrue();
            assertThat(session(page, PreviewSites.PREVIEW)
                            .path("user")
                            .path("email")
                            .asText())
                    .isEqualTo(person.email());
        }
    }

    @Test
    void a_host_with_a_dot_in_place_of_the_star_is_refused() {
        try (BrowserContext context = newContext()) {
            Page page = context.newPage();

            for (String action : List.of("signin", "signin/github", "session", "callback/github?hand_off=x")) {
                Response answer = page.navigate(PreviewSites.ASTRAY + "/api/auth/" + action);
                assertThat(answer.status()).as(action).isEqualTo(400);
            }
            page.navigate(PreviewSites.ASTRAY + "/api/auth/signin");
            assertThat(page.locator("h1")).hasText("This address is not set up for sign-in");
            assertThat(context.cookies(PreviewSites.ASTRAY)).isEmpty();
        }
    }

    /** Keycloak's answer came to the callback host, which sealed and forwarded it. */
    private static void passedTheCallbackHost(List<Response> answers) {
        Response handOff = answers.stream()
                .filter(answer -> answer.url().startsWith(PreviewSites.HOME + "/api/auth/callback/github?"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("Nothing came to the callback host"));
        assertThat(handOff.status()).isEqualTo(303);
        assertThat(handOff.request().redirectedTo().url())
                .startsWith(PreviewSites.PREVIEW + "/api/auth/callback/github?hand_off=")
                .doesNotContain("code=");
    }

    private void choose(Page page) {
        assertThat(page.locator("h1")).hasText("Whom do you want to be?");
        page.locator("button[name=login][value=" + person.login() + "]").click();
    }

    private static JsonNode session(Page page, String origin) {
        page.navigate(origin + "/api/auth/session");
        return json(page.locator("body").textContent());
    }

    /** Status and body of a request that the page sends. */
    private static String fetched(Page page, String path) {
        return page.evaluate(
                        "(path) => fetch(path).then(async (reply) => `${reply.status} ${await reply.text()}`)", path)
                .toString();
    }

    private static void copy(BrowserContext context, String from, String to) {
        List<Cookie> copies = context.cookies(from).stream()
                .map(cookie -> new Cookie(cookie.name, cookie.value).setUrl(to).setSecure(true))
                .toList();
        assertThat(copies).anyMatch(cookie -> cookie.name.equals("__Secure-authjs.session-token"));
        context.addCookies(copies);
    }

    private static BrowserContext newContext() {
        return chromium.browser().newContext(new Browser.NewContextOptions().setLocale("en"));
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException noJson) {
            throw new AssertionError("JSON was expected, but this came: " + text, noJson);
        }
    }
}
