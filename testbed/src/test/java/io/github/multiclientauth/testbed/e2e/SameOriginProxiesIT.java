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
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * An application at its own origin behind web servers other than nginx, in a real Chromium. Uses the snippets of
 * docs/how-to/topologies.md in the real programs. {@link TopologiesIT} tests nginx.
 */
@EndToEnd
class SameOriginProxiesIT {

    /** In characters: with the origin it is just below the longest callback URL. */
    private static final int LONG = 1_950;

    private final Chain chain;
    private final Person person;

    SameOriginProxiesIT(Chain chain) {
        this.chain = chain;
        this.person = chain.somebody();
    }

    @Test
    void users_sign_in_and_out_behind_apache() throws Exception {
        try (ForwardingSite site = ForwardingSite.behindApache(chain)) {
            signsInAndOut(site);
        }
    }

    /** Hostile row 8. Apache appends to forwarded headers, and the facade would trust the first value. */
    @Test
    void apache_removes_forwarded_headers_of_a_visitor() throws Exception {
        try (ForwardingSite site = ForwardingSite.behindApache(chain)) {
            String portfolio =
                    chain.portfolio().host() + ":" + chain.portfolio().port();
            String answer = RawRequest.overTls(
                    site.certificate().sslContext(),
                    "apache.example.test",
                    site.port(),
                    RawRequest.withForgedHeaders("apache.example.test", portfolio));

            ignoresForwardedHeaders(answer, site);
            assertThat(answer).contains("__Host-authjs.csrf-token=");
        }
    }

    @Test
    void apache_has_room_for_long_addresses_and_cookies() throws Exception {
        try (ForwardingSite site = ForwardingSite.behindApache(chain)) {
            assertThat(RawRequest.overTls(
                            site.certificate().sslContext(),
                            "apache.example.test",
                            site.port(),
                            RawRequest.withLongHead("apache.example.test")))
                    .startsWith("HTTP/1.1 200 ");
            assertThat(RawRequest.overTls(
                            site.certificate().sslContext(),
                            "apache.example.test",
                            site.port(),
                            RawRequest.withLongCallbackUrl("apache.example.test")))
                    .startsWith("HTTP/1.1 302 ")
                    .contains("/protocol/openid-connect/auth");
        }
    }

    @Test
    void users_sign_in_and_out_behind_vite() throws Exception {
        try (ForwardingSite site = ForwardingSite.withVite(chain)) {
            signsInAndOut(site);
        }
    }

    @Test
    void forwarded_headers_through_vite_have_no_effect_on_a_facade_that_trusts_no_proxy() throws Exception {
        try (ForwardingSite site = ForwardingSite.withVite(chain)) {
            String portfolio =
                    chain.portfolio().host() + ":" + chain.portfolio().port();
            String answer =
                    RawRequest.plain(site.port(), RawRequest.withForgedHeaders("localhost:" + site.port(), portfolio));

            ignoresForwardedHeaders(answer, site);
        }
    }

    // Slow: it installs and builds an application. NextJsIT runs one that forwards to the facade, too.
    @Nightly
    @Test
    @Timeout(value = 6, unit = TimeUnit.MINUTES)
    void users_sign_in_and_out_behind_rewrites_of_next_js() throws Exception {
        try (ForwardingSite site = ForwardingSite.withNextJs(chain)) {
            signsInAndOut(site);
        }
    }

    // Slow, too. The tests of the npm package read the same addresses.
    @Nightly
    @Test
    @Timeout(value = 6, unit = TimeUnit.MINUTES)
    void a_protected_page_below_a_base_path_of_next_js_leads_to_the_sign_in_and_back() throws Exception {
        try (ForwardingSite site = ForwardingSite.withNextJsBelowABasePath(chain);
                Chromium chromium = Chromium.with(site.chromiumOptions());
                BrowserContext context = chromium.browser().newContext()) {
            Page page = context.newPage();
            page.navigate(site.origin() + "/docs/dashboard?a=1");
            assertThat(page).hasURL(site.origin() + "/api/auth/signin?callbackUrl=" + encoded("/docs/dashboard?a=1"));

            page.getByText("GitHub").click();
            page.locator("button[name=login][value=" + person.login() + "]").click();

            assertThat(page).hasURL(site.origin() + "/docs/dashboard?a=1");
            assertThat(page.locator("h1")).hasText("Dashboard");
        }
    }

    private void signsInAndOut(ForwardingSite site) throws Exception {
        try (Chromium chromium = Chromium.with(site.chromiumOptions());
                BrowserContext context = chromium.browser().newContext()) {
            ApplicationPage tab = ApplicationPage.open(context, site.origin(), "");
            Page page = tab.page();
            assertThat(page.locator("h1")).not().isEmpty();
            String target = "/?a=%2F1&long=" + "%C3%A9".repeat(LONG / "%C3%A9".length()) + "#b";
            tab.call("signIn('github', { redirectTo: '" + target + "' })");
            tab.choose(person);

            assertThat(page).hasURL(site.origin() + target);
            JsonNode user = tab.user();
            assertThat(user.path("email").asText()).isEqualTo(person.email());
            assertThat(user.path("clientId").asText()).isEqualTo(site.clientId());
            assertThat(user.path("clientOrigin").asText()).isEqualTo(site.origin());
            assertThat(sessionCookies(context, site))
                    .singleElement()
                    .matches(name ->
                            name.startsWith("__Secure-") == site.origin().startsWith("https:"));

            tab.call("signOut({ redirect: false })");
            assertThat(tab.user()).isNull();
            assertThat(sessionCookies(context, site)).isEmpty();
        }
    }

    private void ignoresForwardedHeaders(String answer, ForwardingSite site) {
        assertThat(answer)
                .startsWith("HTTP/1.1 200 ")
                .contains("authjs.callback-url=" + encoded(site.origin()) + ";")
                .doesNotContain(encoded(chain.portfolio().toString()), "evil", "8443");
    }

    /** Session cookies by name. If several applications share a host, the name begins with the client id. */
    private static List<String> sessionCookies(BrowserContext context, ForwardingSite site) {
        return context.cookies(site.origin() + "/").stream()
                .map(found -> found.name)
                .filter(name -> name.endsWith("authjs.session-token"))
                .toList();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
