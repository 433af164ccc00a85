package io.github.multiclientauth.facade.session;

import static io.github.multiclientauth.facade.fake.Applications.PORTFOLIO;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.facade.fake.Browser;
import io.github.multiclientauth.facade.fake.Facade;
import io.github.multiclientauth.facade.fake.FakeAuthorizationServer;
import io.github.multiclientauth.facade.fake.Requests;
import io.github.multiclientauth.facade.oidc.ChangesSource.Change;
import io.github.multiclientauth.facade.oidc.Identity;
import io.github.multiclientauth.facade.oidc.SessionKeeper.Question;
import io.github.multiclientauth.facade.oidc.SessionKeeper.Verdict;
import io.github.multiclientauth.facade.wire.Reply;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A person who uses an application stays signed in for as long as Keycloak's settings say, and no longer: idle and maximum
 * times of realm and client, and settings that change meanwhile.
 */
class LifetimesTest {

    private static final Duration TICK = Duration.ofSeconds(12);
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    private final Facade facade = new Facade();
    private final KeycloakSession keycloak = new KeycloakSession();

    /** One session, with Keycloak's rules: a question that extends is a use. Its times are in seconds. */
    private final class KeycloakSession {

        private final Identity identity = FakeAuthorizationServer.identity(PORTFOLIO, "sid-1");
        private Optional<Duration> idle = Optional.of(Duration.ofMinutes(30));
        private Optional<Duration> maximum = Optional.of(Duration.ofHours(10));
        private Optional<Duration> clientIdle = Optional.empty();
        private Optional<Duration> clientMaximum = Optional.empty();
        private Instant started;
        private Instant used;

        private Verdict answer(Question question) {
            Instant now = facade.clock().instant();
            if (end().filter(end -> !end.isAfter(now)).isPresent()) {
                return new Verdict.Ended("Session not active");
            }
            if (question.extend()) {
                used = now.truncatedTo(ChronoUnit.SECONDS);
            }
            return new Verdict.Alive(identity, now, end());
        }

        private Optional<Instant> end() {
            return Stream.of(
                            idle.map(used::plus),
                            clientIdle.map(used::plus),
                            maximum.map(started::plus),
                            clientMaximum.map(started::plus))
                    .flatMap(Optional::stream)
                    .min(Instant::compareTo);
        }
    }

    private Browser signIn() {
        keycloak.started = facade.clock().instant().truncatedTo(ChronoUnit.SECONDS);
        keycloak.used = keycloak.started;
        facade.keeper().onAsk(keycloak::answer);
        return facade.signedIn(PORTFOLIO, "sid-1");
    }

    @ParameterizedTest
    @CsvSource({"PT60S, PT12S", "PT60S, PT29S", "PT60S, PT58S", "PT2S, PT1S", "PT30M, PT12S", "PT30M, PT29M"})
    void a_person_who_reads_within_the_idle_time_stays_signed_in(Duration idle, Duration every) {
        keycloak.idle = Optional.of(idle);
        keycloak.maximum = Optional.empty();
        Browser browser = signIn();

        reads(browser, every, every.multipliedBy(50));
    }

    @ParameterizedTest
    @CsvSource({"PT60S, PT12S", "PT60S, PT29S", "PT20S, PT6S"})
    void so_does_one_whose_server_cannot_pass_on_the_new_cookie(Duration idle, Duration every) {
        keycloak.idle = Optional.of(idle);
        Browser server = signIn();
        for (int i = 0; i < 50; i++) {
            facade.clock().advance(every);
            assertThat(body(facade.answer(Requests.get(PORTFOLIO, "/session").from(server))))
                    .as("read %d", i)
                    .contains("Ada");
        }

        facade.clock().advance(idle.plus(SessionClaims.TOLERANCE));
        assertThat(body(facade.answer(Requests.get(PORTFOLIO, "/session").from(server))))
                .isEqualTo("null");
    }

