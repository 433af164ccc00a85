package io.github.multiclientauth.facade.session;

import static io.github.multiclientauth.facade.fake.Applications.DASHBOARD;
import static io.github.multiclientauth.facade.fake.Applications.PORTFOLIO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.multiclientauth.facade.client.Recognition.Recognized;
import io.github.multiclientauth.facade.event.TokenEvent;
import io.github.multiclientauth.facade.fake.Facade;
import io.github.multiclientauth.facade.fake.FakeAccessTokens;
import io.github.multiclientauth.facade.fake.FakeAuthorizationServer;
import io.github.multiclientauth.facade.fake.Requests;
import io.github.multiclientauth.facade.oidc.AccessTokenSource.Answer;
import io.github.multiclientauth.facade.oidc.AccessTokenSource.Question;
import io.github.multiclientauth.facade.oidc.ChangesSource.Change;
import io.github.multiclientauth.facade.oidc.Identity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The access tokens of sessions: when one is used again, and when Keycloak is asked. */
class AccessTokensTest {

    private static final Optional<String> UNBOUND = Optional.empty();

    private final Facade facade = new Facade();
    private Session session;

    @BeforeEach
    void begin_a_session() {
        facade.poll();
        facade.clock().advance(Duration.ofSeconds(10));
        session = begin(PORTFOLIO, "sid");
    }

    private Session begin(Recognized at, String sid) {
        Identity identity = FakeAuthorizationServer.identity(at, sid);
        facade.keeper().keep(identity);
        return confirmed(identity, now());
    }

    private Session confirmed(Identity identity, Instant at) {
        return new Session(identity, at, at, at.plus(Duration.ofMinutes(30)));
    }

    private Instant now() {
        return facade.clock().instant();
    }

    private CompletableFuture<AccessToken> begin(Session of, Optional<String> jkt) {
        Recognized at = of.identity().clientId().equals("portfolio") ? PORTFOLIO : DASHBOARD;
        return facade.tokens().of(Requests.get(at, "/token").build(), of, jkt).toCompletableFuture();
    }

    private AccessToken answer(Session of, Optional<String> jkt) {
        CompletableFuture<AccessToken> token = begin(of, jkt);
        facade.run();
        return token.join();
    }

    private String value() {
        return value(session, UNBOUND);
    }

    private String value(Session of, Optional<String> jkt) {
        return answer(of, jkt).match(AccessToken.Issued::value, refused -> "refused", ended -> "ended", away -> "away");
    }

    private void change(Change change) {
        facade.changes().add(change);
        facade.poll();
    }

    @Test
    void a_token_is_used_until_shortly_before_its_end() {
        String first = value();
        facade.clock().advance(FakeAccessTokens.LIFE.minusSeconds(31));
        assertThat(value()).isEqualTo(first);

        facade.clock().advance(Duration.ofSeconds(2));
        assertThat(value()).isNotEqualTo(first);
        assertThat(facade.accessTokens().questions()).hasSize(2);
    }

    @Test
    void a_token_that_lives_shortly_is_used_for_most_of_its_life() {
        facade.accessTokens().onAsk(question -> issued("short", Duration.ofSeconds(8), question));
        value();
        facade.clock().advance(Duration.ofSeconds(5));
        value();
        assertThat(facade.accessTokens().questions()).hasSize(1);

        facade.clock().advance(Duration.ofSeconds(2));
        value();
        assertThat(facade.accessTokens().questions()).hasSize(2);
    }

    private Answer issued(String value, Duration life, Question question) {
        return new Answer.Issued(
                value, "Bearer", now(), life, "", session.identity().subject());
    }

    @Test
    void says_until_when_the_token_can_be_used() {
        assertThat(answer(session, UNBOUND))
                .isEqualTo(new AccessToken.Issued(
                        "token-1", "Bearer", now().plus(FakeAccessTokens.LIFE), "email profile"));
    }

    @Test
    void requests_at_the_same_time_are_one_question() {
        List<CompletableFuture<AccessToken>> all = IntStream.range(0, 100)
                .mapToObj(each -> begin(session, UNBOUND))
                .toList();
        facade.run();

        assertThat(all.stream().map(CompletableFuture::join).collect(Collectors.toSet()))
                .hasSize(1);
        assertThat(facade.accessTokens().questions()).hasSize(1);
        assertThat(facade.events().of(TokenEvent.Issued.class)).hasSize(1);
        assertThat(facade.events().of(TokenEvent.Cached.class)).hasSize(99);
    }

