package io.github.multiclientauth.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.bench.Benchmark.Load;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RoundsTest {

    private final Load base = new Load("base", null, null, null, false, Optional.empty());
    private final Load other = base.asking("other", null);

    /** A machine that is twice as slow for one round slows both down. */
    @Test
    void relates_what_was_measured_in_the_same_round() {
        Rounds rounds = new Rounds(base);
        for (int slowness : new int[] {1, 2, 1}) {
            rounds.add(base, new Wrk.Result(100, 0, 1_000_000), 1000L * slowness);
            rounds.add(other, new Wrk.Result(100, 0, 1_000_000), 1500L * slowness);
        }

        assertThat(rounds.ratio(other)).isEqualTo(1.5);
        assertThat(rounds.lowest(other)).isEqualTo(1.5);
        assertThat(rounds.highest(other)).isEqualTo(1.5);
        assertThat(rounds.ratio(base, other)).isEqualTo(1 / 1.5);
        assertThat(rounds.micros(other)).isEqualTo(15);
    }

    @Test
    void takes_the_middle() {
        assertThat(Rounds.median(List.of(9.0, 1.0, 2.0))).isEqualTo(2);
        assertThat(Rounds.median(List.of(4.0, 1.0, 2.0, 9.0))).isEqualTo(3);
    }
}
