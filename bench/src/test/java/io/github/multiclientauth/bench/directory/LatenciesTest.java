package io.github.multiclientauth.bench.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {

    @Test
    void takes_the_middle_and_the_slowest_of_nearly_all() {
        Latencies latencies = new Latencies(IntStream.rangeClosed(1, 100)
                .mapToObj(i -> Duration.ofMillis(101 - i))
                .toList());

        assertThat(latencies.median()).isEqualTo(Duration.ofMillis(50));
        assertThat(latencies.percentile(95)).isEqualTo(Duration.ofMillis(95));
        assertThat(latencies.cells()).isEqualTo("50.0 ms | 95.0 ms");
    }

    @Test
    void takes_the_only_one() {
        Latencies latencies = new Latencies(List.of(Duration.ofMillis(3)));

        assertThat(latencies.percentile(95)).isEqualTo(latencies.median()).isEqualTo(Duration.ofMillis(3));
    }

    @Test
    void needs_one() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Latencies(List.of()));
    }
}
