package io.github.multiclientauth.testbed.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.testbed.provider.Person;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a user does and sees in a real Chromium. Screenshots are in {@code target}. */
@EndToEnd
class PortfolioInBrowserIT {

    @RegisterExtension
    static final Started STARTED = new Started();

    private static Chromium chromium;

    private final Chain chain;
    private final Person person;
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final List<Origin> visited = new CopyOnWriteArrayList<>();
    private Look look;

    /** Screen size and color scheme. */
    enum Look {
        LIGHT,
        DARK,
        PHONE;

        Browser.NewContextOptions options() {
            return new Browser.NewContextOptions()
                    .setColorScheme(this == DARK ? ColorScheme.DARK : ColorScheme.LIGHT)
                    .setViewportSize(this == PHONE ? 360 : 1024, this == PHONE ? 740 : 768)
                    .setLocale("en");
        }
    }

    PortfolioInBrowserIT(Chain chain) {
        this.chain = chain;
        this.person = chain.somebody();
    }

    @BeforeAll
    static void start_the_browser() {
        chromium = STARTED.add(Chromium.start());
    }

    @Test
    void a_user_signs_in_looks_around_and_signs_out() {
        signsInAndOut(Look.PHONE);
    }

    @Nightly
    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void the_same_on_a_desktop(Look given) {
        signsInAndOut(given);
    }

    private void signsInAndOut(Look given) {
        look = given;
        try (BrowserContext context = chromium.browser().newContext(given.options())) {
            Page page = context.newPage();
            listen(page);
            signsInAtPortfolio(page);
            needsOneClickAtDashboard(page);
            readsTheDataAgain(page);
            signsOut(page);
            cancels(page);
            assertThat(complaints).as("what the browser complains about").isEmpty();
            seesWhatErrorsLookLike(page);
        }
    }

    private void signsInAtPortfolio(Page page) {
        page.navigate(chain.portfolio() + "/");
        assertThat(page.locator("#sign-in-github")).hasText("Sign in with GitHub");
        assertThat(page.locator("#signed-in")).isHidden();
        shoot(page, "portfolio-signed-out");

        page.locator("#sign-in-github").click();
        assertThat(page.locator("h1")).hasText("Whom do you want to be?");
        shoot(page, "provider");
        page.locator("button[name=login][value=" + person.login() + "]").click();

        assertThat(page.locator("#name")).hasText(person.displayName());
        assertThat(page.locator("#email")).hasText(person.email());
        assertThat(page.locator("#signed-out")).isHidden();
        assertThat(page.locator("#session")).containsText("\"clientId\": \"portfolio\"");
        assertThat(page.locator("#session")).containsText("\"clientOrigin\": \"" + chain.portfolio() + "\"");
        assertThat(page.locator("#session")).containsText("\"provider\": \"github\"");
        // waitForFunction evaluates text in the page, which the page's policy forbids.
        page.locator("#picture").evaluate("image => image.decode()");
        assertThat(page.locator("#picture")).isVisible();
        shoot(page, "portfolio-signed-in");
    }

    private void needsOneClickAtDashboard(Page page) {
        page.locator("#other").click();
        assertThat(page.locator("h1")).hasText("Dashboard");
        assertThat(page.locator("#signed-in")).isHidden();
        visited.clear();

        page.locator("#sign-in-github").click();

        assertThat(page.locator("#name")).hasText(person.displayName());
        assertThat(page.locator("#session")).containsText("\"clientId\": \"dashboard\"");
        assertThat(page.locator("#session")).containsText("\"clientOrigin\": \"" + chain.dashboard() + "\"");
        assertThat(visited).as("pages that were shown on the way").containsOnly(chain.dashboard());
        shoot(page, "dashboard-signed-in");
    }

    private void readsTheDataAgain(Page page) {
        String userId = chain.administrator().user(person.email()).path("id").asText();
        String newName = "Looked at in " + look.name().toLowerCase(Locale.ROOT);
        chain.administrator().rename(userId, "Looked at", "in " + look.name().toLowerCase(Locale.ROOT));

        page.locator("#reread").click();

        assertThat(page.locator("#name")).hasText(newName);
    }

    private void signsOut(Page page) {
        page.locator("#sign-out").click();
        assertThat(page.locator("#signed-out")).isVisible();
        assertThat(page.locator("#signed-in")).isHidden();

        page.navigate(chain.portfolio() + "/");
        assertThat(page.locator("#signed-out")).isVisible();
    }

    private void cancels(Page page) {
        page.locator("#sign-in-github").click();
        page.locator("button[name=cancel]").click();

        // Playwright hands the pattern to JavaScript, which cannot quote.
        assertThat(page)
                .hasURL(Pattern.compile("^" + chain.portfolio().toString().replace(".", "\\.")
                        + "/api/auth/signin\\?error=OAuthCallbackError&code=[a-z_]+&reference=[0-9A-F]{8}$"));
        assertThat(page.locator("main")).containsText("You were not signed in");
        shoot(page, "cancelled");
    }

    private void seesWhatErrorsLookLike(Page page) {
        page.navigate(chain.portfolio() + "/api/auth/callback/github?state=wrong&code=wrong");
        assertThat(page.locator("h1")).hasText("This sign-in is no longer known here");
        shoot(page, "error");

        page.navigate(chain.portfolio() + "/api/auth/error?error=AccessDenied");
        assertThat(page.locator("h1")).hasText("Access denied");
        shoot(page, "access-denied");

        page.navigate(
                chain.issuer() + "/protocol/openid-connect/auth?response_type=code&client_id=portfolio&redirect_uri="
                        + chain.portfolio()
                        + "/api/auth/callback/github&scope=openid&code_challenge_method=S256&code_challenge="
                        + "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&client_origin=" + chain.dashboard());
        assertThat(page.locator("body")).containsText(Pattern.compile("portfolio", Pattern.CASE_INSENSITIVE));
        shoot(page, "keycloak-refuses-the-origin");
    }

    private void listen(Page page) {
        page.onPageError(complaints::add);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        page.onFrameNavigated(
                frame -> Origin.ofUrl(URI.create(frame.url()).toString()).ifPresent(visited::add));
    }

    /** Takes a screenshot and checks that nothing is wider than the screen. */
    private void shoot(Page page, String name) {
        assertThat(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
                .as("%s fits the screen", name)
                .isEqualTo(true);
        page.screenshot(new Page.ScreenshotOptions()
                .setFullPage(true)
                .setPath(Path.of(System.getProperty("testbed.work.directory"))
                        .resolve("screenshots")
                        .resolve(name + "-" + look.name().toLowerCase(Locale.ROOT) + ".png")));
    }
}
