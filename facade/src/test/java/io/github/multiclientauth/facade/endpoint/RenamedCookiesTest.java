package io.github.multiclientauth.facade.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.facade.client.Recognition.Recognized;
import io.github.multiclientauth.facade.fake.Applications;
import io.github.multiclientauth.facade.fake.Browser;
import io.github.multiclientauth.facade.fake.Facade;
import io.github.multiclientauth.facade.fake.FakeAuthorizationServer;
import io.github.multiclientauth.facade.fake.Requests;
import io.github.multiclientauth.facade.wire.Reply;
import io.github.multiclientauth.facade.wire.SetCookie;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Another client enters a host name, on another port, or leaves it: the names of the cookies change, but nobody is signed
 * out.
 */
class RenamedCookiesTest {

    private final Facade facade = new Facade();

    private enum Change {
        ANOTHER_CLIENT_ENTERS("http://localhost:3000", false),
        ANOTHER_CLIENT_LEAVES("http://localhost:3000", true),
        ANOTHER_CLIENT_ENTERS_OVER_TLS("https://portfolio.example", false),
        ANOTHER_CLIENT_LEAVES_OVER_TLS("https://portfolio.example", true);

        private final Recognized before;
        private final Recognized after;

        Change(String origin, boolean sharedBefore) {
            Recognized alone = Applications.at("portfolio", origin, "github");
            Recognized shared = Applications.onSharedHost(alone);
            before = sharedBefore ? shared : alone;
            after = sharedBefore ? alone : shared;
        }
    }

    @ParameterizedTest
    @EnumSource(Change.class)
    void sessions_stay_valid(Change change) {
        Browser browser = facade.signedIn(change.before, "sid");

        Reply reply = facade.answer(browser, Requests.get(change.after, "/session"));

        assertThat(((Reply.Json) reply).body()).contains("Ada");
        assertThat(reply.cookies())
                .as("only the callback URL moves")
                .filteredOn(cookie -> !cookie.name().endsWith("callback-url"))
                .noneMatch(cookie -> cookie.maxAge().isPresent());
        assertThat(facade.session(browser, change.before)).as("and back").contains("Ada");
    }

    @ParameterizedTest
    @EnumSource(Change.class)
    void a_renewal_writes_the_new_names_and_clears_the_old(Change change) {
        Browser browser = facade.signedIn(change.before, "sid");
        List<String> before = tokens(browser);
        facade.clock().advance(Facade.REVALIDATE_AFTER);

        assertThat(facade.session(browser, change.after)).contains("Ada");

        assertThat(tokens(browser)).hasSize(1).doesNotContainAnyElementsOf(before);
        assertThat(facade.session(browser, change.after)).contains("Ada");
    }

    @ParameterizedTest
    @EnumSource(Change.class)
    void a_sign_in_replaces_the_session_under_the_old_names(Change change) {
        Browser browser = facade.signedIn(change.before, "sid");
        List<String> before = tokens(browser);
        facade.signIn(browser, change.after, "another-sid");

        assertThat(tokens(browser)).hasSize(1).doesNotContainAnyElementsOf(before);
    }

