package io.github.multiclientauth.extension.changes;

import io.github.multiclientauth.extension.changes.Change.RealmChanged;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The last changes in one realm, in the order in which they reached this node. Of the same change only the last time is
 * kept. Times are in milliseconds and never go back.
 */
final class RealmMemory {

    /** About 70 kilobytes of an answer. */
    static final int MAX_CHANGES = 1_000;

    /** How long a change is kept at most: longer than a restart of a facade takes. */
    static final long KEPT = Duration.ofMinutes(5).toMillis();

    /**
     * An answer goes back further than asked by that much. It covers the differences between the clocks of the nodes, and
     * the time that a message from another node takes.
     */
    static final long OVERLAP = Duration.ofSeconds(5).toMillis();

    /** More than {@link #MAX_CHANGES} in this time are a flood. It is longer than what a facade asks for. */
    static final long FLOOD = 2 * OVERLAP;

    /** A flood goes on until this long nothing has changed. */
    private static final long FLOOD_PAUSE = 1_000;

    private static final RealmChanged EVERYBODY = new RealmChanged();

    private final Map<Change, Long> changes = new LinkedHashMap<>();
    private long completeSince = Long.MIN_VALUE;
    private long lastOfFlood = Long.MIN_VALUE;

    void note(Change change, long now) {
        changes.values().removeIf(reached -> reached < now - KEPT);
        if (isFlooded(now)) {
            lastOfFlood = now;
            append(EVERYBODY, now);
            return;
        }
        append(change, now);
        if (changes.size() > MAX_CHANGES) {
            shrink(now);
        }
    }

    /** Moves a change that is known to the end. */
    private void append(Change change, long now) {
        changes.remove(change);
        changes.put(change, now);
    }

    private boolean isFlooded(long now) {
        return lastOfFlood != Long.MIN_VALUE && now - lastOfFlood < FLOOD_PAUSE;
    }

    private void shrink(long now) {
        Map.Entry<Change, Long> eldest = changes.entrySet().iterator().next();
        if (eldest.getValue() < now - FLOOD) {
            completeSince = eldest.getValue() + OVERLAP + 1;
            changes.remove(eldest.getKey());
        } else {
            changes.clear();
            changes.put(EVERYBODY, now);
            lastOfFlood = now;
        }
    }

    /** Returns what reached this node at that time, a little before, or later. */
    List<Noted> since(long time) {
        return reachedSince(time)
                .map(noted -> new Noted(noted.getValue(), noted.getKey()))
                .toList();
    }

    /** Returns whether such a change reached this node at that time, a little before, or later. */
    boolean knows(Predicate<Change> concerned, long time) {
        return reachedSince(time).map(Map.Entry::getKey).anyMatch(concerned);
    }

    private Stream<Map.Entry<Change, Long>> reachedSince(long time) {
        return changes.entrySet().stream().filter(noted -> noted.getValue() >= time - OVERLAP);
    }

    /** The first time from which on nothing has been forgotten, apart from changes that are older than {@link #KEPT}. */
    long completeSince() {
        return completeSince;
    }

    /** Whether nothing is lost with it. */
    boolean isOld(long now) {
        return completeSince < now - KEPT && changes.values().stream().allMatch(reached -> reached < now - KEPT);
    }
}
