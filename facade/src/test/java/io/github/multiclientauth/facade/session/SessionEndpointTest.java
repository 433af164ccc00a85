package io.github.multiclientauth.facade.session;

import static io.github.multiclientauth.facade.fake.Applications.DASHBOARD;
import static io.github.multiclientauth.facade.fake.Applications.PORTFOLIO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.event.SessionEvent;
import io.github.multiclientauth.facade.fake.Applications;
import io.github.multiclientauth.facade.fake.Browser;
import io.github.multiclientauth.facade.fake.Facade;
import io.github.multiclientauth.facade.fake.FakeAuthorizationServer;
import io.github.multiclientauth.facade.fake.HostileInput;
import io.github.multiclientauth.facade.fake.Requests;
import io.github.multiclientauth.facade.oidc.Identity;
import io.github.multiclientauth.facade.oidc.SessionKeeper.Question;
import io.github.multiclientauth.facade.oidc.SessionKeeper.Verdict;
import io.github.multiclientauth.facade.wire.Reply;
import io.github.multiclientauth.facade.wire.SetCookie;
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
        assertThat(facade.keeper().questions()).isEmpty();
    }

    /** Loaders of frameworks, with what their {@code fetch} adds or leaves out, and with the address of their page. */
    @Test
    void answers_a_server_like_the_browser() {
        for (Requests request : List.of(
                get().fetch(null, null, null),
                get().fetch(null, "cors", null),
                get().fetch("same-origin", "cors", "empty"),
                get().origin(PORTFOLIO.origin().toString()),
                get().query("callbackUrl=http%3A%2F%2Flocalhost%3A3000%2Farticles%3Fpage%3D2"),
                get().query("callbackUrl=http://elsewhere.example/"),
                get().query("callbackUrl=http://localhost:3000/?" + "a".repeat(5000)))) {
            assertThat(body(facade.answer(request.from(browser))))
                    .as(request.query())
                    .startsWith(ADA);
        }
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
        assertThat(browser.names()).doesNotContain("authjs.session-token");
    }

    @Test
    void asks_keycloak_when_the_session_is_due_and_takes_over_changed_claims() {
        Instant confirmedAt = facade.clock().instant();
        facade.keeper()
                .keep(new Identity(
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
        assertThat(facade.keeper().questions())
                .containsExactly(new Question(new ClientId("portfolio"), "sid-1", confirmedAt, true));

        // And the next time with the time of this answer.
        confirmedAt = facade.clock().instant();
        facade.clock().advance(Facade.REVALIDATE_AFTER);
        facade.session(browser, PORTFOLIO);
        assertThat(facade.keeper().questions().get(1).confirmedAt()).isEqualTo(confirmedAt);
    }

    @Test
    void does_not_ask_again_right_after_it_has_asked() {
        facade.clock().advance(Facade.REVALIDATE_AFTER);
        facade.session(browser, PORTFOLIO);
        facade.clock().advance(Facade.REVALIDATE_AFTER.minusSeconds(1));
        facade.session(browser, PORTFOLIO);

        assertThat(facade.keeper().questions()).hasSize(1);
    }

    @Test
    void asks_once_for_100_requests_of_a_page_and_signs_nobody_out() {
        facade.clock().advance(Facade.REVALIDATE_AFTER);
        List<CompletableFuture<Reply>> replies = IntStream.range(0, 100)
                .mapToObj(i -> facade.begin(get().from(browser)))
                .toList();
        facade.run();

        assertThat(replies).allSatisfy(reply -> assertThat(body(reply.join())).startsWith(ADA));
        assertThat(facade.keeper().questions()).hasSize(1);
    }

    @Test
    void ends_with_the_session_of_keycloak() {
        facade.keeper().onAsk(question -> new Verdict.Ended("User disabled"));
        facade.clock().advance(Facade.REVALIDATE_AFTER);

        assertThat(facade.session(browser, PORTFOLIO)).isEqualTo("null");
        assertThat(browser.names()).doesNotContain("authjs.session-token");
        assertThat(facade.events().of(SessionEvent.Ended.class))
                .extracting(SessionEvent.Ended::reason)
                .containsExactly("User disabled");
    }

    @Test
    void ends_without_asking_keycloak_when_its_time_is_over() {
        facade.clock().advance(Duration.ofMinutes(30).plusSeconds(15));

        assertThat(facade.session(browser, PORTFOLIO)).isEqualTo("null");
        assertThat(facade.keeper().questions()).isEmpty();
    }

    @Test
    void stays_signed_in_while_keycloak_is_briefly_unreachable() {
        facade.goAway();
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
        facade.goAway();
        facade.clock().advance(Facade.GRACE);

        assertThat(facade.answer(browser, get())).isEqualTo(new Reply.Json(503, "null"));
        assertThat(browser.names()).isEqualTo(before.names());

        facade.comeBack();
        assertThat(facade.session(browser, PORTFOLIO)).startsWith(ADA);
    }

    @HostileInput(row = 2, advisory = "GHSA-8fpg-xm3f-6cx3")
    @Test
    void never_answers_an_object_when_something_breaks() {
        facade.keeper().onAsk(question -> {
            throw new IllegalStateException("bug");
        });
        facade.clock().advance(Facade.REVALIDATE_AFTER);
        CompletableFuture<Reply> reply = facade.begin(get().from(browser));

        assertThatThrownBy(facade::run).hasMessage("bug");
        assertThat(reply).isCompletedExceptionally();
    }

    @Test
    void ends_if_keycloak_says_that_it_is_of_another_user() {
        facade.keeper()
                .onAsk(question -> facade.keeper()
                        .alive(new Identity(
                                "somebody else",
                                "sid-1",
                                Optional.empty(),
                                Optional.empty(),
                                false,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                "portfolio",
                                false)));
        facade.clock().advance(Facade.REVALIDATE_AFTER);

        assertThat(facade.session(browser, PORTFOLIO)).isEqualTo("null");
        assertThat(browser.names()).doesNotContain("authjs.session-token");
        assertThat(facade.events().of(SessionEvent.Mismatch.class)).hasSize(1);
    }

    /** A server that renders a page, for example. It cannot pass on the new cookie either. */
    @Test
    void one_that_goes_on_sending_the_old_cookie_gets_the_same_answers() {
        Browser server = browser.copy();
        for (int minute = 0; minute < 20; minute++) {
            facade.clock().advance(Duration.ofMinutes(1));
            assertThat(body(facade.answer(get().from(server)))).startsWith(ADA);
        }
        assertThat(facade.keeper().questions()).hasSize(4);

        facade.keeper().end("sid-1");
        facade.clock().advance(Facade.REVALIDATE_AFTER);
        assertThat(body(facade.answer(get().from(server)))).isEqualTo("null");
    }

    @Test
    void one_that_goes_on_sending_the_old_cookie_has_the_same_grace() {
        facade.poll();
        facade.clock().advance(Duration.ofMinutes(1));
        facade.changes().restart();
        facade.poll();
        facade.clock().advance(Duration.ofSeconds(1));
        Browser server = browser.copy();
        assertThat(body(facade.answer(get().from(server)))).startsWith(ADA);
        facade.goAway();
        facade.clock().advance(Facade.REVALIDATE_AFTER);

        assertThat(body(facade.answer(get().from(server)))).startsWith(ADA);
        facade.clock().advance(Facade.GRACE);
        assertThat(facade.answer(get().from(server))).isEqualTo(new Reply.Json(503, "null"));
    }

    /** A replica of the version before may have written it, and reads it. */
    @Test
    void leaves_the_refresh_token_of_an_older_release_alone() {
        browser.put("authjs.refresh-token", "sealed by the version before", "/api/auth");
        facade.clock().advance(Facade.REVALIDATE_AFTER);
        Reply reply = facade.answer(browser, get());

        assertThat(body(reply)).startsWith(ADA);
        assertThat(reply.cookies()).extracting(SetCookie::name).doesNotContain("authjs.refresh-token");
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
        facade.clock().advance(Facade.REVALIDATE_AFTER);
        facade.session(browser, PORTFOLIO);
        Browser second = browser.copy();

        facade.answer(browser, Requests.get(PORTFOLIO, "/signout"));

        assertThat(facade.session(browser, PORTFOLIO)).isEqualTo("null");
        assertThat(facade.session(first, PORTFOLIO)).isEqualTo("null");
        assertThat(facade.session(second, PORTFOLIO)).isEqualTo("null");
        assertThat(facade.keeper().questions()).as("without asking Keycloak").hasSize(1);
    }

    @Test
    void answers_null_if_the_session_was_signed_out_while_keycloak_was_asked() {
        facade.clock().advance(Facade.REVALIDATE_AFTER);
        Browser thief = browser.copy();
        CompletableFuture<Reply> running = facade.begin(get().from(thief));
        facade.keeper().onAsk(question -> {
            facade.answer(Requests.get(PORTFOLIO, "/signout").from(browser));
            return facade.keeper().alive(identity());
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

        assertThat(facade.session(signedOut, PORTFOLIO)).isEqualTo("null");
        assertThat(facade.keeper().questions()).hasSize(1);
    }

    /** Whether it was signed out is not known: there is no grace. */
    @Test
    void answers_503_after_a_restart_while_keycloak_is_unreachable() {
        facade.restart();
        facade.goAway();

        assertThat(facade.answer(browser, get())).isEqualTo(new Reply.Json(503, "null"));
    }

    @Test
    void an_update_asks_keycloak_at_once() {
        facade.keeper()
                .keep(new Identity(
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
        assertThat(facade.keeper().questions()).hasSize(1);

        update();
        assertThat(facade.keeper().questions()).hasSize(2);
    }

    @Test
    void an_update_without_a_session_is_null() {
        Browser stranger = new Browser();
        String token = facade.csrfToken(stranger, PORTFOLIO);

        assertThat(body(facade.answer(
                        stranger, Requests.post(PORTFOLIO, "/session").form("csrfToken=" + token))))
                .isEqualTo("null");
    }

    /** The page has sent them before it got the cookie of the first. */
    @Test
    void a_hundred_updates_with_one_cookie_ask_once() {
        facade.clock().advance(Duration.ofMinutes(1));
        String token = facade.csrfToken(browser, PORTFOLIO);
        Requests request =
                Requests.post(PORTFOLIO, "/session").form("csrfToken=" + token).from(browser);
        for (int i = 0; i < 100; i++) {
            assertThat(body(facade.answer(request))).startsWith(ADA);
        }

        assertThat(facade.keeper().questions()).hasSize(1);
    }

    /** An application's server that cannot pass on the cookie. */
    @Test
    void an_update_with_the_old_cookie_asks_again_after_a_moment() {
        facade.clock().advance(Duration.ofMinutes(1));
        String token = facade.csrfToken(browser, PORTFOLIO);
        Requests request =
                Requests.post(PORTFOLIO, "/session").form("csrfToken=" + token).from(browser);
        facade.answer(request);
        facade.clock().advance(Duration.ofSeconds(3));
        facade.answer(request);

        assertThat(facade.keeper().questions()).hasSize(2);
    }

    @Test
    void lasts_no_longer_than_the_longest_age_if_keycloaks_has_no_end() {
        Instant now = facade.clock().instant();
        facade.keeper().last(Optional.empty());
        Browser offline = facade.signedIn(PORTFOLIO, "offline-sid");

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
