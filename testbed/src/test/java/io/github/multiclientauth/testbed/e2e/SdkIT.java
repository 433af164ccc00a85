package io.github.multiclientauth.testbed.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route.FulfillOptions;
import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.testbed.provider.Person;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The client of the npm package in a real Chromium, on the example page that has no build step. */
@EndToEnd
class SdkIT {

    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

    @RegisterExtension
    static final Started STARTED = new Started();

    private static Chromium chromium;

    private final Chain chain;
    private final Person person;

    SdkIT(Chain chain) {
        this.chain = chain;
        this.person = chain.somebody();
    }

    @BeforeAll
    static void start_the_browser() {
        chromium = STARTED.add(Chromium.start());
    }

    @Test
    void a_user_signs_in_and_out() throws Exception {
        try (BrowserContext context = newContext()) {
            Page page = context.newPage();
            page.navigate(chain.portfolio() + "/plain.html?a=1#b");
            page.locator("#sign-in").click();
            page.locator("button[name=login][value=" + person.login() + "]").click();

            assertThat(page).hasURL(chain.portfolio() + "/plain.html?a=1#b");
            // Playwright does not intercept the targets of redirects.
            page.reload();
            assertThat(page.locator("#name")).hasText(person.displayName());
            JsonNode user = new ObjectMapper()
                    .readTree(page.locator("#session").textContent())
                    .path("user");
            assertThat(user.path("clientId").asText()).isEqualTo("portfolio");
            assertThat(user.path("clientOrigin").asText())
                    .isEqualTo(chain.portfolio().toString());
            assertThat(user.path("emailVerified").isBoolean()).isTrue();
            assertThat(user).hasSize(8);

            page.locator("#sign-out").click();
            assertThat(page.locator("#sign-in")).isVisible();
            assertThat(page.locator("#trouble")).isHidden();
        }
    }

    @Test
    void reports_that_this_origin_is_not_registered() {
        // The same server under a host name that belongs to no application.
        Origin unknown = new Origin("http", "127.0.0.1", chain.portfolio().port());
        try (BrowserContext context = newContext()) {
            Page page = context.newPage();
            page.navigate(unknown + "/plain.html");

            assertThat(page.locator("#trouble")).containsText("refuses requests of " + unknown + " (status 400)");
            assertThat(page.locator("#signed-out")).isHidden();
            assertThat(page.locator("#signed-in")).isHidden();
        }
    }

    @Test
    void reports_that_requests_are_not_forwarded_to_a_facade() {
        try (BrowserContext context = newContext()) {
            Page page = context.newPage();
            page.navigate(chain.portfolio() + "/plain.html");

            Object code = page.evaluate("async () => {"
                    + "const { configure, getSession } = await import('/api/auth/client.js');"
                    + "configure({ basePath: '/nothing' });"
                    + "return getSession().then(String, (error) => error.code); }");

            assertThat(code).isEqualTo("no_facade");
        }
    }

    /** A browser in which the portfolio application serves the example page. Everything else is the real application's. */
    private static BrowserContext newContext() {
        BrowserContext context = chromium.browser().newContext();
        context.route(
                url -> url.contains("/plain.html"),
                route -> route.fulfill(new FulfillOptions().setPath(PROJECT.resolve("examples/plain/index.html"))));
        return context;
    }
}
