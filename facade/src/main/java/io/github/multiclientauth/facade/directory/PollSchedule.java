package io.github.multiclientauth.facade.directory;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When to ask next: at the interval, a little earlier or later, so that many replicas do not ask all at once; after
 * failures less and less often.
 */
public final class PollSchedule {

    private static final double JITTER = 0.1;
    private static final int MAX_DOUBLINGS = 16;

    private final Duration interval;
    private final Duration longest;
    private final RandomGenerator random;

    /**
     * @param interval between two polls that succeed; at least 100 ms
     * @param longest after many failures; not less than the interval
     */
    public PollSchedule(Duration interval, Duration longest, RandomGenerator random) {
        if (interval.toMillis() < 100) {
            throw new IllegalArgumentException("mca.directory.poll-interval must be at least 100 ms: " + interval);
        }
        this.interval = interval;
        this.longest = longest.compareTo(interval) < 0 ? interval : longest;
        this.random = random;
    }

    /** @param failures in a row */
    public Duration next(int failures) {
        double base = Math.min(
                interval.toMillis() * Math.pow(2, Math.min(Math.max(failures - 1, 0), MAX_DOUBLINGS)),
                longest.toMillis());
        double factor = 1 - JITTER + 2 * JITTER * random.nextDouble();
        return Duration.ofMillis(Math.round(base * factor));
    }
}
