package io.github.multiclientauth.testbed.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private final List<String> lines = new ArrayList<>();
    private final Progress progress = new Progress(lines::add);

    @Test
    void prints_a_line_at_the_beginning_and_then_every_few_seconds() {
        Consumer<Duration> during = progress.during("Starting");
        for (int second = 0; second <= 9; second++) {
            during.accept(Duration.ofSeconds(second));
        }

        assertThat(lines).containsExactly("Starting", "Starting … 4 s", "Starting … 8 s");
    }

    @Test
    void a_report_that_came_late_is_still_a_line() {
        Consumer<Duration> during = progress.during("Starting");
        during.accept(Duration.ZERO);
        during.accept(Duration.ofMillis(5_900));
        during.accept(Duration.ofMillis(7_100));
        during.accept(Duration.ofMillis(8_000));

        assertThat(lines).containsExactly("Starting", "Starting … 5 s", "Starting … 8 s");
    }
}
