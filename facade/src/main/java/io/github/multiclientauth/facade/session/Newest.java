package io.github.multiclientauth.facade.session;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The moment when something happened last, for so many things as there is room for. A new one always gets its place; the
 * one that happened longest ago loses it. (A cache that weighs how often something is asked for refuses new ones.)
 *
 * @param <K> what it happened to
 */
final class Newest<K> {

    private final int most;
    private final Duration kept;
    private final Clock clock;

    /** The one that happened longest ago is the first. Guarded by itself. */
    private final Map<K, Instant> at = new LinkedHashMap<>();

    /** @param kept how long, at least; it is dropped when another comes after that */
    Newest(int most, Duration kept, Clock clock) {
        this.most = most;
        this.kept = kept;
        this.clock = clock;
    }

    /** Happened now. One that happened again takes one place only. */
    void put(K key) {
        Instant now = clock.instant();
        synchronized (at) {
            at.remove(key);
            at.put(key, now);
            while (at.size() > most) {
                dropFirst();
            }
            while (now.isAfter(at.values().iterator().next().plus(kept))) {
                dropFirst();
            }
        }
    }

    /** When it happened, or null. */
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
