package io.github.multiclientauth.facade.fake;

import io.github.multiclientauth.facade.oidc.ChangesSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Gives out the changes that a test makes up, all of them each time. */
public final class FakeChanges implements ChangesSource {

    private final Clock clock;
    private final List<Change> changes = new CopyOnWriteArrayList<>();
    private volatile Instant since;
    private volatile String problem = "";
    private volatile Optional<Instant> lastAsked = Optional.empty();

    FakeChanges(Clock clock) {
        this.clock = clock;
        this.since = clock.instant().minus(Duration.ofDays(1));
    }

    public void add(Change change) {
        changes.add(change);
    }

    /** Forgets everything, as a node does that is started again. */
    public void restart() {
        changes.clear();
        since = clock.instant();
    }

    /** @param reason why the changes cannot be read from now on; empty text if they can */
    public void fail(String reason) {
        problem = reason;
    }

    /** The {@code since} of the last question. */
    public Optional<Instant> lastAsked() {
        return lastAsked;
    }

    @Override
    public Fetched fetch(Optional<Instant> from) {
        lastAsked = from;
        return problem.isEmpty() ? new Fetched.Changes(clock.instant(), since, changes) : new Fetched.Failed(problem);
    }
}
