package io.github.multiclientauth.testbed.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.github.multiclientauth.testbed.provider.Person;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Checks the pages on a phone and on a desktop, light and dark: axe-core finds no violation, a keyboard is enough to use them,
 * and nothing is wider than the screen. Screenshots are in {@code testbed/target/screenshots}.
 */
@EndToEnd
class AccessiblePagesIT {

    /**
     * Buttons whose label does not fit into one line, or of which neither background nor edge has a contrast of 3:1 to the
     * page. axe-core checks neither.
     *
     * @see <a href="https://www.w3.org/TR/WCAG22/#non-text-contrast">WCAG 2.2, 1.4.11</a>
     */
    private static final String FAINT_BUTTONS = """
            () => {
              const luminance = (color) => {
                const [r, g, b] = color.match(/[\\d.]+/g).slice(0, 3).map((part) => part / 255)
                  .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
                return 0.2126 * r + 0.7152 * g + 0.0722 * b;
              };
              const seen = (color) => !/, 0\\)$/.test(color);
              const sheet = luminance(getComputedStyle(document.querySelector('main')).backgroundColor);
              const standsOut = (color) => {
                const [dark, light] = [luminance(color), sheet].sort((a, b) => a - b);
                return seen(color) && (light + 0.05) / (dark + 0.05) >= 3;
              };
              return [...document.querySelectorAll('button, .button')].filter((button) => button.checkVisibility())
                .filter((button) => {
                  const { backgroundColor, borderTopColor } = getComputedStyle(button);
                  // The name of a realm may be long: two lines.
                  const highest = button.textContent.trim().length > 25 ? 90 : 60;
                  return !(standsOut(backgroundColor) || standsOut(borderTopColor)) || button.offsetHeight > highest;
                })
                .map(({ outerHTML }) => outerHTML);
            }""";

    @RegisterExtension
    static final Started STARTED = new Started();

    private static Chromium chromium;
    private static String axe;

    private final Chain chain;
    private final Person person;

    AccessiblePagesIT(Chain chain) {
        this.chain = chain;
        this.person = chain.somebody();
    }

    @BeforeAll
    static void start() throws Exception {
        axe = Files.readString(ClientPages.clients().packages().resolve("axe-core/axe.min.js"));
        chromium = STARTED.add(Chromium.start());
    }

    /** Each screen and each color scheme once. */
    @ParameterizedTest
    @CsvSource({"phone-light, 360, LIGHT", "desk-dark, 1280, DARK"})
    void the_pages_are_accessible(String look, int width, ColorScheme scheme) {
        looksAtAllPages(look, width, scheme);
    }

    @Nightly
    @ParameterizedTest
    @CsvSource({"phone-dark, 360, DARK", "desk-light, 1280, LIGHT"})
    void the_pages_are_accessible_with_the_other_color_scheme(String look, int width, ColorScheme scheme) {
        looksAtAllPages(look, width, scheme);
    }

    private void looksAtAllPages(String look, int width, ColorScheme scheme) {
        try (BrowserContext context = chromium.browser()
                .newContext(new Browser.NewContextOptions()
                        .setColorScheme(scheme)
                        .setViewportSize(width, 800)
                        .setLocale("en"))) {
            Page page = context.newPage();
            String auth = chain.portfolio() + "/api/auth/";
            for (String action : List.of(
                    "signin",
                    "signin?error=OAuthCallbackError",
                    "signin?error=OAuthAccountNotLinked",
                    "error?error=Configuration",
                    "error?error=AccessDenied")) {
                page.navigate(auth + action);
                isAccessible(page, look, action.replaceAll("[^A-Za-z]+", "-"));
            }
            // The same server under a host name that belongs to no application.
            page.navigate(auth.replace(chain.portfolio().host(), "127.0.0.1") + "signin");
            assertThat(page.locator("h1")).hasText("This address is not set up for sign-in");
            isAccessible(page, look, "unknown");

            page.navigate(chain.portfolio() + "/");
            assertThat(page.locator("#signed-out")).isVisible();
            isAccessible(page, look, "demo-signed-out");
            page.locator("#sign-in-github").click();
            page.locator("button[name=login][value=" + person.login() + "]").click();
            assertThat(page.locator("#signed-in")).isVisible();
            isAccessible(page, look, "demo-signed-in");
            chain.atDashboard(chain.visitor()).as(person.login());
            page.navigate(auth + "sessions");
            assertThat(page.locator(".sessions .badge")).hasCount(1);
            isAccessible(page, look, "sessions");
        }
    }

    private static void isAccessible(Page page, String look, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setFullPage(true)
                .setPath(Path.of(
                        System.getProperty("testbed.work.directory"), "screenshots", name + "-" + look + ".png")));
        page.evaluate(axe);
        Object violations = page.evaluate("() => globalThis.axe.run().then(({ violations }) =>"
                + " violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html)}`))");
        assertThat((List<?>) violations)
                .as("what axe-core says about %s, %s", name, look)
                .isEmpty();
        assertThat(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
                .as("%s fits the screen, %s", name, look)
                .isEqualTo(true);
        assertThat((List<?>) page.evaluate(FAINT_BUTTONS))
                .as("buttons of %s that stand out too little, or break their label, %s", name, look)
                .isEmpty();
        // Each link and button gets the focus in turn, shows it, and is large enough for a finger.
        page.evaluate("document.activeElement?.blur()");
        int controls = page.locator("a[href]:visible, button:visible").count();
        for (int i = 0; i < controls; i++) {
            page.keyboard().press("Tab");
            assertThat(page.evaluate("() => { const at = document.activeElement; const { outlineStyle, outlineWidth } ="
                            + " getComputedStyle(at); const { height } = at.getBoundingClientRect();"
                            + " return at.matches('a, button') && outlineStyle === 'solid' && parseFloat(outlineWidth) >= 2"
                            + " && (height >= 44 || !at.matches('button, .button')) || at.outerHTML; }"))
                    .as("control %d of %s, %s", i + 1, name, look)
                    .isEqualTo(true);
        }
    }
}
