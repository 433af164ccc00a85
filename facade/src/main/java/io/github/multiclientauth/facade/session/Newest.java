package io.github.multiclientauth.facade.session;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers when things happened last, for a limited number of things. A new one is always added, and then the oldest is
 * dropped. (Caches that weigh how often an entry is used may refuse new ones.)
 *
 * @param <K> the thing
 */
final class Newest<K> {

    private final int most;
    private final Duration kept;
    private final Clock clock;

    /** Oldest first. Guarded by itself. */
    private final Map<K, Instant> at = new LinkedHashMap<>();

    /** @param kept how long an entry is kept at least. Later it is dropped when another one is added */
    Newest(int most, Duration kept, Clock clock) {
        this.most = most;
        this.kept = kept;
        this.clock = clock;
    }

    /** Notes that it happened now. Each thing has one entry. */
    void put(K key) {
        put(key, clock.instant());
    }

    /** Notes that it happened at that time, unless it happened again later. */
    void put(K key, Instant time) {
        Instant now = clock.instant();
        synchronized (at) {
            Instant before = at.remove(key);
            at.put(key, before != null && before.isAfter(time) ? before : time);
            while (at.size() > most) {
                dropFirst();
            }
            while (now.isAfter(at.values().iterator().next().plus(kept))) {
                dropFirst();
            }
        }
    }

    /** The time when it happened, or null. */
    Instant get(K key) {
        synchronized (at) {
            return at.get(key);
        }
    }

    int size() {
        synchronized (at) {
            return at.size();
        }
    }

    void dropOldest() {
        synchronized (at) {
            if (!at.isEmpty()) {
                dropFirst();
            }
        }
    }

    private void dropFirst() {
        Iterator<Instant> first = at.values().iterator();
        first.next();
        first.remove();
    }
}
