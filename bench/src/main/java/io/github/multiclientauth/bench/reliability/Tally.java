package io.github.multiclientauth.bench.reliability;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the load has seen during one fault. */
final class Tally {

    /** What is counted. All but the first ones must be zero. */
    enum Count {
        READS,
        UPDATES,
        SIGN_INS,
        SIGN_OUTS,
        ENDED_BY_ADMINISTRATOR,
        UNAVAILABLE,
        SIGN_INS_FAILED_IN_OUTAGE,
        SIGN_INS_FAILED,
        LOST,
        WRONG,
        SIGN_OUTS_LOST
    }

    /** More details would hide the first ones. */
    private static final int DETAILS = 40;

    private final Map<Count, Long> counts = new TreeMap<>();
    private final Map<String, Long> kinds = new TreeMap<>();
    private final List<String> details = new ArrayList<>();
    private final List<Life> ended = new ArrayList<>();
    private final long begin = System.nanoTime();
    private Duration longestWait = Duration.ZERO;
    private Duration longestAlive = Duration.ZERO;

    synchronized void add(Count count) {
        counts.merge(count, 1L, Long::sum);
    }

    /**
     * Counts something that must not happen.
     *
     * @param kind what happened, in words
     * @param detail whom it happened to
     */
    synchronized void fault(Count count, String kind, String detail) {
        add(count);
        kinds.merge(kind, 1L, Long::sum);
        if (details.size() < DETAILS) {
            details.add("%.1f s: %s: %s".formatted((System.nanoTime() - begin) / 1e9, kind, detail));
        }
    }

    synchronized void waited(Duration wait) {
        longestWait = wait.compareTo(longestWait) > 0 ? wait : longestWait;
    }

    /** An ended session was answered as alive this long after its end. */
    synchronized void alive(Duration after) {
        longestAlive = after.compareTo(longestAlive) > 0 ? after : longestAlive;
    }

    synchronized void ended(Life life) {
        ended.add(life);
    }

    /** Sessions whose end was acknowledged. */
    synchronized List<Life> ended() {
        return List.copyOf(ended);
    }

    synchronized long count(Count count) {
        return counts.getOrDefault(count, 0L);
    }

    synchronized Duration longestWait() {
        return longestWait;
    }

    synchronized Duration longestAlive() {
        return longestAlive;
    }

    /** What happened that must not happen, with its number. */
    synchronized String kinds() {
        return kinds.entrySet().stream()
                .map(kind -> kind.getValue() + " × " + kind.getKey())
                .collect(Collectors.joining(", "));
    }

    synchronized List<String> details() {
        return List.copyOf(details);
    }
}
