package io.github.multiclientauth.facade.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.multiclientauth.facade.fake.Applications;
import io.github.multiclientauth.facade.fake.FakeAuthorizationServer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionPolicyTest {

    private static final Instant CHECKED = Instant.parse("2026-11-23T20:18:54Z");
    private final SessionPolicy policy =
            new SessionPolicy(Duration.ofMinutes(5), Duration.ofMinutes(10), Duration.ofDays(30));
    private final Session session = new Session(
            FakeAuthorizationServer.identity(Applications.PORTFOLIO, "sid"),
            CHECKED,
            CHECKED,
            CHECKED.plus(Duration.ofMinutes(30)));

    @Test
    void a_session_is_due_when_the_interval_has_passed() {
        assertThat(policy.isDue(session, CHECKED.plus(Duration.ofMinutes(5)).minusNanos(1)))
                .isFalse();
        assertThat(policy.isDue(session, CHECKED.plus(Duration.ofMinutes(5)))).isTrue();
    }

    /** Otherwise a session with a short idle time ends although the person uses it. */
    @ParameterizedTest
    @CsvSource({"PT10M, PT5M", "PT4M, PT2M", "PT10S, PT5S", "PT1S, PT1S", "PT0S, PT1S", "PT-1M, PT1S"})
    void a_session_is_due_at_half_of_its_remaining_life(Duration life, Duration due) {
        Session ending = new Session(session.identity(), CHECKED, CHECKED, CHECKED.plus(life));

        assertThat(policy.isDue(ending, CHECKED.plus(due).minusNanos(1))).isFalse();
        assertThat(policy.isDue(ending, CHECKED.plus(due))).isTrue();
    }

    /** The clock of another replica was wrong, or the application's server wrote a session that would never be due. */
    @ParameterizedTest
    @CsvSource({"PT15S, false", "PT16S, true", "P1D, true"})
    void a_session_checked_in_the_future_is_due_and_has_no_grace(Duration ahead, boolean due) {
        Instant now = CHECKED.minus(ahead);

        assertThat(policy.isDue(session, now)).isEqualTo(due);
        assertThat(policy.isWithinGrace(session, now)).isEqualTo(!due);
    }

    @Test
    void the_grace_ends() {
        assertThat(policy.isWithinGrace(
                        session, CHECKED.plus(Duration.ofMinutes(10)).minusNanos(1)))
                .isTrue();
        assertThat(policy.isWithinGrace(session, CHECKED.plus(Duration.ofMinutes(10))))
                .isFalse();
    }

    @Test
    void a_session_ends_with_that_of_keycloak_or_at_the_maximum_age() {
        assertThat(policy.end(Optional.of(CHECKED.plusSeconds(1800)), CHECKED)).isEqualTo(CHECKED.plusSeconds(1800));
        assertThat(policy.end(Optional.of(CHECKED.plus(Duration.ofDays(31))), CHECKED))
                .isEqualTo(CHECKED.plus(Duration.ofDays(30)));
        assertThat(policy.end(Optional.empty(), CHECKED)).isEqualTo(CHECKED.plus(Duration.ofDays(30)));
    }

    @Test
    void durations_are_positive() {
        Duration minute = Duration.ofMinutes(1);
        Duration negative = minute.negated();
        assertThatIllegalArgumentException().isThrownBy(() -> new SessionPolicy(negative, minute, minute));
        assertThatIllegalArgumentException().isThrownBy(() -> new SessionPolicy(minute, negative, minute));
        assertThatIllegalArgumentException().isThrownBy(() -> new SessionPolicy(minute, minute, negative));
        assertThatIllegalArgumentException().isThrownBy(() -> new SessionPolicy(minute, minute, Duration.ZERO));
    }
}
