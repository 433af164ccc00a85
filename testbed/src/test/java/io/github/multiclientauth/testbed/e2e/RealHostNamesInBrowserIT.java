package io.github.multiclientauth.testbed.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.testbed.launch.Testbed;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.provider.Person;
import io.github.multiclientauth.testbed.provider.auth0.StandInAuth0;
import io.github.multiclientauth.testbed.provider.oauth.RegisteredApp;
import io.github.multiclientauth.testbed.provider.oauth.StandIn;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A real Chromium at the providers' real host names, without the demo's <i>Authorization URL</i>. Also tests the pages that ask
 * whether an existing account belongs to the user. {@code -Ddocs.screenshots=true} puts screenshots of them into the
 * documentation.
 */
@EndToEnd
class RealHostNamesInBrowserIT {

    private static final String AUTHORIZATION_URL = "authorizationUrl";

    private static final Map<String, String> BEFORE = new HashMap<>();

    @RegisterExtension
    static final Started STARTED = new Started();

    private static Chromium chromium;
    private static Chain chain;

    @BeforeAll
    static void use_the_real_addresses_of_the_providers(Chain running) {
        chain = running;
        for (String alias : Testbed.PROVIDERS) {
            BEFORE.put(
                    alias,
                    chain.administrator()
                            .provider(alias)
                            .path("config")
                            .path(AUTHORIZATION_URL)
                            .asText());
            // A provider of the type OpenID Connect has no address of its own.
            chain.administrator()
                    .configureProvider(
                            alias, AUTHORIZATION_URL, alias.equals("auth0") ? StandInAuth0.ISSUER + "authorize" : "");
        }
        chromium = STARTED.add(Chromium.atRealHosts(chain.providers()));
    }

    @AfterAll
    static void restore() {
        BEFORE.forEach((alias, url) -> chain.administrator().configureProvider(alias, AUTHORIZATION_URL, url));
    }

    @ParameterizedTest
    @CsvSource({
        "github, https://github.com",
        "google, https://accounts.google.com",
        "facebook, https://graph.facebook.com",
        "linkedin, https://www.linkedin.com",
        "auth0, https://demo-tenant.eu.auth0.com"
    })
    void a_user_signs_in_at_the_real_address(String provider, URI address) {
        Person person = chain.somebody();
        try (BrowserContext context = newContext()) {
            Page page = context.newPage();
            List<Origin> visited = visits(page);
            List<String> complaints = complaints(page);
            page.navigate(chain.portfolio() + "/");
            page.locator("#sign-in-" + provider).click();
            assertThat(page.locator("h1")).hasText("Whom do you want to be?");
            assertThat(Origin.ofUrl(page.url())).isEqualTo(Origin.ofUrl(address.toString()));

            choose(page, person);

            assertThat(page.locator("#name")).hasText(person.displayName());
            assertThat(page.locator("#session")).containsText("\"provider\": \"" + provider + "\"");
            // waitForFunction evaluates text in the page, which the page's policy forbids.
            page.locator("#picture").evaluate("image => image.decode()");
            assertThat(visited)
                    .as("nothing was left of the demo's own address")
                    .isNotEmpty()
                    .doesNotContain(chain.provider());
            assertThat(complaints).as("what the browser complains about").isEmpty();
        }
    }

    @Test
    void a_user_confirms_a_link_by_signing_in_with_the_first_provider() {
        Person person = known("rosalind", "Rosalind Franklin");
        String id = accountOf(person, "github");
        try (BrowserContext context = newContext()) {
            Page page = context.newPage();
            page.navigate(chain.dashboard() + "/");
            page.locator("#sign-in-facebook").click();
            choose(page, person);

            assertThat(page.locator("#kc-page-title")).containsText("Account already exists");
            assertThat(page.locator("body")).containsText(person.email());
            shoot(page, "linking-account-exists");
            page.locator("#linkAccount").click();

            assertThat(page.locator("#social-github")).isVisible();
            assertThat(chain.administrator().links(id))
                    .as("nothing before the proof")
                    .containsExactly("github");
            shoot(page, "linking-proof");
            page.locator("#social-github").click();
            choose(page, person);

            assertThat(page.locator("#session")).containsText("\"id\": \"" + id + "\"");
            assertThat(page.locator("#session")).containsText("\"provider\": \"facebook\"");
            assertThat(chain.administrator().links(id)).containsExactlyInAnyOrder("github", "facebook");
        }
    }

