package io.github.multiclientauth.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessUsageTest {

    @Test
    void reads_both_kinds_of_time_whatever_the_process_is_called() {
        String rest = " S 1 7 7 0 -1 4194560 100 200 0 0 150 25 11 12 20 0 30 0 5000 1 2";

        assertThat(ProcessUsage.ticks("7 (java)" + rest)).isEqualTo(175);
        assertThat(ProcessUsage.ticks("7 (a b) c) (d)" + rest)).isEqualTo(175);
    }

    @Test
    void a_process_that_has_ended_uses_nothing() {
        assertThat(ProcessUsage.ticks("")).isZero();
    }
}
