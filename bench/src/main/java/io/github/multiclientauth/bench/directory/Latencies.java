package io.github.multiclientauth.bench.directory;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * The durations of several requests.
 *
 * @param sorted the shortest first, at least one
 */
record Latencies(List<Duration> sorted) {

    Latencies {
        sorted = sorted.stream().sorted().toList();
        if (sorted.isEmpty()) {
            throw new IllegalArgumentException("Nothing was measured");
        }
    }

    Duration median() {
        return percentile(50);
    }

    /** The time within which this percentage of the requests were answered. */
    Duration percentile(int percent) {
        return sorted.get((sorted.size() * percent + 99) / 100 - 1);
    }

    /** Median and 95th percentile in milliseconds, as two cells of a table. */
    String cells() {
        return millis(median()) + " | " + millis(percentile(95));
    }

    private static String millis(Duration time) {
        return String.format(Locale.ROOT, "%.1f ms", time.toNanos() / 1e6);
    }
}
