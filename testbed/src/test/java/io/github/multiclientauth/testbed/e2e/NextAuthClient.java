package io.github.multiclientauth.testbed.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.github.multiclientauth.testbed.e2e.SameSession.assertSameSession;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import io.github.multiclientauth.testbed.provider.Person;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The usual calls of applications to {@code next-auth/react}, the same for both major versions, with the unmodified package. */
abstract class NextAuthClient {

    @RegisterExtension
    static final Started STARTED = new Started();

    private static ClientPages pages;

    final Chain chain;
    final Person person;
    private final String client;
    private final String address;
    BrowserContext browser;

    /** @param address the package's name for the option with the target after the sign-in */
    NextAuthClient(Chain chain, String client, String address) {
        this.chain = chain;
        this.person = chain.somebody();
        this.client = client;
        this.address = address;
    }

    /** Expects what the package's client writes to the console while the visitor is not signed in. */
    abstract void logsTheUsualComplaints(List<String> complaints);

    @BeforeAll
    static void build_the_pages() throws Exception {
        pages = STARTED.add(ClientPages.start());
    }

    @BeforeEach
    void open_a_browser() {
        browser = pages.newContext(chain);
    }

    @AfterEach
    void close_this_browser() {
        browser.close();
    }

    @Test
    void a_person_signs_in_and_out() {
        ClientTab tab = open();
        assertThat(tab.seesItself("unauthenticated").isNull()).isTrue();

        tab.starts("client.signIn('github', " + to("/") + ")");
        tab.says(person);
        assertThat(tab.page()).hasURL(chain.portfolio() + "/");
        tab.comeBack();

        JsonNode session = tab.seesItself("authenticated");
        JsonNode user = session.path("user");
        String id = chain.administrator().user(person.email()).path("id").asText();
        assertThat(user.path("id").asText()).isEqualTo(id);
        assertThat(user.path("name").asText()).isEqualTo(person.displayName());
        assertThat(user.path("email").asText()).isEqualTo(person.email());
        assertThat(user.path("image").asText()).isEqualTo(chain.picture(person));
        assertThat(user.path("provider").asText()).isEqualTo("github");
        assertThat(user.path("clientOrigin").asText())
                .isEqualTo(chain.portfolio().toString());
        assertThat(user.path("clientId").asText()).isEqualTo("portfolio");
        assertThat(user.path("emailVerified").isBoolean()).isTrue();
        assertThat(user).hasSize(8);
        assertSameSession(session, tab.session());

        tab.starts("client.signOut(" + to("/") + ")");
        assertThat(tab.page()).hasURL(chain.portfolio() + "/");
        assertThat(tab.session().isNull()).isTrue();
        assertThat(chain.administrator().sessions(id)).isEmpty();
        logsTheUsualComplaints(tab.complaints());
    }

    @Test
    void a_page_that_requires_a_session_is_shown_after_signing_in() {
        ClientTab tab = open();
        String required = tab.address() + "?required";
        tab.page().navigate(required);

        assertThat(tab.page())
                .hasURL(chain.portfolio() + "/api/auth/signin?error=SessionRequired&callbackUrl="
                        + URLEncoder.encode(required, StandardCharsets.UTF_8));
        assertThat(tab.page().locator("[role=alert]")).hasText("Please sign in to see this page.");
        tab.page()
                .locator("button", new Page.LocatorOptions().setHasText("GitHub"))
                .click();
        tab.says(person);

        assertThat(tab.page()).hasURL(required);
        // Playwright does not intercept the target of a redirect.
        tab.page().reload();
        assertThat(tab.seesItself("authenticated").path("user").path("email").asText())
                .isEqualTo(person.email());
    }

    @Test
    void a_provider_that_there_is_not_leads_to_the_sign_in_page() {
        ClientTab tab = open();

        tab.starts("client.signIn('nobody', " + to("/there") + ")");

        assertThat(tab.page()).hasURL(chain.portfolio() + "/api/auth/signin?callbackUrl=%2Fthere");
        assertThat(tab.page().locator("main")).containsText("GitHub");
    }

    @Test
    void other_tabs_see_at_once_who_signs_in_and_out() {
        ClientTab one = open();
        ClientTab other = open();
        one.seesItself("unauthenticated");
        other.seesItself("unauthenticated");

        signIn(one);
        JsonNode session = other.seesItself("authenticated");
        assertThat(session).isEqualTo(one.seesItself("authenticated"));

        JsonNode answer = one.returns("client.signOut({ redirect: false, " + address + ": '/' })");
        assertThat(answer.path("url").asText()).isEqualTo(chain.portfolio() + "/");
        assertThat(one.seesItself("unauthenticated").isNull()).isTrue();
        assertThat(other.seesItself("unauthenticated").isNull()).isTrue();
    }

    @Test
    void update_shows_what_has_changed_at_keycloak_and_nothing_that_the_page_sends() {
        ClientTab tab = open();
        signIn(tab);
        JsonNode before = tab.seesItself("authenticated");
        chain.administrator().rename(before.path("user").path("id").asText(), "New", "Name");

        JsonNode updated = tab.returns(
                "client.update({ name: 'Root', user: { id: 'x', email: 'root@example.com' }, clientId: 'dashboard' })");

        ObjectNode expected = before.path("user").deepCopy();
        expected.put("name", "New Name");
        assertThat(updated.path("user")).isEqualTo(expected);
        // Keycloak has extended the session at the request, and counts in whole seconds.
        assertThat(Instant.parse(updated.path("expires").asText()))
                .isAfter(Instant.parse(before.path("expires").asText()).minusSeconds(1));
        assertSameSession(updated, tab.seesItself("authenticated"));
        assertSameSession(updated, tab.session());
        assertThat(tab.posted("session")).hasSize(1);
    }

    @Test
    void a_sign_in_that_must_be_new_asks_again_who_it_is() {
        ClientTab tab = open();
        signIn(tab);
        JsonNode before = tab.seesItself("authenticated");
        assertThat(before.has("authTime")).as("nobody has asked").isFalse();
        Instant start = Instant.now();

        tab.starts("client.signIn('github', " + to("/") + ", { max_age: 0 })");
        tab.says(person);
        assertThat(tab.page()).hasURL(chain.portfolio() + "/");
        tab.comeBack();

        JsonNode session = tab.seesItself("authenticated");
        assertThat(session.path("user")).isEqualTo(before.path("user"));
        // Keycloak counts in whole seconds.
        assertThat(Instant.parse(session.path("authTime").asText())).isAfterOrEqualTo(start.minusSeconds(1));
    }

    ClientTab open() {
        return ClientTab.open(browser, chain, client);
    }

    /** Ends on the client's page. */
    void signIn(ClientTab tab) {
        tab.starts("client.signIn('github', " + to("/") + ")");
        tab.says(person);
        assertThat(tab.page()).hasURL(chain.portfolio() + "/");
        tab.comeBack();
    }

    String to(String path) {
        return "{ " + address + ": '" + path + "' }";
    }
}
