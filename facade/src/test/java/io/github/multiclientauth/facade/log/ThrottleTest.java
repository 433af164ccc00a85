package io.github.multiclientauth.facade.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.facade.fake.MovableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ThrottleTest {

    private final MovableClock clock = new MovableClock();
    private final List<String> summaries = new ArrayList<>();
    private final Throttle throttle = new Throttle(
            clock, (kind, count, references) -> summaries.add(count + " " + kind.message() + " " + kind.of()));

    private long written(int times, String message, String of) {
        return IntStream.range(0, times).filter(i -> throttle.lets(message, of)).count();
    }

    @Test
    void the_first_of_a_kind_is_written_and_the_others_are_counted() {
        assertThat(written(41_231, "A", "")).isEqualTo(1);
        assertThat(summaries).isEmpty();

        clock.advance(Duration.ofMinutes(1));

        assertThat(written(1, "A", "")).isEqualTo(1);
        assertThat(summaries).containsExactly("41230 A ");
    }

    @Test
    void kinds_do_not_hide_each_other() {
        written(10, "A", "portfolio");

        assertThat(written(10, "A", "dashboard")).isEqualTo(1);
        assertThat(written(10, "B", "portfolio")).isEqualTo(1);
    }

    @Test
    void left_out_messages_are_reported_after_the_minute_even_if_none_follows() {
        written(3, "A", "portfolio");
        clock.advance(Duration.ofSeconds(59));
        throttle.sweep();
        assertThat(summaries).isEmpty();

        clock.advance(Duration.ofSeconds(1));
        throttle.sweep();
        throttle.sweep();

        assertThat(summaries).containsExactly("2 A portfolio");
        assertThat(written(1, "A", "portfolio")).isEqualTo(1);
    }

    /** People read them from their pages. */
    @Test
    void the_summary_has_the_references_of_the_first_messages_that_were_left_out() {
        List<String> references = new ArrayList<>();
        Throttle naming = new Throttle(clock, (kind, count, of) -> references.addAll(of));
        for (int i = 0; i < 100; i++) {
            String reference = "R" + i;
            naming.lets("A", "", () -> reference);
        }
        clock.advance(Duration.ofMinutes(1));
        naming.sweep();

        assertThat(references).hasSize(Throttle.MAX_REFERENCES).startsWith("R1", "R2");
    }

    @Test
    void a_clock_that_is_set_back_hides_nothing() {
        written(3, "A", "");
        clock.advance(Duration.ofHours(-1));

        assertThat(written(3, "A", "")).isEqualTo(1);
        assertThat(summaries).containsExactly("2 A ");
    }

    @Test
    void nothing_is_reported_if_no_message_was_left_out() {
        written(1, "A", "");
        clock.advance(Duration.ofMinutes(1));
        written(1, "A", "");
        clock.advance(Duration.ofMinutes(1));
        throttle.sweep();

        assertThat(summaries).isEmpty();
    }

    @Test
    void the_number_of_kinds_is_limited() {
        long written = IntStream.range(0, 50_000)
                .filter(i -> throttle.lets("A", "client-" + i))
                .count();

        assertThat(written).isEqualTo(Throttle.MAX_KINDS + 1);
    }
}