    @Test
    void a_user_without_any_proof_sees_why_and_what_to_do() {
        Person person = known("mary", "Mary Somerville");
        String id = accountOf(person, "facebook");
        String own = "facebook-" + Testbed.PORTFOLIO;
        createOwn(own);
        try (BrowserContext context = newContext()) {
            Page page = context.newPage();
            page.navigate(chain.portfolio() + "/");
            page.locator("#sign-in-facebook").click();

            choose(page, person);

            assertThat(page.locator("#kc-error-message")).containsText("sign in as you did the first time");
            assertThat(page.locator("input[type=password]")).hasCount(0);
            shoot(page, "linking-no-proof");
            assertThat(chain.administrator().links(id)).containsExactly("facebook");
        } finally {
            chain.administrator().deleteProvider(own);
        }
    }

    /** A user with a fixed name, so that screenshots change only when the pages do. */
    private static Person known(String login, String name) {
        return chain.people().join(login, Optional.of(name), login + "@example.com", true);
    }

    /** Creates an account without the browser under test, as if on an earlier day. */
    private static String accountOf(Person person, String provider) {
        Visitor visitor = new Visitor(chain.providers().httpClient());
        return chain.atDashboard(visitor)
                .with(provider)
                .as(person.login())
                .path("user")
                .path("id")
                .asText();
    }

    /** Facebook with portfolio's own app, which has different user ids. */
    private static void createOwn(String alias) {
        StandIn standIn = chain.providers().facebook().standIn();
        RegisteredApp app = new RegisteredApp(
                "1-of-portfolio",
                UUID.randomUUID().toString(),
                "Portfolio",
                Set.of(chain.issuer() + "/broker/" + alias + "/endpoint"));
        standIn.ledger().apps().register(app);
        ObjectNode provider = JsonNodeFactory.instance.objectNode();
        provider.put("alias", alias)
                .put("displayName", "Facebook")
                .put("providerId", "facebook")
                .put("enabled", true)
                .put("hideOnLogin", true);
        provider.putObject("config")
                .put("clientId", app.clientId())
                .put("clientSecret", app.clientSecret())
                .put("syncMode", "FORCE");
        chain.administrator().createProvider(provider);
    }

    private static void choose(Page page, Person person) {
        page.locator("button[name=login][value=" + person.login() + "]").click();
    }

    private static BrowserContext newContext() {
        return chromium.browser()
                .newContext(new Browser.NewContextOptions()
                        .setColorScheme(ColorScheme.LIGHT)
                        .setViewportSize(720, 640)
                        .setLocale("en"));
    }

    private static List<Origin> visits(Page page) {
        List<Origin> visited = new ArrayList<>();
        page.onRequest(request -> {
            if (request.isNavigationRequest()) {
                Origin.ofUrl(request.url()).ifPresent(visited::add);
            }
        });
        return visited;
    }

    private static List<String> complaints(Page page) {
        List<String> complaints = new ArrayList<>();
        page.onPageError(complaints::add);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        return complaints;
    }

    /** Takes a screenshot of Keycloak's form, without the background; for the documentation if requested. */
    private static void shoot(Page page, String name) {
        Path directory = Boolean.getBoolean("docs.screenshots")
                ? Path.of(System.getProperty("testbed.docs.directory"))
                : Path.of(System.getProperty("testbed.work.directory")).resolve("screenshots");
        byte[] picture = page.locator("main")
                .screenshot(new Locator.ScreenshotOptions().setPath(directory.resolve(name + ".png")));
        assertThat(picture).as("%s is small enough for a page", name).hasSizeLessThan(80_000);
    }
}
