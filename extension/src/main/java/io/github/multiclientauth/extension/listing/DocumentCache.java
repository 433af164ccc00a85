package io.github.multiclientauth.extension.listing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The directories that were last built. After a change, the first request builds a directory again. Other requests wait
 * a moment for the result, but never so long that a slow database blocks all of the server's threads.
 *
 * <p>A change only increases a counter. What was read before the change counts as old, even if it is still being built.
 */
public final class DocumentCache {

    /**
     * What a directory depends on.
     *
     * @param address the beginning of the realm's own URLs in this request. Relative redirect URIs of clients without a
     *     root URL follow it
     */
    public record Key(String realmId, String address) {}

    /**
     * How long a directory is used if nothing reports a change, such as one in the database. Small directories show it
     * at the next poll.
     */
    public static final Duration MINIMAL_LIFE = Duration.ofSeconds(4);

    /** The inverse of the share of time that is spent on building at most, while nothing changes. */
    public static final int BUILDING_SHARE = 100;

    /** How long a request waits for a directory that another request builds. */
    public static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    /** More than any installation has. It only keeps invented host names from filling the memory. */
    private static final int MAX_DOCUMENTS = 1000;

    private record Built(Document document, long change, Instant until) {}

    private static final class Slot {
        private final ReentrantLock building = new ReentrantLock();
        private final AtomicLong change = new AtomicLong();
        private volatile Built built;
    }

    private final Clock clock;
    private final Duration longestWait;
    private final ConcurrentMap<Key, Slot> slots = new ConcurrentHashMap<>();

    public DocumentCache(Clock clock) {
        this(clock, LONGEST_WAIT);
    }

    public DocumentCache(Clock clock, Duration longestWait) {
        this.clock = clock;
        this.longestWait = longestWait;
    }

    /**
     * Returns the directory as it is now.
     *
     * @param build may throw; the next request then tries again
     * @return empty if another request is still building it after {@link #LONGEST_WAIT}, or if this thread is
     *     interrupted
     */
    public Optional<Document> get(Key key, Supplier<Document> build) {
        Slot slot = slot(key);
        Built current = slot.built;
        if (isGood(slot, current)) {
            return Optional.of(current.document());
        }
        if (!awaitTurn(slot)) {
            return Optional.empty();
        }
        try {
            current = slot.built;
            if (!isGood(slot, current)) {
                current = build(slot, build);
                slot.built = current;
            }
            return Optional.of(current.document());
        } finally {
            slot.building.unlock();
        }
    }

    private boolean awaitTurn(Slot slot) {
        try {
            return slot.building.tryLock(longestWait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Reports a change in this realm. To be called when other transactions can see the change, not before. */
    public void changed(String realmId) {
        slots.forEach((key, slot) -> {
            if (key.realmId().equals(realmId)) {
                slot.change.incrementAndGet();
            }
        });
    }

    /** Reports a change in an unknown realm. */
    public void changed() {
        slots.values().forEach(slot -> slot.change.incrementAndGet());
    }

    private Slot slot(Key key) {
        if (slots.size() > MAX_DOCUMENTS) {
            slots.clear();
        }
        return slots.computeIfAbsent(key, absent -> new Slot());
    }

    private boolean isGood(Slot slot, Built built) {
        return built != null
                && built.change() == slot.change.get()
                && clock.instant().isBefore(built.until());
    }

    private Built build(Slot slot, Supplier<Document> build) {
        long change = slot.change.get();
        Instant begin = clock.instant();
        Document document = build.get();
        Duration life = Duration.between(begin, clock.instant()).multipliedBy(BUILDING_SHARE);
        return new Built(
                document, change, clock.instant().plus(life.compareTo(MINIMAL_LIFE) > 0 ? life : MINIMAL_LIFE));
    }
}