    @Test
    void a_cookie_that_has_expired_signs_nobody_in_after_a_sign_out() {
        keycloak.idle = Optional.of(Duration.ofSeconds(60));
        Browser server = signIn();
        for (int i = 0; i < 10; i++) {
            facade.clock().advance(TICK);
            assertThat(body(facade.answer(Requests.get(PORTFOLIO, "/session").from(server))))
                    .contains("Ada");
        }

        facade.answer(Requests.get(PORTFOLIO, "/signout").from(server));

        assertThat(body(facade.answer(Requests.get(PORTFOLIO, "/session").from(server))))
                .isEqualTo("null");
        assertThat(facade.keeper().endings()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT20S", "PT60S", "PT30M"})
    void a_person_who_does_not_read_is_signed_out_by_the_idle_time(Duration idle) {
        keycloak.idle = Optional.of(idle);
        Browser browser = signIn();

        facade.clock().advance(idle);
        assertThat(facade.session(browser, PORTFOLIO)).isEqualTo("null");
    }

    @Test
    void the_idle_time_of_the_client_counts_as_that_of_the_realm() {
        keycloak.clientIdle = Optional.of(Duration.ofSeconds(60));
        Browser browser = signIn();
        reads(browser, TICK, TEN_MINUTES);

        facade.clock().advance(Duration.ofSeconds(60));
        assertThat(facade.session(browser, PORTFOLIO)).isEqualTo("null");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void the_maximum_ends_a_session_in_use(boolean ofClient) {
        keycloak.idle = Optional.of(Duration.ofSeconds(60));
        Optional<Duration> maximum = Optional.of(TEN_MINUTES);
        if (ofClient) {
            keycloak.clientMaximum = maximum;
        } else {
            keycloak.maximum = maximum;
        }
        Browser browser = signIn();
        reads(browser, TICK, TEN_MINUTES.minus(TICK));

        facade.clock().advance(TICK);
        assertThat(facade.session(browser, PORTFOLIO)).isEqualTo("null");
    }

    /** Remember-me has such an end, and so does an offline session without a maximum. */
    @Test
    void a_session_with_an_end_far_away_or_none_lives_for_as_long_as_it_is_used() {
        for (Optional<Duration> longest : Stream.of(Optional.of(Duration.ofDays(3650)), Optional.<Duration>empty())
                .toList()) {
            keycloak.idle = longest;
            keycloak.maximum = longest;
            Browser browser = signIn();
            reads(browser, Facade.MAX_AGE.minusDays(1), Duration.ofDays(300));

            facade.clock().advance(Facade.MAX_AGE.plusMinutes(1));
            assertThat(facade.session(browser, PORTFOLIO))
                    .as("mca.session.max-age without a read")
                    .isEqualTo("null");
        }
    }

    @Test
    void a_shorter_idle_time_lets_a_person_who_reads_stay() {
        Browser browser = signIn();
        reads(browser, TICK, Duration.ofSeconds(36));

        keycloak.idle = Optional.of(Duration.ofSeconds(60));
        settingsOfTheRealmChange();

        reads(browser, TICK, TEN_MINUTES);
        facade.clock().advance(Duration.ofSeconds(60));
        assertThat(facade.session(browser, PORTFOLIO)).isEqualTo("null");
    }

    /** Keycloak does not know of reads that the facade has answered from the cookie. */
    @Test
    void a_shorter_idle_time_ends_what_keycloak_has_not_heard_of_for_longer() {
        Browser browser = signIn();
        reads(browser, TICK, Duration.ofMinutes(2));

        keycloak.idle = Optional.of(Duration.ofSeconds(60));
        settingsOfTheRealmChange();

        assertThat(facade.session(browser, PORTFOLIO)).isEqualTo("null");
    }

    @Test
    void a_shorter_maximum_ends_a_session_at_once() {
        Browser browser = signIn();
        reads(browser, TICK, TEN_MINUTES);

        keycloak.maximum = Optional.of(Duration.ofMinutes(5));
        settingsOfTheRealmChange();

        assertThat(facade.session(browser, PORTFOLIO)).isEqualTo("null");
    }

    @Test
    void longer_times_count_from_the_next_read() {
        keycloak.idle = Optional.of(Duration.ofSeconds(60));
        keycloak.maximum = Optional.of(Duration.ofMinutes(5));
        Browser browser = signIn();
        reads(browser, TICK, Duration.ofMinutes(4));

        keycloak.idle = Optional.of(Duration.ofMinutes(30));
        keycloak.maximum = Optional.of(Duration.ofHours(10));
        settingsOfTheRealmChange();

        reads(browser, TICK, TICK);
        reads(browser, Duration.ofMinutes(29), Duration.ofHours(5));
    }

    private void settingsOfTheRealmChange() {
        facade.changes().add(new Change.RealmChanged(facade.clock().instant()));
        facade.poll();
        facade.clock().advance(Duration.ofMillis(10));
    }

    private void reads(Browser browser, Duration every, Duration during) {
        for (Duration passed = every; passed.compareTo(during) <= 0; passed = passed.plus(every)) {
            facade.clock().advance(every);
            assertThat(facade.session(browser, PORTFOLIO))
                    .as("after %s", passed)
                    .contains("Ada");
        }
    }

    private static String body(Reply reply) {
        return ((Reply.Json) reply).body();
    }
}
