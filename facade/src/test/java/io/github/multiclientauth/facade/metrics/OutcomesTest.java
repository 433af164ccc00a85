package io.github.multiclientauth.facade.metrics;

import static io.github.multiclientauth.facade.fake.Applications.PORTFOLIO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.multiclientauth.facade.event.Actor;
import io.github.multiclientauth.facade.event.ReadOutcome;
import io.github.multiclientauth.facade.event.SessionEvent;
import io.github.multiclientauth.facade.event.SignInEvent;
import io.github.multiclientauth.facade.event.SignOutEvent;
import io.github.multiclientauth.facade.event.SignOutOutcome;
import io.github.multiclientauth.facade.fake.Browser;
import io.github.multiclientauth.facade.fake.Facade;
import io.github.multiclientauth.facade.fake.Requests;
import io.github.multiclientauth.facade.oidc.Identity;
import io.github.multiclientauth.facade.oidc.SessionKeeper.Ending;
import java.time.Duration;
import java.util.Optional;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/** The events that are counted and not logged. */
class OutcomesTest {

    private static final Identity OF_ANOTHER_USER = new Identity(
            "another user",
            "sid",
            Optional.empty(),
            Optional.empty(),
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            "portfolio",
            false);

    private final Facade facade = new Facade();

    private void assertReads(ReadOutcome... outcomes) {
        assertThat(facade.events().of(SessionEvent.Read.class))
                .extracting(SessionEvent.Read::outcome)
                .containsExactly(outcomes);
    }

    private void assertConfirmations(ReadOutcome... outcomes) {
        assertThat(facade.events().of(SessionEvent.Confirmed.class))
                .allMatch(event -> event.provider().equals("github"))
                .extracting(SessionEvent.Confirmed::outcome)
                .containsExactly(outcomes);
    }

    private void assertSignOuts(Tuple... providersAndOutcomes) {
        assertThat(facade.events().of(SignOutEvent.SignedOut.class))
                .extracting(event -> event.actor().map(Actor::provider), SignOutEvent.SignedOut::outcome)
                .containsExactly(providersAndOutcomes);
    }

    private Browser dueAfter(Duration time) {
        Browser browser = facade.signedIn(PORTFOLIO, "sid");
        facade.clock().advance(time);
        facade.events().clear();
        return browser;
    }

    private static Duration due() {
        return Facade.REVALIDATE_AFTER.plusSeconds(1);
    }

    @Test
    void a_sign_in_is_started_when_the_browser_leaves_for_keycloak() {
        facade.beginSignIn(new Browser(), PORTFOLIO, "github");
        assertThat(facade.events().of(SignInEvent.Started.class)).hasSize(1);

        facade.answer(Requests.get(PORTFOLIO, "/signin/nope"));
        assertThat(facade.events().of(SignInEvent.Started.class)).hasSize(1);
    }

    @Test
    void a_read_is_answered_from_the_cookie_or_finds_no_session() {
        Browser browser = dueAfter(Duration.ZERO);

        facade.session(browser, PORTFOLIO);
        facade.session(new Browser(), PORTFOLIO);

        assertReads(ReadOutcome.COOKIE, ReadOutcome.NOBODY);
    }

    @Test
    void a_session_that_is_due_is_confirmed() {
        Browser browser = dueAfter(due());

        facade.session(browser, PORTFOLIO);

        assertConfirmations(ReadOutcome.CONFIRMED);
        assertReads(ReadOutcome.CONFIRMED);
    }

    /** Keycloak was asked once. */
    @Test
    void reads_that_share_an_answer_are_one_question() {
        Browser browser = dueAfter(due());
        Browser sameCookies = browser.copy();

        facade.session(browser, PORTFOLIO);
        facade.session(sameCookies, PORTFOLIO);

        assertConfirmations(ReadOutcome.CONFIRMED);
        assertReads(ReadOutcome.CONFIRMED, ReadOutcome.CONFIRMED);
    }

    @Test
    void a_session_that_keycloak_has_ended_is_over() {
        Browser browser = dueAfter(due());
        facade.keeper().end("sid");

        facade.session(browser, PORTFOLIO);

        assertConfirmations(ReadOutcome.ENDED);
        assertReads(ReadOutcome.ENDED);
    }

    @Test
    void a_session_of_another_user_is_a_mismatch() {
        Browser browser = dueAfter(due());
        facade.keeper().onAsk(question -> facade.keeper().alive(OF_ANOTHER_USER));

        facade.session(browser, PORTFOLIO);

        assertConfirmations(ReadOutcome.MISMATCH);
        assertReads(ReadOutcome.MISMATCH);
    }

    @Test
    void a_session_stays_valid_for_a_while_without_keycloak() {
        Browser browser = dueAfter(due());
        facade.goAway();

        facade.session(browser, PORTFOLIO);
        facade.clock().advance(Facade.GRACE);
        facade.session(browser, PORTFOLIO);

        assertConfirmations(ReadOutcome.GRACE, ReadOutcome.UNAVAILABLE);
        assertReads(ReadOutcome.GRACE, ReadOutcome.UNAVAILABLE);
    }

    @Test
    void a_sign_out_counts_once() {
        Browser browser = dueAfter(Duration.ZERO);

        facade.answer(browser, Requests.get(PORTFOLIO, "/signout"));
        facade.answer(browser, Requests.get(PORTFOLIO, "/signout"));

        assertSignOuts(
                tuple(Optional.of("github"), SignOutOutcome.SIGNED_OUT),
                tuple(Optional.empty(), SignOutOutcome.NOBODY));
    }

    @Test
    void a_sign_out_that_leaves_keycloaks_session_alive_counts_as_such() {
        Browser browser = dueAfter(Duration.ZERO);
        facade.keeper().onEnd(() -> new Ending.Failed("status 503"));

        facade.answer(browser, Requests.get(PORTFOLIO, "/signout"));

        assertSignOuts(tuple(Optional.of("github"), SignOutOutcome.KEYCLOAK_SESSION_REMAINS));
    }
}
