package io.github.multiclientauth.facade.fake;

import io.github.multiclientauth.facade.signout.KeycloakSessions.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;

/** A timer that runs due tasks when the test lets time pass. */
final class StepTimer implements Timer {

    private final MovableClock clock;
    private final Queue<Due> waiting = new PriorityQueue<>(Comparator.comparing(Due::at));

    private record Due(Instant at, Runnable task) {}

    StepTimer(MovableClock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized void after(Duration delay, Runnable task) {
        waiting.add(new Due(clock.instant().plus(delay), task));
    }

    /** @param afterEach runs what a task has started */
    void pass(Duration duration, Runnable afterEach) {
        Instant end = clock.instant().plus(duration);
        for (Optional<Due> next = next(end); next.isPresent(); next = next(end)) {
            Duration until = Duration.between(clock.instant(), next.get().at());
            clock.advance(until.isNegative() ? Duration.ZERO : until);
            next.get().task().run();
            afterEach.run();
        }
        clock.advance(Duration.between(clock.instant(), end));
    }

    private synchronized Optional<Due> next(Instant end) {
        return Optional.ofNullable(waiting.peek())
                .filter(due -> !due.at().isAfter(end))
                .map(due -> waiting.remove());
    }
}
