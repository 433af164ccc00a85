package io.github.multiclientauth.facade.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.facade.doctor.Finding;
import io.github.multiclientauth.facade.fake.MovableClock;
import io.github.multiclientauth.facade.fake.StepExecutor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DoctorRoundsTest {

    private static final Finding FINDING = new Finding("clock-skew", true, "", "The clock is wrong", "NTP");

    private final MovableClock clock = new MovableClock();
    private final StepExecutor executor = new StepExecutor();
    private int runs;
    private RuntimeException bug;

    private final DoctorRounds rounds = new DoctorRounds(this::examine, executor, clock);

    private List<Finding> examine() {
        runs++;
        clock.advance(Duration.ofSeconds(2));
        if (bug != null) {
            throw bug;
        }
        return List.of(FINDING);
    }

    @Test
    void has_no_result_before_the_first_run() {
        assertThat(rounds.state().last()).isEmpty();
        assertThat(rounds.state().runningSince()).isEmpty();
    }

    @Test
    void runs_once_for_all_who_ask_meanwhile() {
        CompletableFuture<Void> first = rounds.request();
        CompletableFuture<Void> second = rounds.request();

        assertThat(rounds.state().runningSince()).contains(clock.instant());
        assertThat(first).isNotDone();
        executor.runAll();

        assertThat(runs).isEqualTo(1);
        assertThat(first).isCompleted();
        assertThat(second).isCompleted();
        assertThat(rounds.state().runningSince()).isEmpty();
        assertThat(rounds.state().last().orElseThrow())
                .isEqualTo(new DoctorRounds.Round(clock.instant(), List.of(FINDING), java.util.Optional.empty()));
    }

    @Test
    void who_stops_waiting_stops_nobody_else() {
        CompletableFuture<Void> impatient = rounds.request();
        CompletableFuture<Void> patient = rounds.request();

        impatient.cancel(false);
        assertThat(patient).isNotDone();
        executor.runAll();

        assertThat(patient).isCompleted();
    }

    @Test
    void runs_again_after_a_minute() {
        rounds.request();
        executor.runAll();
        clock.advance(DoctorRounds.KEPT.minusMillis(1));

        assertThat(rounds.request()).isCompleted();
        executor.runAll();
        assertThat(runs).isEqualTo(1);

        clock.advance(Duration.ofMillis(1));
        rounds.request();
        executor.runAll();
        assertThat(runs).isEqualTo(2);
    }

    @Test
    void a_bug_ends_a_run_and_is_named_without_its_message() {
        bug = new IllegalStateException("canary");
        CompletableFuture<Void> end = rounds.request();

        executor.runAll();

        assertThat(end).isCompleted();
        assertThat(rounds.state().runningSince()).isEmpty();
        assertThat(rounds.state().last().orElseThrow().failure()).contains("IllegalStateException");
    }

    @Test
    void a_run_that_cannot_begin_leaves_the_last_result_and_can_be_asked_for_again() {
        rounds.request();
        executor.runAll();
        var last = rounds.state();
        clock.advance(DoctorRounds.KEPT);
        executor.refuse();

        assertThat(rounds.request()).isCompleted();

        assertThat(rounds.state()).isEqualTo(last);
        executor.takeAgain();
        rounds.request();
        executor.runAll();
        assertThat(runs).isEqualTo(2);
    }
}
