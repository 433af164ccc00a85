package io.github.multiclientauth.facade.session;

import static io.github.multiclientauth.facade.fake.Applications.DASHBOARD;
import static io.github.multiclientauth.facade.fake.Applications.PORTFOLIO;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.client.Recognition.Recognized;
import io.github.multiclientauth.facade.event.ChangesEvent;
import io.github.multiclientauth.facade.fake.Browser;
import io.github.multiclientauth.facade.fake.Facade;
import io.github.multiclientauth.facade.fake.FakeAuthorizationServer;
import io.github.multiclientauth.facade.fake.FakeSessionKeeper;
import io.github.multiclientauth.facade.fake.Requests;
import io.github.multiclientauth.facade.oidc.ChangesSource.Change;
import io.github.multiclientauth.facade.oidc.Identity;
import io.github.multiclientauth.facade.oidc.SessionKeeper.Question;
import io.github.multiclientauth.facade.wire.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The changes at Keycloak, and what they do to sessions. */
class LiveChangesTest {

    private static final String ADA =
            FakeAuthorizationServer.identity(PORTFOLIO, "sid").subject();
    private static final Instant START = new Facade().clock().instant();

    private final Facade facade = new Facade();
    private final Browser browser = facade.signedIn(PORTFOLIO, "sid");

    @BeforeEach
    void aSecondPasses() {
        facade.poll();
        facade.clock().advance(Duration.ofSeconds(1));
    }

    @Test
    void a_session_that_has_ended_is_dead_at_once_without_asking() {
        change(new Change.SessionEnded(now(), "sid"));

        assertThat(session()).isEqualTo("null");
        assertThat(facade.keeper().questions()).isEmpty();
    }

    /** Keycloak gives a browser that signs in again the same id, and answers repeat the last changes. */
    @Test
    void a_session_that_begins_with_the_same_id_lives_although_the_end_of_the_former_is_told_again() {
        change(new Change.SessionEnded(now(), "sid"));
        Browser again = facade.signedIn(PORTFOLIO, "sid");
        facade.poll();

        assertThat(facade.session(again, PORTFOLIO)).contains("Ada");
        assertThat(session()).isEqualTo("null");
    }

    @Test
    void the_end_of_another_session_changes_nothing() {
        change(new Change.SessionEnded(now(), "another-sid"));

        assertThat(session()).contains("Ada");
        assertThat(facade.keeper().questions()).isEmpty();
    }

    static Stream<Change> concerning() {
        Instant now = START.plusSeconds(1);
        return Stream.of(
                new Change.UserChanged(now, ADA, Optional.empty()),
                new Change.UserChanged(now, ADA, Optional.of("another-sid")),
                new Change.ClientChanged(now, new ClientId("portfolio")),
                new Change.RealmChanged(now));
    }

