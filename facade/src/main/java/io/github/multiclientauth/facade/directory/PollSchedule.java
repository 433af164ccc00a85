package io.github.multiclientauth.facade.directory;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The pause until the next poll: the interval with a random variation, so that replicas do not poll at the same time.
 * After failures the pause grows.
 */
public final class PollSchedule {

    private static final double JITTER = 0.1;
    private static final int MAX_DOUBLINGS = 16;

    private final Duration interval;
    private final Duration longest;
    private final RandomGenerator random;

    /**
     * @param setting the operator's name for the interval
     * @param interval the pause after a successful poll; at least 100 ms
     * @param longest the pause after many failures; not less than the interval
     */
    public PollSchedule(String setting, Duration interval, Duration longest, RandomGenerator random) {
        if (interval.toMillis() < 100) {
            throw new IllegalArgumentException(setting + " must be at least 100 ms: " + interval);
        }
        this.interval = interval;
        this.longest = longest.compareTo(interval) < 0 ? interval : longest;
        this.random = random;
    }

    /** @param failures the number of failed polls in a row */
    public Duration next(int failures) {
        double base = Math.min(
                interval.toMillis() * Math.pow(2, Math.min(Math.max(failures - 1, 0), MAX_DOUBLINGS)),
                longest.toMillis());
        double factor = 1 - JITTER + 2 * JITTER * random.nextDouble();
        return Duration.ofMillis(Math.round(base * factor));
    }
}