    @Test
    void requests_of_many_threads_are_one_question() throws Exception {
        facade.runAtOnce();
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<CompletableFuture<AccessToken>> all = IntStream.range(0, 1000)
                    .mapToObj(each -> CompletableFuture.supplyAsync(
                            () -> begin(session, UNBOUND).join(), threads))
                    .toList();
            Set<AccessToken> tokens = all.stream().map(CompletableFuture::join).collect(Collectors.toSet());

            assertThat(tokens).hasSize(1);
            assertThat(facade.accessTokens().questions()).hasSize(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void sessions_clients_and_keys_have_tokens_of_their_own() {
        Session another = begin(PORTFOLIO, "another");
        Session elsewhere = begin(DASHBOARD, "sid");

        assertThat(Set.of(
                        value(session, UNBOUND),
                        value(session, Optional.of("key")),
                        value(session, Optional.of("another key")),
                        value(another, UNBOUND),
                        value(elsewhere, UNBOUND)))
                .hasSize(5);
        assertThat(facade.accessTokens().questions())
                .extracting(Question::jkt)
                .containsExactly(UNBOUND, Optional.of("key"), Optional.of("another key"), UNBOUND, UNBOUND);
    }

    @Test
    void a_token_from_before_a_change_of_the_user_is_not_used() {
        String first = value();
        facade.clock().advance(Duration.ofSeconds(10));
        change(new Change.UserChanged(now(), session.identity().subject(), Optional.empty()));
        facade.clock().advance(Duration.ofSeconds(1));

        assertThat(value()).isNotEqualTo(first);
    }

    @Test
    void a_token_from_before_a_change_of_the_client_is_not_used() {
        value();
        facade.clock().advance(Duration.ofSeconds(10));
        change(new Change.ClientChanged(now(), PORTFOLIO.application().clientId()));
        facade.clock().advance(Duration.ofSeconds(1));
        facade.accessTokens().onAsk(question -> new Answer.Refused("API access is off"));

        assertThat(value()).isEqualTo("refused");
    }

    @Test
    void a_change_of_somebody_else_does_not_matter() {
        String first = value();
        change(new Change.UserChanged(now(), "somebody else", Optional.empty()));
        change(new Change.ClientChanged(now(), DASHBOARD.application().clientId()));

        assertThat(value()).isEqualTo(first);
    }

    /** The change is known before the answer is there, and the answer may be from before it. */
    @Test
    void a_token_that_was_asked_for_before_a_change_is_not_used() {
        CompletableFuture<AccessToken> early = begin(session, UNBOUND);
        CompletableFuture<AccessToken> sharing = begin(session, UNBOUND);
        facade.accessTokens().onAsk(question -> {
            Answer before = issued("from before", Duration.ofMinutes(5), question);
            facade.clock().advance(Duration.ofMillis(10));
            change(new Change.UserChanged(now(), session.identity().subject(), Optional.empty()));
            facade.clock().advance(Duration.ofMillis(10));
            facade.accessTokens().onAsk(next -> new Answer.Ended("User disabled"));
            return before;
        });
        facade.run();

        assertThat(List.of(early.join(), sharing.join())).containsOnly(new AccessToken.Ended("User disabled"));
        assertThat(facade.accessTokens().questions()).hasSize(2);
    }

    @Test
    void a_session_that_was_signed_out_gets_no_token() {
        value();
        change(new Change.SessionEnded(now(), "sid"));
        facade.keeper().end("sid");

        assertThat(value()).isEqualTo("ended");
    }

    @Test
    void a_token_of_an_ended_session_is_forgotten() {
        value();
        facade.clock().advance(FakeAccessTokens.LIFE);
        facade.keeper().end("sid");
        assertThat(value()).isEqualTo("ended");
        facade.accessTokens().onAsk(question -> new Answer.Unknown("away"));

        assertThat(value()).isEqualTo("away");
    }

    @Test
    void while_keycloak_is_away_its_last_token_is_used_to_the_end() {
        String first = value();
        facade.goAway();
        assertThat(value()).isEqualTo(first);

        facade.clock().advance(FakeAccessTokens.LIFE);
        assertThat(value()).isEqualTo("away");
        assertThat(facade.events().of(TokenEvent.Unavailable.class))
                .extracting(TokenEvent.Unavailable::reason)
                .containsExactly("away");

        facade.comeBack();
        assertThat(value()).isNotEqualTo(first).startsWith("token-");
    }

    @Test
    void a_refusal_holds_until_something_changes() {
        facade.accessTokens().onAsk(question -> new Answer.Refused("no audience"));
        assertThat(List.of(answer(session, UNBOUND), answer(session, UNBOUND)))
                .containsOnly(new AccessToken.Refused("no audience"));
        assertThat(facade.accessTokens().questions()).hasSize(1);
        assertThat(facade.events().of(TokenEvent.Refused.class))
                .extracting(TokenEvent.Refused::actor, TokenEvent.Refused::reason)
                .containsOnly(tuple(session.identity().actor(), "no audience"))
                .hasSize(2);

        facade.accessTokens().answerAsUsual();
        facade.clock().advance(Duration.ofSeconds(10));
        change(new Change.ClientChanged(now(), PORTFOLIO.application().clientId()));
        facade.clock().advance(Duration.ofSeconds(1));
        assertThat(value()).startsWith("token-");
    }

    @Test
    void a_refusal_holds_for_a_minute_at_most() {
        facade.accessTokens().onAsk(question -> new Answer.Refused("no audience"));
        value();
        facade.accessTokens().answerAsUsual();
        facade.clock().advance(Duration.ofSeconds(59));
        assertThat(value()).isEqualTo("refused");

        facade.clock().advance(Duration.ofSeconds(1));
        assertThat(value()).startsWith("token-");
    }

    /** With a higher level, or after a sign-out: Keycloak may give the browser the id of its former session again. */
    @Test
    void another_sign_in_gets_a_token_of_its_own() {
        String first = value();
        Instant later = now().plusSeconds(20);
        facade.clock().advance(Duration.ofSeconds(20));
        Session again = new Session(session.identity(), later, later, later.plus(Duration.ofMinutes(30)));

        assertThat(value(again, UNBOUND)).isNotEqualTo(first);
    }

    /** An application's server can make a cookie with any time. */
    @Test
    void a_sign_in_that_was_made_up_gets_no_token_of_a_session_that_has_ended() {
        value();
        change(new Change.SessionEnded(now(), "sid"));
        facade.keeper().end("sid");
        facade.clock().advance(Duration.ofSeconds(1));

        assertThat(value(confirmed(session.identity(), now()), UNBOUND)).isEqualTo("ended");
    }

    /** The session is confirmed after the change, while the token is from before it. */
    @Test
    void a_token_is_not_used_for_longer_than_changes_are_remembered() {
        facade.accessTokens().onAsk(question -> issued("from before", Duration.ofHours(1), question));
        value();
        facade.clock().advance(Duration.ofSeconds(10));
        change(new Change.UserChanged(now(), session.identity().subject(), Optional.empty()));
        facade.clock().advance(Duration.ofMinutes(20));
        facade.poll();
        facade.accessTokens().onAsk(question -> issued("from now", Duration.ofHours(1), question));
        Session confirmed =
                new Session(session.identity(), session.signedInAt(), now(), now().plus(Duration.ofMinutes(30)));

        assertThat(value(confirmed, UNBOUND)).isEqualTo("from now");
    }

    /** Keycloak may give a browser the id of its former session again. */
    @Test
    void a_token_of_another_user_is_never_given() {
        facade.accessTokens()
                .onAsk(question -> new Answer.Issued(
                        "of another user", "Bearer", now(), Duration.ofMinutes(5), "", "another user"));

        assertThat(value()).isEqualTo("ended");
    }

    /** An application's server can make cookies with any time. */
    @Test
    void a_cookie_that_says_it_was_confirmed_earlier_asks_for_itself() {
        value();
        Session older = confirmed(session.identity(), now().minusSeconds(60));
        value(older, UNBOUND);

        assertThat(facade.accessTokens().questions())
                .extracting(Question::confirmedAt)
                .containsExactly(session.checkedAt(), older.checkedAt());
    }

    @Test
    void one_application_cannot_fill_the_queue() {
        List<CompletableFuture<AccessToken>> made = IntStream.range(0, AccessTokens.MOST_RUNNING_OF_ONE_CLIENT + 1)
                .mapToObj(each -> begin(begin(PORTFOLIO, "made up " + each), UNBOUND))
                .toList();
        CompletableFuture<AccessToken> ofAnother = begin(begin(DASHBOARD, "sid"), UNBOUND);
        facade.run();

        assertThat(made.get(made.size() - 1).join()).isInstanceOf(AccessToken.Unavailable.class);
        assertThat(made.get(0).join()).isInstanceOf(AccessToken.Issued.class);
        assertThat(ofAnother.join()).isInstanceOf(AccessToken.Issued.class);
        assertThat(value()).as("later").startsWith("token-");
    }

    @Test
    void without_a_thread_nobody_waits() {
        facade.fillTheQueue();
        assertThat(value()).isEqualTo("away");
        facade.emptyTheQueues();
        assertThat(value()).startsWith("token-");
    }

    @Test
    void a_bug_is_no_token_and_keeps_nobody_waiting_later() {
        facade.accessTokens().onAsk(question -> {
            throw new IllegalStateException("a bug");
        });
        CompletableFuture<AccessToken> failed = begin(session, UNBOUND);
        try {
            facade.run();
        } catch (IllegalStateException bug) {
            assertThat(bug).hasMessage("a bug");
        }
        assertThat(failed).isCompletedExceptionally();

        facade.accessTokens().answerAsUsual();
        assertThat(value()).startsWith("token-");
    }

    @Test
    void messages_never_show_a_token() {
        assertThat(answer(session, UNBOUND)).asString().doesNotContain("token-1");
        assertThat(issued("secret", Duration.ofMinutes(1), null)).asString().doesNotContain("secret");
    }
}
