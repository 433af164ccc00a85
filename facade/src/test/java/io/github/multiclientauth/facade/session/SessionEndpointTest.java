package io.github.multiclientauth.facade.session;

import static io.github.multiclientauth.facade.fake.Applications.DASHBOARD;
import static io.github.multiclientauth.facade.fake.Applications.PORTFOLIO;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.facade.event.SessionEvent;
import io.github.multiclientauth.facade.fake.Applications;
import io.github.multiclientauth.facade.fake.Browser;
import io.github.multiclientauth.facade.fake.Facade;
import io.github.multiclientauth.facade.fake.FakeAuthorizationServer;
import io.github.multiclientauth.facade.fake.HostileInput;
import io.github.multiclientauth.facade.fake.Requests;
import io.github.multiclientauth.facade.oidc.AuthorizationServer.Redemption;
import io.github.multiclientauth.facade.oidc.AuthorizationServer.Refreshment;
import io.github.multiclientauth.facade.oidc.AuthorizationServer.Tokens;
import io.github.multiclientauth.facade.oidc.Identity;
import io.github.multiclientauth.facade.seal.Secret;
import io.github.multiclientauth.facade.wire.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionEndpointTest {

    private static final String ADA = "{\"user\":{\"id\":\"7f3c9a52-0f1e-4b6e-9a55-2b8b2d1c4e10\","
            + "\"name\":\"Ada Lovelace\",\"email\":\"ada@example.com\",\"image\":\"https://img.example/ada.png\","
            + "\"provider\":\"github\",\"clientOrigin\":\"http://localhost:3000\",\"clientId\":\"portfolio\",\"emailVerified\":true},"
            + "\"expires\":\"";

    private final Facade facade = new Facade();
    private final Browser browser = facade.signedIn(PORTFOLIO, "sid-1");

    @Test
    void says_who_is_signed_in() {
        assertThat(facade.session(browser, PORTFOLIO)).isEqualTo(ADA + "2026-11-23T20:48:55.564Z\"}");
    }

    @Test
    void answers_from_the_cookie_alone_until_the_session_is_due() {
        facade.clock().advance(Facade.REVALIDATE_AFTER.minusSeconds(1));
        CompletableFuture<Reply> reply = facade.begin(get().from(browser));

        assertThat(reply).isCompleted();
        assertThat(reply.join().cookies()).isEmpty();
        assertThat(body(reply.join())).startsWith(ADA);
        assertThat(facade.keycloak().refreshes()).isEmpty();
    }

    @Test
    void answers_null_without_a_session_and_clears_nothing() {
        Reply reply = facade.answer(get());

        assertThat(reply).isInstanceOf(Reply.Json.class);
        assertThat(((Reply.Json) reply).status()).isEqualTo(200);
        assertThat(body(reply)).isEqualTo("null");
        assertThat(reply.cookies())
                .allSatisfy(cookie -> assertThat(cookie.maxAge()).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "%", "a.b.c.d.e", "eyJhbGciOiJub25lIn0.e30."})
    void answers_null_to_a_broken_cookie_and_clears_it(String broken) {
        browser.put("authjs.session-token", broken, "/");

        assertThat(facade.session(browser, PORTFOLIO)).isEqualTo("null");
        assertThat(browser.names()).doesNotContain("authjs.session-token", "authjs.refresh-token");
    }

    @Test
    void asks_keycloak_when_the_session_is_due_and_takes_over_changed_claims() {
        refreshed(new Identity(
                identity().subject(),
                "sid-1",
                Optional.of("Ada King"),
                Optional.empty(),
                false,
                identity().picture(),
                Optional.of("google"),
                Optional.of("http://localhost:9999"),
                "portfolio",
                false));
        facade.clock().advance(Facade.REVALIDATE_AFTER);

        // Where and how somebody signed in stays as it was.
        assertThat(facade.session(browser, PORTFOLIO))
                .isEqualTo(ADA.replace("Lovelace", "King")
                                .replace("\"email\":\"ada@example.com\",", "")
                                .replace("\"emailVerified\":true", "\"emailVerified\":false")
                        + "2026-11-23T20:53:55.564Z\"}");
        assertThat(facade.keycloak().refreshes())
                .containsExactly(new FakeAuthorizationServer.Call<>("portfolio", new Secret("refresh token of sid-1")));

        // And the next time with the new token.
        facade.clock().advance(Facade.REVALIDATE_AFTER);
        facade.session(browser, PORTFOLIO);
        assertThat(facade.keycloak().refreshes().get(1).asked()).isEqualTo(new Secret("new refresh token"));
    }

    @Test
    void does_not_ask_again_right_after_it_has_asked() {
        refreshed(identity());
        facade.clock().advance(Facade.REVALIDATE_AFTER);
        facade.session(browser, PORTFOLIO);
        facade.clock().advance(Facade.REVALIDATE_AFTER.minusSeconds(1));
        facade.session(browser, PORTFOLIO);

        assertThat(facade.keycloak().refreshes()).hasSize(1);
    }

    @Test
    void asks_once_for_100_requests_of_a_page_and_signs_nobody_out() {
        refreshed(identity());
        facade.clock().advance(Facade.REVALIDATE_AFTER);
        List<CompletableFuture<Reply>> replies = IntStream.range(0, 100)
                .mapToObj(i -> facade.begin(get().from(browser)))
                .toList();
        facade.run();

        assertThat(replies).allSatisfy(reply -> assertThat(body(reply.join())).startsWith(ADA));
        assertThat(facade.keycloak().refreshes()).hasSize(1);
    }

    @Test
    void ends_with_the_session_of_keycloak() {
        facade.keycloak().onRefresh(() -> new Refreshment.SessionEnded("invalid_grant"));
        facade.clock().advance(Facade.REVALIDATE_AFTER);

        assertThat(facade.session(browser, PORTFOLIO)).isEqualTo("null");
        assertThat(browser.names()).doesNotContain("authjs.session-token", "authjs.refresh-token");
        assertThat(facade.events().of(SessionEvent.Ended.class))
                .extracting(SessionEvent.Ended::reason)
                .containsExactly("invalid_grant");
    }

    @Test
    void ends_without_asking_keycloak_when_the_refresh_token_has_expired() {
        facade.clock().advance(Duration.ofMinutes(30).plusSeconds(15));

        assertThat(facade.session(browser, PORTFOLIO)).isEqualTo("null");
        assertThat(facade.keycloak().refreshes()).isEmpty();
    }

    @Test
    void stays_signed_in_while_keycloak_is_briefly_unreachable() {
        facade.keycloak().goAway();
        facade.clock().advance(Facade.GRACE.minusSeconds(1));
        Reply reply = facade.answer(browser, get());

        assertThat(reply).isInstanceOf(Reply.Json.class);
        assertThat(body(reply)).startsWith(ADA);
        assertThat(reply.cookies()).isEmpty();
        assertThat(facade.events().of(SessionEvent.Unconfirmed.class))
                .extracting(SessionEvent.Unconfirmed::reason)
                .containsExactly("away");
    }

    /** Not signed out, and never an object that a client could take for a session. */
    @Test
    void answers_503_and_null_when_keycloak_stays_unreachable() {
        Browser before = browser.copy();
        facade.keycloak().goAway();
        facade.clock().advance(Facade.GRACE);

        assertThat(facade.answer(browser, get())).isEqualTo(new Reply.Json(503, "null"));
        assertThat(browser.names()).isEqualTo(before.names());

        refreshed(identity());
        assertThat(facade.session(browser, PORTFOLIO)).startsWith(ADA);
    }

    @HostileInput(row = 2, advisory = "GHSA-8fpg-xm3f-6cx3")
    @Test
    void never_answers_an_object_when_something_breaks() {
        facade.keycloak().onRefresh(() -> {
            throw new IllegalStateException("bug");
        });
        facade.clock().advance(Facade.REVALIDATE_AFTER);
        CompletableFuture<Reply> reply = facade.begin(get().from(browser));
        facade.run();

        assertThat(reply).isCompletedExceptionally();
    }

    @Test
    void refuses_tokens_of_another_session_or_person() {
        for (Identity foreign : List.of(
                FakeAuthorizationServer.identity(PORTFOLIO, "sid-2"),
                new Identity(
                        "somebody else",
                        "sid-1",
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        "portfolio",
                        false))) {
            Facade other = new Facade();
            Browser victim = other.signedIn(PORTFOLIO, "sid-1");
            other.keycloak()
                    .onRefresh(() -> new Refreshment.Refreshed(FakeAuthorizationServer.tokens(
                            foreign, "stolen", other.clock().instant())));
            other.clock().advance(Facade.REVALIDATE_AFTER);

            assertThat(other.session(victim, PORTFOLIO)).isEqualTo("null");
            assertThat(victim.names()).doesNotContain("authjs.session-token");
            assertThat(other.events().of(SessionEvent.Mismatch.class)).hasSize(1);
        }
    }

    @Test
    void answers_null_to_a_due_session_without_its_refresh_token() {
        browser.remove("authjs.refresh-token");
        assertThat(facade.session(browser, PORTFOLIO)).startsWith(ADA);

        facade.clock().advance(Facade.REVALIDATE_AFTER);
        assertThat(facade.session(browser, PORTFOLIO)).isEqualTo("null");
        assertThat(browser.names()).contains("authjs.session-token");
        assertThat(facade.keycloak().refreshes()).isEmpty();
    }

    @Test
    void uses_no_refresh_token_of_another_session() {
        Browser other = facade.signedIn(PORTFOLIO, "sid-2");
        browser.put("authjs.refresh-token", other.value("authjs.refresh-token").orElseThrow(), "/api/auth");
        facade.clock().advance(Facade.REVALIDATE_AFTER);

        assertThat(facade.session(browser, PORTFOLIO)).isEqualTo("null");
        assertThat(facade.keycloak().refreshes()).isEmpty();
    }

    @HostileInput(row = 30, advisory = "a shared AUTH_SECRET")
    @Test
    void ignores_the_session_of_another_application() {
        Browser dashboard = facade.signedIn(DASHBOARD, "sid-1");
        Browser mixed = new Browser();
        mixed.put(
                "authjs.session-token", dashboard.value("authjs.session-token").orElseThrow(), "/");

        assertThat(facade.session(mixed, PORTFOLIO)).isEqualTo("null");
    }

    @HostileInput(row = 27, advisory = "observed on Auth.js")
    @Test
    void every_copy_is_worthless_after_sign_out_also_one_from_before_a_refresh() {
        Browser first = browser.copy();
        refreshed(identity());
        facade.clock().advance(Facade.REVALIDATE_AFTER);
        facade.session(browser, PORTFOLIO);
        Browser second = browser.copy();

        facade.answer(browser, Requests.get(PORTFOLIO, "/signout"));

        assertThat(facade.session(browser, PORTFOLIO)).isEqualTo("null");
        assertThat(facade.session(first, PORTFOLIO)).isEqualTo("null");
        assertThat(facade.session(second, PORTFOLIO)).isEqualTo("null");
        assertThat(facade.keycloak().refreshes()).as("without asking Keycloak").hasSize(1);
    }

    @Test
    void answers_null_if_the_session_was_signed_out_while_keycloak_was_asked() {
        facade.clock().advance(Facade.REVALIDATE_AFTER);
        Browser thief = browser.copy();
        CompletableFuture<Reply> running = facade.begin(get().from(thief));
        Instant now = facade.clock().instant();
        facade.keycloak().onRefresh(() -> {
            facade.answer(Requests.get(PORTFOLIO, "/signout").from(browser));
            return new Refreshment.Refreshed(FakeAuthorizationServer.tokens(identity(), "new refresh token", now));
        });
        facade.run();

        assertThat(body(running.join())).isEqualTo("null");
        assertThat(running.join().cookies())
                .allSatisfy(cookie -> assertThat(cookie.value()).isEmpty());
    }

    @Test
    void asks_keycloak_first_after_a_restart() {
        Browser signedOut = browser.copy();
        facade.answer(browser, Requests.get(PORTFOLIO, "/signout"));
        facade.restart();
        facade.keycloak().onRefresh(() -> new Refreshment.SessionEnded("invalid_grant"));

        assertThat(facade.session(signedOut, PORTFOLIO)).isEqualTo("null");
        assertThat(facade.keycloak().refreshes()).hasSize(1);
    }

    /** Whether it was signed out is not known: there is no grace. */
    @Test
    void answers_503_after_a_restart_while_keycloak_is_unreachable() {
        facade.restart();
        facade.keycloak().goAway();

        assertThat(facade.answer(browser, get())).isEqualTo(new Reply.Json(503, "null"));
    }

    @Test
    void an_update_asks_keycloak_at_once() {
        refreshed(new Identity(
                identity().subject(),
                "sid-1",
                Optional.of("Ada King"),
                identity().email(),
                identity().emailVerified(),
                identity().picture(),
                identity().provider(),
                identity().clientOrigin(),
                "portfolio",
                false));
        Reply reply = update();

        assertThat(((Reply.Json) reply).status()).isEqualTo(200);
        assertThat(body(reply)).startsWith(ADA.replace("Lovelace", "King"));
        assertThat(facade.keycloak().refreshes()).hasSize(1);

        update();
        assertThat(facade.keycloak().refreshes()).hasSize(2);
    }

    @Test
    void an_update_without_a_session_is_null() {
        Browser stranger = new Browser();
        String token = facade.csrfToken(stranger, PORTFOLIO);

        assertThat(body(facade.answer(
                        stranger, Requests.post(PORTFOLIO, "/session").form("csrfToken=" + token))))
                .isEqualTo("null");
    }

    /** The page has sent both before it got the cookies of the first: a single-use token would be used twice. */
    @Test
    void two_updates_with_one_refresh_token_use_it_once() {
        refreshed(identity());
        String token = facade.csrfToken(browser, PORTFOLIO);
        Requests request =
                Requests.post(PORTFOLIO, "/session").form("csrfToken=" + token).from(browser);
        facade.answer(request);
        Reply second = facade.answer(request);

        assertThat(body(second)).startsWith(ADA);
        assertThat(facade.keycloak().refreshes()).hasSize(1);
    }

    @Test
    void lasts_no_longer_than_the_longest_age_for_tokens_without_end() {
        Instant now = facade.clock().instant();
        Browser offline = new Browser();
        String state = facade.beginSignIn(offline, PORTFOLIO, "github");
        facade.keycloak()
                .onRedeem(() ->
                        new Redemption.Redeemed(new Tokens(identity(), new Secret("offline token"), Instant.MAX)));
        facade.answer(offline, Requests.get(PORTFOLIO, "/callback/github").query("code=c&state=" + state));

        assertThat(facade.session(offline, PORTFOLIO)).endsWith("\"expires\":\"" + now.plus(Facade.MAX_AGE) + "\"}");
    }

    @Test
    void keeps_the_sessions_of_two_applications_on_one_host_apart() {
        var app = Applications.onSharedHost(Applications.at("app", "http://localhost:3000", "github"));
        var app2 = Applications.onSharedHost(Applications.at("app2", "http://localhost:4000", "github"));
        Browser both = facade.signedIn(app, "sid-1");
        facade.signIn(both, app2, "sid-1");

        assertThat(facade.session(both, app)).contains("\"clientId\":\"app\"");
        assertThat(facade.session(both, app2)).contains("\"clientId\":\"app2\"");
    }

    private Reply update() {
        String token = facade.csrfToken(browser, PORTFOLIO);
        return facade.answer(browser, Requests.post(PORTFOLIO, "/session").form("csrfToken=" + token));
    }

    private void refreshed(Identity identity) {
        int[] count = {0};
        facade.keycloak()
                .onRefresh(() -> new Refreshment.Refreshed(FakeAuthorizationServer.tokens(
                        identity,
                        count[0]++ == 0 ? "new refresh token" : "new refresh token " + count[0],
                        facade.clock().instant())));
    }

    private static Identity identity() {
        return FakeAuthorizationServer.identity(PORTFOLIO, "sid-1");
    }

    private static Requests get() {
        return Requests.get(PORTFOLIO, "/session");
    }

    private static String body(Reply reply) {
        return ((Reply.Json) reply).body();
    }
}
