package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.testbed.provider.Person;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The status of a facade beside a real Keycloak: what it says, and whether operators can read and use the page. */
@EndToEnd
class StatusPageIT {

    private final Chain chain;

    StatusPageIT(Chain chain) {
        this.chain = chain;
    }

    private URI management(String path) {
        return URI.create("http://127.0.0.1:" + chain.managementPort() + path);
    }

    private JsonNode status(String query) throws IOException, InterruptedException {
        return new ObjectMapper()
                .readTree(send(HttpRequest.newBuilder(management("/status.json" + query))
                        .build()));
    }

    private static String send(HttpRequest request) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    @Test
    void says_how_the_contact_with_keycloak_is_and_nothing_about_a_person() throws Exception {
        Person person = chain.somebody();
        chain.atPortfolio(chain.visitor()).as(person.login());

        JsonNode status = status("?q=portfolio");

        assertThat(status.path("ready").asBoolean()).isTrue();
        assertThat(status.path("issuer").asText()).isEqualTo(chain.issuer().toString());
        assertThat(stream(status.path("keycloak"))
                        .filter(contact -> contact.has("succeededAt"))
                        .map(contact -> contact.path("endpoint").asText() + " " + contact.path("failing")))
                .contains("directory false", "changes false", "metadata false", "keys false", "token false");
        assertThat(stream(status.path("applications").path("list"))
                        .map(application -> application.path("origins").toString()))
                .contains("[\"" + chain.portfolio() + "\"]");
        String page = send(HttpRequest.newBuilder(management("/status")).build());
        for (String personal :
                List.of(person.login(), person.email(), chain.secrets().facadeAccount())) {
            assertThat(status.toString()).doesNotContain(personal);
            assertThat(page).doesNotContain(personal);
        }
    }

    /** Slow: the doctor runs at most once a minute. */
    @Test
    void runs_keycloaks_doctor() throws Exception {
        String clientId = MadeClient.id();
        Origin origin = new Origin("https", clientId + ".example.com", 443);
        chain.administrator()
                .createPlainClient(clientId, MadeClient.application(origin).put("standardFlowEnabled", false));
        chain.administrator().optIn(clientId);
        try {
            // Another test may have run it within the last minute: then this client is in the next result.
            JsonNode doctor = Soon.see(
                    Duration.ofMinutes(2),
                    () -> {
                        send(HttpRequest.newBuilder(management("/status/doctor"))
                                .POST(BodyPublishers.noBody())
                                .build());
                        return status("").path("doctor");
                    },
                    seen -> stream(seen.path("findings"))
                            .anyMatch(
                                    finding -> finding.path("clientId").asText().equals(clientId)
                                            && finding.path("id").asText().equals("standard-flow-off")));

            assertThat(doctor.has("endedAt")).isTrue();
            assertThat(doctor.findValuesAsText("id"))
                    .doesNotContain("issuer-unreachable", "directory-unreadable", "doctor-silent");
        } finally {
            chain.administrator().deleteClient(clientId);
        }
    }

    /** Screenshots are in {@code testbed/target/screenshots}. */
    @Nested
    class InABrowser {

        @RegisterExtension
        static final Started STARTED = new Started();

        @ParameterizedTest
        @CsvSource({
            "phone-light, 360, LIGHT, en",
            "phone-dark, 360, DARK, de",
            "desk-light, 1280, LIGHT, de",
            "desk-dark, 1280, DARK, en"
        })
        void is_accessible(String look, int width, ColorScheme scheme, String language) throws Exception {
            String axe = Files.readString(ClientPages.clients().packages().resolve("axe-core/axe.min.js"));
            Chromium chromium = STARTED.add(Chromium.start());
            try (BrowserContext context = chromium.browser()
                    .newContext(new Browser.NewContextOptions()
                            .setColorScheme(scheme)
                            .setViewportSize(width, 800)
                            .setLocale(language))) {
                Page page = context.newPage();
                // While the doctor runs there is no button.
                Soon.see(() -> status("").path("doctor"), doctor -> !doctor.has("runningSince"));
                page.navigate(management("/status").toString());
                page.locator("form[action='status/doctor'] button").click();
                assertThat(page.url()).isEqualTo(management("/status#doctor").toString());
                page.locator("#q").fill("portfolio");
                page.keyboard().press("Enter");
                page.waitForURL("**/status?q=portfolio*");
                assertThat(page.locator("section[aria-labelledby=applications] tbody tr")
                                .count())
                        .isPositive();
                page.screenshot(new Page.ScreenshotOptions()
                        .setFullPage(true)
                        .setPath(Path.of(
                                System.getProperty("testbed.work.directory"),
                                "screenshots",
                                "status-" + look + ".png")));
                page.evaluate(axe);
                assertThat((List<?>) page.evaluate(
                                "() => globalThis.axe.run().then(({ violations }) => violations.map(({ id,"
                                        + " help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html)}`))"))
                        .as("what axe-core says, %s", look)
                        .isEmpty();
                assertThat(page.evaluate(
                                "document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
                        .as("fits the screen, %s", look)
                        .isEqualTo(true);
            }
        }
    }
}
