package io.github.multiclientauth.facade.status;

import io.github.multiclientauth.facade.doctor.Finding;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/**
 * Runs the doctor for operators who ask for it: one run at a time, and at most one a minute. A run asks Keycloak to read
 * all of its settings and to try out the applications' logout URLs.
 */
public final class DoctorRounds {

    /** How long a result is shown again in place of another run. */
    public static final Duration KEPT = Duration.ofMinutes(1);

    private final Supplier<List<Finding>> doctor;
    private final Executor executor;
    private final Clock clock;

    /** Guarded by this, as is the next one. */
    private Optional<Running> running = Optional.empty();

    private Optional<Round> last = Optional.empty();

    private record Running(Instant since, CompletableFuture<Void> end) {}

    /**
     * A run that has ended.
     *
     * @param failure the bug that ended it early; empty if it found what there is
     */
    public record Round(Instant endedAt, List<Finding> findings, Optional<String> failure) {}

    /**
     * @param runningSince empty if none is running
     * @param last empty if none has ended yet
     */
    public record State(Optional<Instant> runningSince, Optional<Round> last) {}

    /**
     * @param doctor may block; each of its requests has a time-out
     * @param executor runs it
     */
    public DoctorRounds(Supplier<List<Finding>> doctor, Executor executor, Clock clock) {
        this.doctor = doctor;
        this.executor = executor;
        this.clock = clock;
    }

    public synchronized State state() {
        return new State(running.map(Running::since), last);
    }

    /**
     * Starts a run, unless one is running or has ended less than a minute ago.
     *
     * @return completed when the run has ended
     */
    public CompletableFuture<Void> request() {
        CompletableFuture<Void> end = new CompletableFuture<>();
        synchronized (this) {
            if (running.isPresent()) {
                return running.get().end().copy();
            }
            if (last.filter(round -> clock.instant().isBefore(round.endedAt().plus(KEPT)))
                    .isPresent()) {
                return CompletableFuture.completedFuture(null);
            }
            running = Optional.of(new Running(clock.instant(), end));
        }
        try {
            executor.execute(this::run);
        } catch (RejectedExecutionException e) {
            // The facade stops.
            end(Optional.empty());
        } catch (RuntimeException | Error e) {
            // The system may have no thread left. The next request tries again.
            end(Optional.empty());
            throw e;
        }
        return end.copy();
    }

    private void run() {
        Optional<Round> round = Optional.empty();
        try {
            round = Optional.of(examined());
        } finally {
            end(round);
        }
    }

    private Round examined() {
        try {
            List<Finding> findings = List.copyOf(doctor.get());
            return new Round(clock.instant(), findings, Optional.empty());
        } catch (RuntimeException e) {
            // Only its class: its message may quote Keycloak's answer.
            return new Round(
                    clock.instant(), List.of(), Optional.of(e.getClass().getSimpleName()));
        }
    }

    private void end(Optional<Round> round) {
        CompletableFuture<Void> end;
        synchronized (this) {
            end = running.orElseThrow().end();
            running = Optional.empty();
            last = round.or(() -> last);
        }
        end.complete(null);
    }
}
