package io.github.multiclientauth.testbed.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route.FulfillOptions;
import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.testbed.npm.NodeJs;
import io.github.multiclientauth.testbed.provider.Person;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

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

    /** {@code auth()} on a server. The hostile tokens are in the tests of the npm package. */
    @Test
    void a_server_accepts_access_tokens_of_its_own_client_and_no_others(@TempDir Path folder) throws Exception {
        OidcClient client = new OidcClient(chain, MadeClient.id(), "of-a-test", MadeClient.ORIGIN);
        ObjectNode settings = MadeClient.settings(client)
                .put("publicClient", false)
                .put("serviceAccountsEnabled", true)
                .put("directAccessGrantsEnabled", true);
        chain.administrator().createClient(client.clientId(), client.secret(), settings);
        try {
            String user = client.clientId() + "-user";
            chain.administrator().createUser(user, "of-a-test");
            OidcClient.Tokens app = client.directGrant(user, "of-a-test");
            OidcClient.Tokens page = client.redeem(client.authorize(chain.visitor(), person));

            JsonNode sessions = onServer(
                    folder,
                    Map.of(
                            "AUTH_KEYCLOAK_ISSUER", chain.issuer().toString(),
                            "AUTH_KEYCLOAK_ID", client.clientId(),
                            "AUTH_URL", MadeClient.ORIGIN.toString(),
                            "TOKENS",
                                    String.join(
                                            " ",
                                            app.accessToken(),
                                            client.serviceAccount().accessToken(),
                                            app.answer().path("id_token").asText(),
                                            app.answer().path("refresh_token").asText(),
                                            page.accessToken(),
                                            chain.administrator().accessToken())),
                    """
                    const sessions = [];
                    for (const token of process.env.TOKENS.split(' ')) {
                      const headers = { authorization: `Bearer ${token}` };
                      sessions.push(await auth(new Request(`${process.env.AUTH_URL}/api`, { headers }), { bearer: true }));
                    }
                    console.log(JSON.stringify(sessions));
                    """);

            assertThat(sessions.get(0).path("via").asText()).isEqualTo("bearer");
            assertThat(sessions.get(0).path("user").path("email").asText()).isEqualTo(user + "@example.com");
            assertThat(sessions.get(0).path("user").path("clientId").asText()).isEqualTo(client.clientId());
            assertThat(sessions.get(1).path("via").asText()).as("a machine").isEqualTo("bearer");
            assertThat(sessions).hasSize(6);
            for (int i = 2; i < sessions.size(); i++) {
                assertThat(sessions.get(i).isNull())
                        .as("ID token, refresh token, of a page, of another client: " + i)
                        .isTrue();
            }
        } finally {
            chain.administrator().deleteClient(client.clientId());
        }
    }

    /** What a script prints that has the functions of {@code multi-client-auth/server}. */
    private static JsonNode onServer(Path folder, Map<String, String> environment, String script) throws Exception {
        Path file = folder.resolve("server.mjs");
        URI module = PROJECT.resolve("sdk/src/server.js").toUri();
        Files.writeString(file, "import { auth, getAccessToken } from '" + module + "';\n" + script);
        Path log = folder.resolve("server.log");
        NodeJs.installed().run("node", List.of(file.toString()), environment, log, Duration.ofMinutes(1));
        return new ObjectMapper().readTree(Files.readString(log));
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
