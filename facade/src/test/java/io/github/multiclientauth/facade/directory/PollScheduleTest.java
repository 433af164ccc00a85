package io.github.multiclientauth.facade.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PollScheduleTest {

    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private static PollSchedule schedule(double random) {
        return new PollSchedule("mca.directory.poll-interval", INTERVAL, LONGEST, new RandomGenerator() {
            @Override
            public long nextLong() {
                throw new UnsupportedOperationException();
            }

            @Override
            public double nextDouble() {
                return random;
            }
        });
    }

    @ParameterizedTest
    @CsvSource({"0, 5000", "1, 5000", "2, 10000", "3, 20000", "4, 30000", "5, 30000", "1000000, 30000"})
    void waits_longer_after_each_failure_but_not_for_ever(int failures, long millis) {
        assertThat(schedule(0.5).next(failures)).hasMillis(millis);
    }

    @Test
    void replicas_spread_out() {
        assertThat(schedule(0).next(0)).hasMillis(4500);
        assertThat(schedule(0.999999).next(0)).isBetween(Duration.ofMillis(5490), Duration.ofMillis(5500));
    }

    @Test
    void an_interval_that_would_keep_keycloak_busy_is_refused() {
        assertThatThrownBy(() -> new PollSchedule(
                        "mca.directory.poll-interval", Duration.ofMillis(99), LONGEST, RandomGenerator.getDefault()))
                .hasMessageContaining("mca.directory.poll-interval");
    }

    @Test
    void a_long_interval_stays_as_it_is() {
        Duration hour = Duration.ofHours(1);

        assertThat(new PollSchedule("mca.directory.poll-interval", hour, LONGEST, RandomGenerator.getDefault()).next(9))
                .isBetween(Duration.ofMinutes(54), Duration.ofMinutes(66));
    }
}
