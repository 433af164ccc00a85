package io.github.multiclientauth.testbed.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import io.github.multiclientauth.testbed.provider.Person;
import io.github.multiclientauth.testbed.proxy.RawRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The supported topologies, each in a real Chromium over TLS and behind a real nginx. */
@EndToEnd
class TopologiesIT {

    @RegisterExtension
    static final Started STARTED = new Started();

    private static ProxiedSites sites;
    private static Chromium chromium;

    private final Person person;

    TopologiesIT(Chain chain) {
        this.person = chain.somebody();
    }

    @BeforeAll
    static void start(Chain chain) throws Exception {
        sites = STARTED.add(ProxiedSites.start(chain));
        chromium = STARTED.add(Chromium.with(sites.chromiumOptions()));
    }

    @Test
    void users_sign_in_and_out_at_the_applications_own_origin() throws Exception {
        try (BrowserContext context = chromium.browser().newContext()) {
            ApplicationPage tab = ApplicationPage.open(context, ProxiedSites.OWN, "");
            Page page = tab.page();
            tab.call("signIn('github')");
            tab.choose(person);

            assertThat(page).hasURL(ProxiedSites.OWN + "/");
            JsonNode user = tab.user();
            assertThat(user.path("clientId").asText()).isEqualTo("own");
            assertThat(user.path("clientOrigin").asText()).isEqualTo(ProxiedSites.OWN);
            assertThat(names(context, ProxiedSites.OWN))
                    .contains(
                            "__Secure-authjs.session-token", "__Host-authjs.csrf-token", "__Secure-authjs.callback-url")
                    .noneMatch(name -> name.startsWith("authjs."));

            tab.call("signOut({ redirect: false })");
            assertThat(tab.user()).isNull();
        }
    }

    @Test
    void users_sign_in_and_out_on_a_sibling_of_the_facades_host() throws Exception {
        try (BrowserContext context = chromium.browser().newContext()) {
            ApplicationPage tab = ApplicationPage.open(context, ProxiedSites.SIBLING, ProxiedSites.CENTRAL);
            Page page = tab.page();
            tab.call("signIn('github', { redirectTo: '/there?a=1#b' })");
            tab.choose(person);

            assertThat(page).hasURL(ProxiedSites.SIBLING + "/there?a=1#b");
            JsonNode user = tab.user();
            assertThat(user.path("clientId").asText()).isEqualTo("sibling");
            assertThat(user.path("clientOrigin").asText()).isEqualTo(ProxiedSites.SIBLING);
            assertThat(user.path("provider").asText()).isEqualTo("github");
            assertThat(names(context, ProxiedSites.CENTRAL))
                    .contains("__Secure-sibling.authjs.session-token", "__Host-sibling.authjs.csrf-token");
            assertThat(names(context, ProxiedSites.SIBLING))
                    .as("the facade's cookies go to the facade alone")
                    .isEmpty();

            ApplicationPage other = ApplicationPage.open(context, ProxiedSites.FAR, ProxiedSites.CENTRAL);
            assertThat(other.user())
                    .as("another application at the same host of the facade")
                    .isNull();

            tab.call("signOut({ redirect: false })");
            assertThat(tab.user()).isNull();
        }
    }

    @Test
    void the_facades_own_pages_find_the_application_by_the_callback_url() throws Exception {
        try (BrowserContext context = chromium.browser().newContext()) {
            Page page = context.newPage();
            page.navigate(
                    ProxiedSites.CENTRAL + "/api/auth/signin?callbackUrl=" + encoded(ProxiedSites.SIBLING + "/x"));
            page.locator("form[action*='/signin/github'] button").click();
            choose(page);

            assertThat(page).hasURL(ProxiedSites.SIBLING + "/x");
            page.navigate(
                    ProxiedSites.CENTRAL + "/api/auth/signout?callbackUrl=" + encoded(ProxiedSites.SIBLING + "/bye"));
            assertThat(page).hasURL(ProxiedSites.SIBLING + "/bye");
            assertThat(ApplicationPage.open(context, ProxiedSites.SIBLING, ProxiedSites.CENTRAL)
                            .user())
                    .isNull();
        }
    }

