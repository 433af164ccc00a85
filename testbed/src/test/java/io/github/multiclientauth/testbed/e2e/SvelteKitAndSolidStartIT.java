package io.github.multiclientauth.testbed.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.BrowserContext;
import io.github.multiclientauth.testbed.provider.Person;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The clients of {@code @auth/sveltekit} and {@code @auth/solid-start} from npm in a real Chromium. */
@EndToEnd
class SvelteKitAndSolidStartIT {

    @RegisterExtension
    static final Started STARTED = new Started();

    private static ClientPages pages;

    private final Chain chain;
    private final Person person;

    SvelteKitAndSolidStartIT(Chain chain) {
        this.chain = chain;
        this.person = chain.somebody();
    }

    @BeforeAll
    static void build_the_pages() throws Exception {
        pages = STARTED.add(ClientPages.start());
    }

    @Test
    void sveltekit_needs_no_csrf_token() {
        try (BrowserContext browser = pages.newContext(chain)) {
            ClientTab tab = ClientTab.open(browser, chain, "sveltekit");
            signsIn(tab);

            JsonNode answer = tab.returns("client.signOut({ redirect: false, redirectTo: '/bye' })");

            assertThat(answer.path("url").asText()).isEqualTo(chain.portfolio() + "/bye");
            assertIsSignedOut(tab);
            assertThat(tab.posted("signin/github")).hasSize(2).noneMatch(body -> body.contains("csrfToken"));
            assertThat(tab.posted("signout")).hasSize(1).noneMatch(body -> body.contains("csrfToken"));
            assertThat(tab.complaints()).isEmpty();
        }
    }

    @Test
    void solid_start_goes_to_the_callback_url() {
        try (BrowserContext browser = pages.newContext(chain)) {
            ClientTab tab = ClientTab.open(browser, chain, "solid-start");
            signsIn(tab);

            tab.starts("client.signOut({ callbackUrl: '/' })");

            assertThat(tab.page()).hasURL(chain.portfolio() + "/");
            assertIsSignedOut(tab);
            assertThat(tab.posted("signin/github")).hasSize(2).allMatch(body -> body.contains("csrfToken="));
            assertThat(tab.complaints()).isEmpty();
        }
    }

    /** First signs in without a redirect of the page, then with one. */
    private void signsIn(ClientTab tab) {
        JsonNode answer = tab.returns("client.signIn('github', { redirect: false, redirectTo: '/' })");
        assertThat(answer.path("ok").asBoolean()).isTrue();
        assertThat(answer.has("error")).isFalse();
        assertThat(answer.path("url").asText()).startsWith(chain.issuer() + "/protocol/openid-connect/auth?");

        tab.starts("client.signIn('github', { redirectTo: '/' })");
        tab.says(person);
        assertThat(tab.page()).hasURL(chain.portfolio() + "/");
        tab.comeBack();
        assertThat(tab.session().path("user").path("email").asText()).isEqualTo(person.email());
        assertThat(tab.session().path("user").path("clientId").asText()).isEqualTo("portfolio");
    }

    private void assertIsSignedOut(ClientTab tab) {
        assertThat(tab.session().isNull()).isTrue();
        String id = chain.administrator().user(person.email()).path("id").asText();
        assertThat(chain.administrator().sessions(id)).isEmpty();
    }
}