    @ParameterizedTest
    @MethodSource("concerning")
    void a_change_makes_the_sessions_due_that_it_concerns(Change change) {
        keep("Ada King", false);
        change(change);

        assertThat(session()).contains("Ada King");
        assertThat(facade.keeper().questions()).hasSize(1);

        facade.clock().advance(Duration.ofSeconds(1));
        facade.poll();
        assertThat(session()).as("reported again").contains("Ada King");
        assertThat(facade.keeper().questions()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("concerning")
    void a_change_allows_no_grace(Change change) {
        change(change);
        facade.goAway();

        assertThat(facade.answer(Requests.get(PORTFOLIO, "/session").from(browser)))
                .isEqualTo(new Reply.Json(503, "null"));

        facade.comeBack();
        assertThat(session()).contains("Ada");
    }

    /** A first sign-in makes the user just before. */
    @Test
    void a_session_that_was_confirmed_just_after_a_change_has_grace() {
        facade.changes().add(new Change.UserChanged(now(), ADA, Optional.empty()));
        facade.clock().advance(Duration.ofMillis(30));
        Browser justNow = facade.signedIn(PORTFOLIO, "sid-2");
        facade.poll();
        facade.goAway();

        assertThat(facade.session(justNow, PORTFOLIO)).contains("Ada");
    }

    static Stream<Change> ofOthers() {
        Instant now = START.plusSeconds(1);
        return Stream.of(
                new Change.UserChanged(now, "another user", Optional.empty()),
                new Change.UserChanged(now, ADA, Optional.of("sid")),
                new Change.UserChanged(START.minus(LiveChanges.SPREAD_AFTER).minusMillis(1), ADA, Optional.empty()),
                new Change.ClientChanged(now, new ClientId("dashboard")),
                new Change.ClientChanged(
                        START.minus(LiveChanges.SPREAD_AFTER).minusMillis(1), new ClientId("portfolio")),
                new Change.RealmChanged(START.minus(LiveChanges.SPREAD_AFTER).minusMillis(1)));
    }

    @ParameterizedTest
    @MethodSource("ofOthers")
    void a_change_of_others_or_before_the_last_confirmation_asks_nothing(Change change) {
        change(change);

        assertThat(session()).contains("Ada");
        assertThat(facade.keeper().questions()).isEmpty();
    }

    /** Both changes concern the session unless both leave it out. */
    @Test
    void a_sign_in_does_not_hide_an_earlier_change_of_the_user() {
        change(new Change.UserChanged(now(), ADA, Optional.empty()));
        change(new Change.UserChanged(now().plusMillis(1), ADA, Optional.of("sid")));

        session();
        assertThat(facade.keeper().questions()).hasSize(1);
    }

    @Test
    void a_second_change_in_the_same_second_is_seen() {
        change(new Change.UserChanged(now(), ADA, Optional.empty()));
        session();
        change(new Change.UserChanged(now(), ADA, Optional.empty()));
        session();

        assertThat(facade.keeper().questions()).hasSize(2);
        session();
        assertThat(facade.keeper().questions()).as("confirmed since").hasSize(2);
    }

    /** Another node of Keycloak may have answered, which knew the old user for some milliseconds more. */
    @Test
    void just_after_a_change_an_answer_serves_for_a_moment_only() {
        facade.changes().add(new Change.UserChanged(now(), ADA, Optional.empty()));
        facade.poll();
        facade.clock().advance(Duration.ofMillis(1));
        Browser server = browser.copy();
        for (int i = 0; i < 100; i++) {
            assertThat(facade.session(server.copy(), PORTFOLIO)).contains("Ada");
        }
        assertThat(facade.keeper().questions()).hasSize(1);

        keep("Ada King", false);
        facade.clock().advance(Duration.ofSeconds(3));
        assertThat(facade.session(server.copy(), PORTFOLIO)).contains("Ada King");
        facade.clock().advance(Duration.ofSeconds(3));
        assertThat(facade.session(server.copy(), PORTFOLIO)).contains("Ada King");
        assertThat(facade.keeper().questions()).hasSize(2);
    }

    /** Their subject is not the user's id. */
    @Test
    void any_change_of_a_user_concerns_the_sessions_of_clients_with_pairwise_subjects() {
        keep("Ada Lovelace", true);
        change(new Change.RealmChanged(now()));
        session();
        facade.clock().advance(Duration.ofSeconds(1));
        change(new Change.UserChanged(now(), "the id of a user", Optional.empty()));
        session();

        assertThat(facade.keeper().questions()).hasSize(2);
    }

    @Test
    void asks_for_what_has_changed_since_the_last_answer() {
        Instant last = now().minusSeconds(1);
        facade.poll();
        assertThat(facade.changes().lastAsked()).hasValue(last);

        facade.changes().fail("away");
        facade.clock().advance(Duration.ofSeconds(1));
        facade.poll();
        facade.poll();
        assertThat(facade.changes().lastAsked())
                .as("of the last that succeeded")
                .hasValue(last.plusSeconds(1));
    }

    @Test
    void after_a_gap_every_session_is_confirmed_again() {
        Browser dashboard = facade.signedIn(DASHBOARD, "sid-2");
        facade.clock().advance(Duration.ofSeconds(1));
        facade.changes().restart();
        facade.clock().advance(Duration.ofSeconds(1));
        facade.poll();

        assertThat(session()).contains("Ada");
        assertThat(facade.session(dashboard, DASHBOARD)).contains("Ada");
        assertThat(facade.keeper().questions()).extracting(Question::sid).containsExactly("sid", "sid-2");
        assertThat(facade.events().of(ChangesEvent.Missed.class)).hasSize(1);
    }

    /** A node that was started earlier than the last question remembers all that matters. */
    @Test
    void a_node_that_was_started_before_the_last_answer_leaves_no_gap() {
        facade.changes().restart();
        facade.clock().advance(Duration.ofSeconds(1));
        facade.poll();
        facade.poll();
        int asked = facade.keeper().questions().size();
        Browser later = facade.signedIn(PORTFOLIO, "sid-2");
        facade.poll();

        assertThat(facade.session(later, PORTFOLIO)).contains("Ada");
        assertThat(facade.keeper().questions()).hasSize(asked);
        assertThat(facade.events().of(ChangesEvent.Missed.class)).hasSize(1);
    }

    @Test
    void a_restart_of_the_facade_asks_about_no_session_if_keycloak_remembers_the_changes() {
        facade.restart();
        facade.poll();

        assertThat(session()).contains("Ada");
        assertThat(facade.keeper().questions()).isEmpty();
    }

    @Test
    void a_restart_of_the_facade_revives_no_session_that_has_ended() {
        change(new Change.SessionEnded(now(), "sid"));
        facade.restart();
        facade.poll();

        assertThat(session()).isEqualTo("null");
        assertThat(facade.keeper().questions()).isEmpty();
    }

    @Test
    void a_restart_of_both_confirms_every_session_again() {
        facade.changes().restart();
        facade.restart();
        facade.poll();

        assertThat(session()).contains("Ada");
        assertThat(facade.keeper().questions()).hasSize(1);
        assertThat(facade.events().of(ChangesEvent.Missed.class)).isEmpty();
    }

    @Test
    void a_restart_of_the_facade_loses_no_change_that_concerns_everybody() {
        facade.changes().add(new Change.RealmChanged(now()));
        facade.restart();
        facade.poll();
        facade.poll();

        session();
        assertThat(facade.keeper().questions()).hasSize(1);
    }

    @Test
    void more_changes_than_are_kept_concern_everybody() {
        for (int i = 0; i <= LiveChanges.MAX_KEPT; i++) {
            facade.changes().add(new Change.UserChanged(now(), "user " + i, Optional.empty()));
        }
        facade.poll();

        session();
        assertThat(facade.keeper().questions()).hasSize(1);
    }

    @Test
    void the_operator_hears_of_a_failure_once_and_of_its_end() {
        for (String reason : new String[] {"away", "away", "403", "", "away"}) {
            facade.changes().fail(reason);
            facade.poll();
        }

        assertThat(facade.events().of(ChangesEvent.class))
                .containsExactly(
                        new ChangesEvent.Unreachable("away"),
                        new ChangesEvent.Unreachable("403"),
                        new ChangesEvent.ReachedAgain(),
                        new ChangesEvent.Unreachable("away"));
    }

    @Test
    void sessions_go_on_while_the_changes_cannot_be_read() {
        facade.changes().fail("away");
        facade.poll();
        facade.clock().advance(Facade.REVALIDATE_AFTER);
        facade.poll();

        assertThat(session()).contains("Ada");
        assertThat(facade.keeper().questions()).as("due by its time").hasSize(1);
    }

    /** Both know only what Keycloak tells them. */
    @Test
    void a_sign_out_at_one_replica_ends_the_session_at_another() {
        Browser copy = browser.copy();
        facade.answer(browser, Requests.get(PORTFOLIO, "/signout"));
        assertThat(facade.keeper().endings()).containsExactly(new FakeSessionKeeper.Ended("portfolio", "sid"));
        facade.restart();
        facade.changes().add(new Change.SessionEnded(now(), "sid"));
        facade.poll();

        assertThat(facade.session(copy, PORTFOLIO)).isEqualTo("null");
    }

    private void change(Change change) {
        facade.changes().add(change);
        facade.poll();
        facade.clock().advance(LiveChanges.SPREAD_AFTER.plusMillis(1));
    }

    private void keep(String name, boolean pairwise) {
        Recognized at = PORTFOLIO;
        Identity ada = FakeAuthorizationServer.identity(at, "sid");
        facade.keeper()
                .keep(new Identity(
                        ada.subject(),
                        ada.sid(),
                        Optional.of(name),
                        ada.email(),
                        ada.emailVerified(),
                        ada.picture(),
                        ada.provider(),
                        ada.clientOrigin(),
                        ada.clientId(),
                        pairwise));
    }

    private Instant now() {
        return facade.clock().instant();
    }

    private String session() {
        return facade.session(browser, PORTFOLIO);
    }
}