    @Test
    void a_user_who_cancels_at_the_provider_gets_back_to_the_application() throws Exception {
        try (BrowserContext context = chromium.browser().newContext()) {
            ApplicationPage tab = ApplicationPage.open(context, ProxiedSites.SIBLING, ProxiedSites.CENTRAL);
            Page page = tab.page();
            tab.call("signIn('github')");
            page.locator("button[name=cancel], button[value=cancel], #cancel")
                    .first()
                    .click();

            assertThat(page.locator("[role=alert]")).isVisible();
            assertThat(page.url())
                    .startsWith(ProxiedSites.CENTRAL + "/api/auth/signin?error=")
                    .contains("client_origin=" + encoded(ProxiedSites.SIBLING));
            page.locator("form[action*='/signin/github'] button").click();
            tab.choose(person);
            assertThat(page).hasURL(ProxiedSites.SIBLING + "/");
        }
    }

    /** Browsers block third-party cookies. docs/how-to/topologies.md describes what works instead. */
    @Test
    void at_another_site_users_sign_in_by_navigation_and_developers_see_what_is_wrong() throws Exception {
        try (BrowserContext context = chromium.browser().newContext()) {
            ApplicationPage tab = ApplicationPage.open(context, ProxiedSites.FAR, ProxiedSites.CENTRAL);
            Page page = tab.page();
            List<String> warnings = new ArrayList<>();
            page.onConsoleMessage(message -> {
                if (message.type().equals("warning")) {
                    warnings.add(message.text());
                }
            });
            Object code = tab.call("signIn('github').catch((error) => error.code)");
            assertThat(code).isEqualTo("cookies_blocked");

            page.navigate(
                    ProxiedSites.CENTRAL + "/api/auth/signin/github?callbackUrl=" + encoded(ProxiedSites.FAR + "/in"));
            tab.choose(person);
            assertThat(page).hasURL(ProxiedSites.FAR + "/in");
            assertThat(names(context, ProxiedSites.CENTRAL)).contains("__Secure-far.authjs.session-token");

            tab.configure();
            warnings.clear();
            assertThat(tab.user()).isNull();
            assertThat(warnings).singleElement().asString().contains("third-party cookies");
        }
    }

    /** Hostile row 8, through the proxy of the documentation. */
    @Test
    void forwarded_headers_of_a_visitor_have_no_effect() throws Exception {
        String answer = RawRequest.overTls(
                sites.certificate().sslContext(),
                "own.example.test",
                sites.port(),
                RawRequest.withForgedHeaders("own.example.test", "sibling.example.test"));

        assertThat(answer).startsWith("HTTP/1.1 200 ").contains("__Host-authjs.csrf-token=");
        assertThat(answer)
                .contains("__Secure-authjs.callback-url=" + encoded(ProxiedSites.OWN) + ";")
                .doesNotContain("sibling", "evil", "8443");
    }

    @Test
    void nginx_has_room_for_long_addresses_and_cookies() throws Exception {
        assertThat(RawRequest.overTls(
                        sites.certificate().sslContext(),
                        "own.example.test",
                        sites.port(),
                        RawRequest.withLongHead("own.example.test")))
                .startsWith("HTTP/1.1 200 ");
        assertThat(RawRequest.overTls(
                        sites.certificate().sslContext(),
                        "own.example.test",
                        sites.port(),
                        RawRequest.withLongCallbackUrl("own.example.test")))
                .startsWith("HTTP/1.1 302 ")
                .contains("/protocol/openid-connect/auth");
    }

    private void choose(Page page) {
        page.locator("button[name=login][value=" + person.login() + "]").click();
    }

    private static List<String> names(BrowserContext context, String site) {
        return context.cookies(site + "/api/auth/session").stream()
                .map(cookie -> cookie.name)
                .toList();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