    @ParameterizedTest
    @EnumSource(Change.class)
    void signing_out_ends_and_clears_the_session_under_the_old_names(Change change) {
        Browser browser = facade.signedIn(change.before, "sid");
        Browser copy = browser.copy();
        String token = facade.csrfToken(browser, change.before);

        assertThat(facade.answer(
                        browser, Requests.post(change.after, "/signout").form("csrfToken=" + token)))
                .isInstanceOf(Reply.Redirect.class);

        assertThat(tokens(browser)).isEmpty();
        assertThat(facade.session(copy, change.after)).isEqualTo("null");
        assertThat(facade.keeper().endings()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Change.class)
    void the_csrf_token_stays(Change change) {
        Browser browser = facade.signedIn(change.before, "sid");
        String token = facade.csrfToken(browser, change.before);

        assertThat(facade.csrfToken(browser, change.after)).isEqualTo(token);
    }

    @ParameterizedTest
    @EnumSource(Change.class)
    void a_sign_in_that_has_begun_can_be_finished(Change change) {
        Browser browser = new Browser();
        String state = facade.beginSignIn(browser, change.before, "github");
        facade.redeem(FakeAuthorizationServer.identity(change.after, "sid"));

        facade.answer(browser, Requests.get(change.after, "/callback/github").query("code=code&state=" + state));

        assertThat(facade.session(browser, change.after)).contains("Ada");
        assertThat(browser.names()).noneMatch(name -> name.contains("transaction"));
    }

    @ParameterizedTest
    @EnumSource(Change.class)
    void sign_ins_under_the_old_names_count_for_the_limit(Change change) {
        Browser browser = new Browser();
        for (int i = 0; i < 10; i++) {
            facade.beginSignIn(browser, change.before, "github");
        }
        for (int i = 0; i < 2; i++) {
            facade.beginSignIn(browser, change.after, "github");
        }

        assertThat(browser.names())
                .filteredOn(name -> name.contains("transaction"))
                .hasSizeLessThanOrEqualTo(10);
    }

    @ParameterizedTest
    @EnumSource(Change.class)
    void the_callback_url_is_remembered(Change change) {
        Browser browser = new Browser();
        facade.answer(browser, Requests.get(change.before, "/signin").query("callbackUrl=/after"));

        Reply reply = facade.answer(browser, Requests.get(change.after, "/signout"));

        assertThat(((Reply.Redirect) reply).location()).endsWith("/after");
        assertThat(browser.names())
                .as("without a second one")
                .filteredOn(name -> name.endsWith("callback-url"))
                .hasSize(1);
    }

    /** Before the host was shared, its cookies had no client in their names. */
    @Test
    void cookies_of_another_client_on_the_host_are_neither_read_nor_cleared() {
        Recognized portfolio =
                Applications.onSharedHost(Applications.at("portfolio", "http://localhost:3000", "github"));
        Recognized other = Applications.at("other", "http://localhost:4000", "github");
        Browser browser = facade.signedIn(other, "sid-of-the-other");
        facade.beginSignIn(browser, other, "github");
        Browser before = browser.copy();

        assertThat(facade.session(browser, portfolio)).isEqualTo("null");
        for (int i = 0; i < 11; i++) {
            facade.beginSignIn(browser, portfolio, "github");
        }
        facade.signIn(browser, portfolio, "sid");
        facade.answer(
                browser,
                Requests.post(portfolio, "/signout").form("csrfToken=" + facade.csrfToken(browser, portfolio)));

        assertThat(browser.names()).containsAll(before.names());
        for (String name : before.names()) {
            assertThat(browser.value(name)).as(name).isEqualTo(before.value(name));
        }
        assertThat(facade.session(browser, other)).contains("Ada");
    }

    @Test
    void cookies_of_the_same_client_under_both_names_are_one_session() {
        Recognized alone = Applications.at("portfolio", "http://localhost:3000", "github");
        Browser browser = facade.signedIn(alone, "sid");
        Browser other = facade.signedIn(Applications.onSharedHost(alone), "sid");
        String both = browser.header("/api/auth/session") + "; " + other.header("/api/auth/session");

        for (Recognized at : List.of(alone, Applications.onSharedHost(alone))) {
            Reply reply = facade.answer(Requests.get(at, "/session").cookies(both));
            assertThat(((Reply.Json) reply).body()).contains("Ada");
            Reply signOut = facade.answer(Requests.get(at, "/signout").cookies(both));
            assertThat(signOut.cookies().stream().map(SetCookie::name))
                    .contains("authjs.session-token", "portfolio.authjs.session-token");
            facade.clock().advance(java.time.Duration.ofSeconds(1));
            both = Stream.of(alone, Applications.onSharedHost(alone))
                    .map(again -> facade.signedIn(again, "sid").header("/api/auth/session"))
                    .reduce((one, two) -> one + "; " + two)
                    .orElseThrow();
        }
    }

    private static List<String> tokens(Browser browser) {
        return browser.names().stream()
                .filter(name -> name.endsWith("session-token"))
                .toList();
    }
}
