package io.github.multiclientauth.facade.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.multiclientauth.facade.fake.MovableClock;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SignInLimitTest {

    private final MovableClock clock = new MovableClock();
    private final SignInLimit limit = new SignInLimit(6, clock);

    private void useUp(String place) {
        IntStream.range(0, 6).forEach(i -> assertThat(limit.refusal(place)).isEmpty());
    }

    @Test
    void as_many_sign_ins_as_the_limit_may_start_at_once() {
        useUp("here");

        assertThat(limit.refusal("here")).hasValue(Duration.ofSeconds(10));
    }

    @Test
    void sign_ins_are_allowed_again_one_by_one() {
        useUp("here");
        clock.advance(Duration.ofSeconds(9));
        assertThat(limit.refusal("here")).hasValue(Duration.ofSeconds(1));

        clock.advance(Duration.ofSeconds(1));
        assertThat(limit.refusal("here")).isEmpty();
        assertThat(limit.refusal("here")).hasValue(Duration.ofSeconds(10));
    }

    @Test
    void refused_sign_ins_do_not_count() {
        useUp("here");
        IntStream.range(0, 100).forEach(i -> limit.refusal("here"));
        clock.advance(Duration.ofSeconds(10));

        assertThat(limit.refusal("here")).isEmpty();
    }

    @Test
    void after_a_minute_the_whole_limit_is_available_again() {
        useUp("here");
        clock.advance(Duration.ofMinutes(1));
        useUp("here");
        clock.advance(Duration.ofHours(5));
        useUp("here");

        assertThat(limit.refusal("here")).isPresent();
    }

    @Test
    void a_clock_that_is_set_back_does_not_lengthen_the_wait() {
        useUp("here");
        clock.advance(Duration.ofHours(-1));
        assertThat(limit.refusal("here")).hasValue(Duration.ofSeconds(10));

        clock.advance(Duration.ofSeconds(10));
        assertThat(limit.refusal("here")).isEmpty();
        clock.advance(Duration.ofSeconds(60));
        useUp("here");
    }

    @Test
    void other_networks_are_not_limited() {
        useUp("here");
        useUp("there");
    }

    @Test
    void zero_is_no_limit() {
        SignInLimit none = new SignInLimit(0, clock);

        IntStream.range(0, 10_000).forEach(i -> assertThat(none.refusal("here")).isEmpty());
    }

    @Test
    void a_negative_limit_is_refused() {
        assertThatThrownBy(() -> new SignInLimit(-1, clock)).hasMessageContaining("mca.limits.sign-ins-per-minute");
    }
}
