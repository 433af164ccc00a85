package io.github.multiclientauth.facade.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.multiclientauth.facade.fake.Applications;
import io.github.multiclientauth.facade.fake.FakeAuthorizationServer;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SessionPolicyTest {

    private static final Instant CHECKED = Instant.parse("2026-11-23T20:18:54Z");
    private final SessionPolicy policy =
            new SessionPolicy(Duration.ofMinutes(5), Duration.ofMinutes(10), Duration.ofDays(30));
    private final Session session = new Session(
            FakeAuthorizationServer.identity(Applications.PORTFOLIO, "sid"), CHECKED, CHECKED, CHECKED.plusSeconds(1));

    @Test
    void a_session_is_due_when_the_interval_has_passed() {
        assertThat(policy.isDue(session, CHECKED.plus(Duration.ofMinutes(5)).minusNanos(1)))
                .isFalse();
        assertThat(policy.isDue(session, CHECKED.plus(Duration.ofMinutes(5)))).isTrue();
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
    void a_session_ends_with_the_refresh_token_or_at_the_maximum_age() {
        assertThat(policy.end(CHECKED.plusSeconds(1800), CHECKED)).isEqualTo(CHECKED.plusSeconds(1800));
        assertThat(policy.end(CHECKED.plus(Duration.ofDays(31)), CHECKED)).isEqualTo(CHECKED.plus(Duration.ofDays(30)));
        assertThat(policy.end(Instant.MAX, CHECKED)).isEqualTo(CHECKED.plus(Duration.ofDays(30)));
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
