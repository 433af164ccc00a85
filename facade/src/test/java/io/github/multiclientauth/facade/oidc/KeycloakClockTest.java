package io.github.multiclientauth.facade.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.facade.fake.MovableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeycloakClockTest {

    private static final Duration QUICK = Duration.ofMillis(10);
    private static final Duration TWO_MINUTES = Duration.ofMinutes(2);

    private final MovableClock machine = new MovableClock();
    private final KeycloakClock clock = new KeycloakClock(machine);

    /** Keycloak's time in the middle of a request that has just been answered. */
    private Instant keycloak(Duration ahead, Duration roundTrip) {
        return machine.instant().plus(ahead).minus(roundTrip.dividedBy(2));
    }

    private void answer(Duration ahead, Duration roundTrip) {
        clock.learn(keycloak(ahead, roundTrip), machine.instant(), roundTrip);
    }

    private void token(Duration ahead) {
        clock.learnFromToken(machine.instant().plus(ahead), machine.instant(), QUICK);
    }

    @Test
    void is_the_clock_of_the_machine_before_the_first_answer() {
        assertThat(clock.instant()).isEqualTo(machine.instant());
    }

    @ParameterizedTest
    @ValueSource(longs = {-120_000, -101, 101, 120_000})
    void an_answer_corrects_it(long aheadMillis) {
        answer(Duration.ofMillis(aheadMillis), QUICK);

        assertThat(clock.instant()).isEqualTo(machine.instant().plusMillis(aheadMillis));
        machine.advance(Duration.ofHours(1));
        assertThat(clock.instant()).isEqualTo(machine.instant().plusMillis(aheadMillis));
    }

    @Test
    void a_correction_of_the_machine_is_followed() {
        answer(TWO_MINUTES, QUICK);
        machine.advance(TWO_MINUTES);
        answer(Duration.ZERO, QUICK);

        assertThat(clock.instant()).isEqualTo(machine.instant());
    }

    @Test
    void a_slow_answer_teaches_nothing() {
        answer(TWO_MINUTES, Duration.ofSeconds(1));

        assertThat(clock.ahead()).isZero();
    }

    /** Answers of the same Keycloak that were made at the beginning, in the middle or at the end of their time. */
    @Test
    void it_stands_still_within_the_uncertainty_of_an_answer() {
        answer(TWO_MINUTES, QUICK);
        Duration first = clock.ahead();
        Duration slow = Duration.ofMillis(900);

        for (long early = -450; early <= 450; early += 50) {
            clock.learn(keycloak(TWO_MINUTES, slow).plusMillis(early), machine.instant(), slow);
            assertThat(clock.ahead()).isEqualTo(first);
        }
    }

    @Test
    void it_stands_still_between_nodes_whose_clocks_differ_a_little() {
        answer(TWO_MINUTES, QUICK);
        Duration first = clock.ahead();

        answer(TWO_MINUTES.plusMillis(90), QUICK);
        answer(TWO_MINUTES.minusMillis(90), QUICK);

        assertThat(clock.ahead()).isEqualTo(first);
    }

    @Test
    void an_access_token_corrects_it_coarsely_before_the_first_answer() {
        token(Duration.ofSeconds(4));
        assertThat(clock.ahead()).isZero();

        token(TWO_MINUTES);
        assertThat(clock.ahead()).isEqualTo(TWO_MINUTES.plus(QUICK.dividedBy(2)));

        answer(TWO_MINUTES.plusSeconds(1), QUICK);
        assertThat(clock.ahead()).isEqualTo(TWO_MINUTES.plusSeconds(1));
    }

    @Test
    void an_access_token_does_not_correct_what_an_answer_has_shown() {
        answer(Duration.ZERO, QUICK);
        token(TWO_MINUTES);

        assertThat(clock.ahead()).isZero();
    }

    @Test
    void an_absurd_time_is_ignored() {
        answer(Duration.ofDays(2), QUICK);
        answer(Duration.ofDays(-2), QUICK);
        clock.learn(Instant.EPOCH, machine.instant(), QUICK);

        assertThat(clock.ahead()).isZero();
        token(TWO_MINUTES);
        assertThat(clock.ahead()).as("no answer has counted").isPositive();
    }
}
