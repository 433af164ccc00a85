package io.github.multiclientauth.facade.signout;

import static io.github.multiclientauth.facade.fake.Applications.DASHBOARD;
import static io.github.multiclientauth.facade.fake.Applications.PORTFOLIO;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.client.Recognition.Recognized;
import io.github.multiclientauth.facade.event.SignOutEvent;
import io.github.multiclientauth.facade.fake.Browser;
import io.github.multiclientauth.facade.fake.Facade;
import io.github.multiclientauth.facade.fake.FakeSessionKeeper;
import io.github.multiclientauth.facade.fake.Requests;
import io.github.multiclientauth.facade.oidc.SessionKeeper.Ending;
import io.github.multiclientauth.facade.wire.Page;
import io.github.multiclientauth.facade.wire.Reply;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignOutTest {

    private static final URI AT_KEYCLOAK = URI.create("https://id.example.com/realms/r/logout?id_token_hint=canary");

    private final Facade facade = new Facade();
    private final Browser browser = facade.signedIn(PORTFOLIO, "sid-1");

    /** Why Keycloak's session may still be alive. */
    private List<String> remains() {
        return facade.events().of(SignOutEvent.KeycloakSessionRemains.class).stream()
                .map(SignOutEvent.KeycloakSessionRemains::reason)
                .toList();
    }

    private List<ClientId> endedLater() {
        return facade.events().of(SignOutEvent.KeycloakSessionEndedLater.class).stream()
                .map(SignOutEvent.KeycloakSessionEndedLater::client)
                .toList();
    }

    private List<ClientId> givenUp() {
        return facade.events().of(SignOutEvent.KeycloakSessionGivenUp.class).stream()
                .map(SignOutEvent.KeycloakSessionGivenUp::client)
                .toList();
    }

    @Test
    void ends_the_session_at_keycloak_and_clears_the_cookie() {
        Reply reply = signOut(browser, "callbackUrl=/bye");

        assertThat(((Reply.Redirect) reply).location()).isEqualTo("http://localhost:3000/bye");
        assertThat(browser.names()).doesNotContain("authjs.session-token");
        assertThat(facade.keeper().endings()).containsExactly(new FakeSessionKeeper.Ended("portfolio", "sid-1"));
        assertThat(facade.events().of(SignOutEvent.KeycloakSessionRemains.class))
                .isEmpty();
    }

    @Test
    void sends_the_browser_to_keycloak_if_the_administrator_wants_it_so() {
        Browser copy = browser.copy();
        facade.keeper().endInBrowserAt(AT_KEYCLOAK);
        Reply reply = signOut(browser, "callbackUrl=/bye");

        assertThat(((Reply.Redirect) reply).location()).isEqualTo(AT_KEYCLOAK.toString());
        assertThat(browser.names()).doesNotContain("authjs.session-token");
        assertThat(facade.session(copy, PORTFOLIO)).isEqualTo("null");
        assertThat(remains()).isEmpty();
    }

    /** The tab may have been closed, or the network may have gone. */
    @Test
    void ends_the_session_for_a_browser_that_does_not_get_to_keycloak() {
        facade.keeper().endInBrowserAt(AT_KEYCLOAK);
        signOut(browser, "");
        assertThat(facade.keeper().endings()).isEmpty();

        facade.pass(KeycloakSessions.FOR_BROWSERS);

        assertThat(facade.keeper().endings()).containsExactly(new FakeSessionKeeper.Ended("portfolio", "sid-1"));
    }

    @Test
    void ends_the_session_itself_if_keycloak_says_too_late_where_the_browser_has_to_go() {
        facade.keeper().endInBrowserAt(AT_KEYCLOAK);
        CompletableFuture<Reply> running = facade.begin(
                Requests.get(PORTFOLIO, "/signout").query("callbackUrl=/bye").from(browser));
        facade.passWhileNothingRuns(KeycloakSessions.LONGEST_WAIT);
        assertThat(((Reply.Redirect) running.join()).location()).isEqualTo("http://localhost:3000/bye");

        facade.run();

        assertThat(facade.keeper().endings()).containsExactly(new FakeSessionKeeper.Ended("portfolio", "sid-1"));
    }

    @Test
    void stays_at_the_application_while_keycloak_is_unreachable() {
        facade.keeper().endInBrowserAt(AT_KEYCLOAK);
        facade.goAway();
        Reply reply = signOut(browser, "callbackUrl=/bye");

        assertThat(((Reply.Redirect) reply).location()).isEqualTo("http://localhost:3000/bye");
        assertThat(remains()).endsWith("away");
    }

    @Test
    void makes_every_copy_worthless_before_keycloak_is_asked() {
        Browser copy = browser.copy();
        List<String> meanwhile = new ArrayList<>();
        facade.keeper().onEnd(() -> {
            meanwhile.add(facade.session(copy.copy(), PORTFOLIO));
            return new Ending.Ended();
        });
        signOut(browser, "");

        assertThat(meanwhile).containsExactly("null");
        assertThat(facade.session(copy, PORTFOLIO)).isEqualTo("null");
    }

    @Test
    void ends_the_sessions_of_other_applications_within_the_same_session_of_keycloak() {
        Browser dashboard = facade.signedIn(DASHBOARD, "sid-1");
        Browser another = facade.signedIn(DASHBOARD, "sid-2");
        facade.clock().advance(Duration.ofSeconds(1));
        signOut(browser, "");

        assertThat(facade.session(dashboard, DASHBOARD)).isEqualTo("null");
        assertThat(facade.session(another, DASHBOARD)).contains("Ada");
    }

    @Test
    void signs_out_here_while_keycloak_is_unreachable_and_tells_the_operator() {
        Browser copy = browser.copy();
        facade.goAway();
        Reply reply = signOut(browser, "");

        assertThat(reply).isInstanceOf(Reply.Redirect.class);
        assertThat(browser.names()).doesNotContain("authjs.session-token");
        assertThat(facade.session(copy, PORTFOLIO)).isEqualTo("null");
        assertThat(remains()).endsWith("away");
    }

    /** 600 bogus callbacks at a Keycloak that does not answer are enough for that. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void signs_out_here_when_too_many_requests_wait_for_keycloak(boolean post) {
        Browser copy = browser.copy();
        String token = facade.csrfToken(browser, PORTFOLIO);
        facade.fillTheQueue();
        facade.goAway();
        Reply reply = facade.answer(
                browser,
                post
                        ? Requests.post(PORTFOLIO, "/signout").form("csrfToken=" + token + "&callbackUrl=/bye")
                        : Requests.get(PORTFOLIO, "/signout").query("callbackUrl=/bye"));

        assertThat(reply).isInstanceOf(Reply.Redirect.class);
        assertThat(((Reply.Redirect) reply).location()).isEqualTo("http://localhost:3000/bye");
        assertThat(browser.names()).doesNotContain("authjs.session-token");
        assertThat(facade.session(copy, PORTFOLIO)).isEqualTo("null");
    }

    @Test
    void signs_out_here_when_too_many_sign_outs_wait_for_keycloak() {
        facade.fillTheQueueOfSignOuts();
        Reply reply = signOut(browser, "");

        assertThat(reply).isInstanceOf(Reply.Redirect.class);
        assertThat(browser.names()).doesNotContain("authjs.session-token");
        assertThat(remains()).endsWith("full");

        facade.emptyTheQueues();
        facade.pass(KeycloakSessions.SHORTEST_PAUSE);
        assertThat(facade.keeper().endings()).hasSize(1);
        assertThat(endedLater()).endsWith(new ClientId("portfolio"));
    }

    @Test
    void makes_the_session_worthless_before_it_waits_for_a_thread() {
        Browser copy = browser.copy();
        CompletableFuture<Reply> running =
                facade.begin(Requests.get(PORTFOLIO, "/signout").from(browser));

        assertThat(running).as("Keycloak may still answer").isNotDone();
        assertThat(((Reply.Json)
                                facade.begin(Requests.get(PORTFOLIO, "/session").from(copy))
                                        .join())
                        .body())
                .isEqualTo("null");
    }

    @Test
    void is_answered_when_keycloak_takes_too_long() {
        CompletableFuture<Reply> running =
                facade.begin(Requests.get(PORTFOLIO, "/signout").from(browser));
        facade.passWhileNothingRuns(KeycloakSessions.LONGEST_WAIT);

        assertThat(running).isDone();
        browser.take(running.join());
        assertThat(browser.names()).doesNotContain("authjs.session-token");
        assertThat(remains()).endsWith("no answer within 3 s");

        facade.run();
        assertThat(facade.keeper().endings()).hasSize(1);
        assertThat(endedLater()).endsWith(new ClientId("portfolio"));
    }

    @Test
    void ends_keycloaks_session_when_keycloak_is_back() {
        Browser dashboard = facade.signedIn(DASHBOARD, "sid-1");
        facade.keeper().onEnd(() -> new Ending.Failed("away"));
        signOut(browser, "");
        facade.pass(Duration.ofMinutes(10));
        facade.signIn(dashboard, DASHBOARD, "sid-1");
        int inVain = facade.keeper().endings().size();
        assertThat(inVain).as("once, and then less and less often").isBetween(55, 70);

        facade.comeBack();
        facade.pass(KeycloakSessions.LONGEST_PAUSE);

        assertThat(facade.keeper().endings()).hasSize(inVain + 1);
        assertThat(endedLater()).endsWith(new ClientId("portfolio"));
        assertThat(facade.session(dashboard, DASHBOARD))
                .as("signed in with Keycloak's session meanwhile")
                .isEqualTo("null");
    }

    /** The other replicas cannot know of the sign-out before Keycloak does. */
    @Test
    void ends_all_that_are_left_as_soon_as_the_changes_can_be_read_again() {
        List<Browser> browsers = IntStream.range(0, 100)
                .mapToObj(i -> facade.signedIn(PORTFOLIO, "sid-of-" + i))
                .toList();
        facade.poll();
        facade.goAway();
        facade.poll();
        browsers.forEach(one -> signOut(one, ""));
        facade.pass(Duration.ofMinutes(10));
        assertThat(endedLater()).isEmpty();

        facade.comeBack();
        facade.poll();
        facade.run();
        assertThat(endedLater()).hasSize(100);

        int asked = facade.keeper().endings().size();
        facade.pass(Duration.ofMinutes(10));
        assertThat(facade.keeper().endings()).as("no retry is left").hasSize(asked);
    }

    @Test
    void ends_all_that_are_left_as_soon_as_one_has_ended() {
        List<Browser> browsers = IntStream.range(0, 100)
                .mapToObj(i -> facade.signedIn(PORTFOLIO, "sid-of-" + i))
                .toList();
        facade.goAway();
        browsers.forEach(one -> signOut(one, ""));
        facade.pass(Duration.ofMinutes(5));
        facade.keeper().onEnd(Ending.Ended::new);
        facade.pass(KeycloakSessions.LONGEST_PAUSE);

        assertThat(endedLater()).hasSize(100).containsOnly(new ClientId("portfolio"));
    }

    /** Other facades believe a copy of the cookie until then. While Keycloak fails, more requests would not help it. */
    @Test
    void ends_several_that_are_left_at_once_when_keycloak_answers_and_one_while_it_fails() {
        leave(100);
        assertThat(mostAtOnce(() -> new Ending.Failed("not now"))).isEqualTo(1);
        assertThat(endedLater()).isEmpty();

        assertThat(mostAtOnce(Ending.Ended::new)).isEqualTo(KeycloakSessions.MOST_AT_ONCE);
        assertThat(endedLater()).hasSize(100);
        assertThat(facade.keeper().endings().stream()
                        .skip(facade.keeper().endings().size() - 100))
                .doesNotHaveDuplicates();

        int asked = facade.keeper().endings().size();
        facade.pass(Duration.ofMinutes(10));
        assertThat(facade.keeper().endings()).as("no retry is left").hasSize(asked);
    }

    @Test
    void waits_for_a_single_answer_again_when_keycloak_goes_away_while_several_are_ended() {
        leave(100);
        AtomicInteger answered = new AtomicInteger();
        mostAtOnce(() -> answered.getAndIncrement() < 50 ? new Ending.Ended() : new Ending.Failed("away"));
        assertThat(endedLater()).hasSize(50);

        assertThat(mostAtOnce(() -> new Ending.Failed("away"))).isEqualTo(1);
        mostAtOnce(Ending.Ended::new);
        assertThat(endedLater()).hasSize(100);
    }

    /** Lets a minute pass and returns how many requests to end a session ran at the same time. */
    private int mostAtOnce(Supplier<Ending> answer) {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        facade.keeper().onEnd(() -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            // What other threads would do meanwhile.
            facade.run();
            running.decrementAndGet();
            return answer.get();
        });
        facade.pass(Duration.ofMinutes(1));
        return most.get();
    }

    /** A wrong client secret has this effect. */
    @Test
    void ends_the_sessions_of_one_application_although_keycloak_refuses_those_of_another() {
        leave(100);
        signOut(facade.signedIn(DASHBOARD, "sid-of-dashboard"), DASHBOARD);
        facade.pass(Duration.ofMinutes(5));
        facade.comeBack();
        endAllBut("portfolio");
        facade.pass(KeycloakSessions.LONGEST_PAUSE);

        assertThat(endedLater()).endsWith(new ClientId("dashboard"));
    }

    @Test
    void leaves_room_for_the_sessions_of_others_however_many_are_left_of_one() {
        leave(1001);
        assertThat(givenUp()).containsExactly(new ClientId("portfolio"));

        signOut(facade.signedIn(DASHBOARD, "sid-of-dashboard"), DASHBOARD);
        facade.comeBack();
        endAllBut("portfolio");
        facade.pass(KeycloakSessions.LONGEST_PAUSE);
        assertThat(endedLater()).endsWith(new ClientId("dashboard"));
    }

    /** Sign-outs that Keycloak does not answer, at the portfolio. */
    private void leave(int count) {
        List<Browser> browsers = IntStream.range(0, count)
                .mapToObj(i -> facade.signedIn(PORTFOLIO, "sid-of-" + i))
                .toList();
        Browser dashboard = facade.signedIn(DASHBOARD, "sid-of-dashboard");
        assertThat(facade.session(dashboard, DASHBOARD)).contains("Ada");
        facade.keeper().onEnd(() -> new Ending.Failed("not now"));
        browsers.forEach(one -> signOut(one, ""));
    }

    private void signOut(Browser with, Recognized at) {
        facade.answer(with, Requests.get(at, "/signout"));
    }

    private void endAllBut(String client) {
        facade.keeper().onEnd(() -> {
            var endings = facade.keeper().endings();
            return endings.get(endings.size() - 1).clientId().equals(client)
                    ? new Ending.Failed("invalid_client")
                    : new Ending.Ended();
        });
    }

    /** Somebody who has a few sessions can plant their cookies before the person's, some more than once. */
    @Test
    void ends_the_session_however_many_are_planted_before_it() {
        List<String> header = new ArrayList<>();
        for (int i = 0; i < 48; i++) {
            Browser other = facade.signedIn(PORTFOLIO, "planted-" + i / 2);
            header.add("authjs.session-token="
                    + other.value("authjs.session-token").orElseThrow());
        }
        header.add(browser.header("/api/auth/signout"));
        facade.answer(Requests.get(PORTFOLIO, "/signout").cookies(String.join("; ", header)));

        assertThat(facade.keeper().endings())
                .extracting(FakeSessionKeeper.Ended::sid)
                .contains("sid-1")
                .doesNotHaveDuplicates()
                .hasSize(25);
    }

    @Test
    void gives_up_when_keycloaks_session_is_too_old() {
        facade.goAway();
        signOut(browser, "");
        facade.pass(KeycloakSessions.TRIED_FOR.plusMinutes(1));
        int asked = facade.keeper().endings().size();
        facade.pass(Duration.ofHours(1));

        assertThat(facade.keeper().endings()).hasSize(asked);
        assertThat(givenUp()).endsWith(new ClientId("portfolio"));
    }

    /** Whoever keeps a copy of the cookies can sign out as often as they like. */
    @Test
    void takes_one_place_in_the_queue_however_often_it_is_sent() {
        Browser copy = browser.copy();
        for (int i = 0; i < 100; i++) {
            facade.begin(Requests.get(PORTFOLIO, "/signout").from(copy));
        }
        facade.run();
        assertThat(facade.keeper().endings()).hasSize(1);

        facade.goAway();
        for (int i = 0; i < 100; i++) {
            facade.answer(Requests.get(PORTFOLIO, "/signout").from(copy));
        }
        int asked = facade.keeper().endings().size();
        facade.pass(KeycloakSessions.SHORTEST_PAUSE);
        assertThat(facade.keeper().endings()).hasSize(asked + 1);
    }

    @Test
    void is_answered_whatever_goes_wrong_with_keycloaks_session() {
        facade.keeper().onEnd(() -> {
            throw new IllegalStateException("bug");
        });

        assertThat(signOut(browser, "")).isInstanceOf(Reply.Redirect.class);
        assertThat(browser.names()).doesNotContain("authjs.session-token");
        assertThat(remains()).last().asString().contains("bug");
    }

    /** The person sees an error, as in Auth.js, but is signed out: people do not check afterwards. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "POST | -                        | evil.example",
                "POST | -                        | /x%0D%0ASet-Cookie:a",
                "POST | callbackUrl=javascript:x | -",
                "GET  | callbackUrl=javascript:x | -",
                "GET  | callbackUrl=evil.example | -",
            })
    void signs_out_whatever_the_callback_url_is(String method, String query, String inBody) {
        Browser copy = browser.copy();
        String form =
                "csrfToken=" + facade.csrfToken(browser, PORTFOLIO) + (inBody == null ? "" : "&callbackUrl=" + inBody);
        Requests request = method.equals("POST")
                ? Requests.post(PORTFOLIO, "/signout").form(form)
                : Requests.get(PORTFOLIO, "/signout");
        facade.answer(browser, request.query(query == null ? "" : query));

        assertThat(browser.names()).doesNotContain("authjs.session-token");
        assertThat(facade.session(copy, PORTFOLIO)).isEqualTo("null");
        assertThat(facade.keeper().endings()).hasSize(1);
    }

    @Test
    void needs_the_csrf_token_whatever_the_callback_url_is() {
        facade.answer(browser, Requests.post(PORTFOLIO, "/signout").form("csrfToken=wrong&callbackUrl=evil.example"));
        facade.answer(
                browser,
                Requests.get(PORTFOLIO, "/signout")
                        .query("callbackUrl=javascript:x")
                        .fetch("cross-site", "navigate", "document"));

        assertThat(facade.session(browser, PORTFOLIO)).contains("Ada");
    }

    /** A cookie that the application's server made, with the id of a session where the person never used it. */
    @Test
    void by_a_session_cookie_of_one_application_ends_no_session_of_another() {
        Browser made = facade.signedIn(DASHBOARD, "sid-1");
        facade.keeper().leave(DASHBOARD, "sid-1");
        Browser copy = made.copy();
        facade.clock().advance(Duration.ofSeconds(1));
        facade.answer(made, Requests.get(DASHBOARD, "/signout"));

        assertThat(facade.session(copy, DASHBOARD)).as("its own").isEqualTo("null");
        assertThat(facade.session(browser, PORTFOLIO)).contains("Ada");
        assertThat(remains()).isEmpty();
    }

    @Test
    void can_be_followed_by_a_sign_in_within_the_session_that_keycloak_kept() {
        facade.goAway();
        signOut(browser, "");
        facade.clock().advance(Duration.ofSeconds(1));
        facade.comeBack();
        facade.signIn(browser, PORTFOLIO, "sid-1");

        assertThat(facade.session(browser, PORTFOLIO)).contains("Ada");
    }

    @Test
    void without_a_session_is_the_same_redirect_and_clears_nothing() {
        Browser stranger = new Browser();
        Reply reply = signOut(stranger, "callbackUrl=/bye");

        assertThat(((Reply.Redirect) reply).location()).isEqualTo("http://localhost:3000/bye");
        assertThat(reply.cookies()).noneMatch(cookie -> cookie.maxAge().isPresent());
        assertThat(facade.keeper().endings()).isEmpty();
    }

    @Test
    void ends_no_session_of_another_application() {
        Browser mixed = new Browser();
        mixed.put("authjs.session-token", browser.value("authjs.session-token").orElseThrow(), "/");
        facade.answer(mixed, Requests.get(DASHBOARD, "/signout"));

        assertThat(facade.keeper().endings()).isEmpty();
        assertThat(facade.session(browser, PORTFOLIO)).contains("Ada");
    }

    @ParameterizedTest
    @CsvSource({
        // a link on the own site, an address typed in
        "same-origin, navigate, document, false, true",
        "same-site, navigate, document, false, true",
        "none, navigate, document, false, true",
        // the same, prefetched or prerendered
        "same-origin, navigate, document, true, false",
        "none, navigate, document, true, false",
        // a link on another site
        "cross-site, navigate, document, false, false",
        // Turbo, Next.js, htmx, quicklink and other scripts, whatever header they have for that
        "same-origin, cors, empty, false, false",
        "same-origin, same-origin, empty, false, false",
        "same-origin, no-cors, empty, false, false",
        "same-origin, cors, empty, true, false",
        "same-origin, navigate, empty, false, false",
        "same-site, cors, empty, false, false",
        "cross-site, cors, empty, false, false",
        // an image, frame, script or style sheet that somebody could put into a page of the site
        "same-origin, no-cors, image, false, false",
        "same-origin, navigate, iframe, false, false",
        "same-origin, navigate, embed, false, false",
        "same-origin, no-cors, script, false, false",
        "same-origin, no-cors, document, false, false",
        "none, no-cors, image, false, false",
        // an old browser, curl
        ", , , false, false",
        ", , , true, false",
        // half or nonsense
        "same-origin, , , false, false",
        "same-origin, , document, false, false",
        "same-origin, navigate, , false, false",
        ", navigate, document, false, false",
        "SAME-ORIGIN, navigate, document, false, false",
        "nonsense, navigate, document, false, false",
        "'same-origin, same-origin', navigate, document, false, false",
    })
    void acts_at_once_for_navigations_of_the_own_site_only(
            String site, String mode, String destination, boolean prefetched, boolean atOnce) {
        Requests request = Requests.get(PORTFOLIO, "/signout").fetch(site, mode, destination);
        Reply reply = facade.answer(browser, prefetched ? request.prefetched() : request);

        if (atOnce) {
            assertThat(reply).isInstanceOf(Reply.Redirect.class);
            assertThat(facade.session(browser, PORTFOLIO)).isEqualTo("null");
        } else {
            assertThat(((Reply.Html) reply).status()).isEqualTo(200);
            assertThat(((Reply.Html) reply).page()).isInstanceOf(Page.SignOut.class);
            assertThat(facade.keeper().endings()).isEmpty();
            assertThat(facade.session(browser, PORTFOLIO)).contains("Ada");
        }
    }

    /** The confirmation page is answered with a token that works. */
    @Test
    void acts_after_the_confirmation() {
        Reply.Html page = (Reply.Html) facade.answer(
                browser,
                Requests.get(PORTFOLIO, "/signout")
                        .query("callbackUrl=/bye%3Cscript%3E")
                        .fetch("cross-site", "navigate", "document"));
        Page.SignOut form = (Page.SignOut) page.page();
        assertThat(form.callbackUrl()).hasValue("/bye<script>");

        Reply reply = facade.answer(
                browser,
                Requests.post(PORTFOLIO, "/signout").form("csrfToken=" + form.csrfToken() + "&callbackUrl=/bye"));
        assertThat(((Reply.Redirect) reply).location()).isEqualTo("http://localhost:3000/bye");
        assertThat(facade.session(browser, PORTFOLIO)).isEqualTo("null");
    }

    private Reply signOut(Browser with, String query) {
        return facade.answer(with, Requests.get(PORTFOLIO, "/signout").query(query));
    }
}
