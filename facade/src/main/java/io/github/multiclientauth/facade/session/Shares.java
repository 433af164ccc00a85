package io.github.multiclientauth.facade.session;

import io.github.multiclientauth.facade.seal.KeyHolder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A {@link Newest} for each holder of keys. An entry of one holder displaces an entry of another only if the other has the
 * most.
 */
final class Shares {

    private final int mostOfOne;
    private final int most;
    private final Duration kept;
    private final Clock clock;
    private final Map<String, Newest<String>> shares = new ConcurrentHashMap<>();

    /** Entries of all holders. Guarded by this. */
    private int total;

    Shares(int mostOfOne, int most, Duration kept, Clock clock) {
        this.mostOfOne = mostOfOne;
        this.most = most;
        this.kept = kept;
        this.clock = clock;
    }

    synchronized void put(KeyHolder holder, String id) {
        Newest<String> share = shares.computeIfAbsent(holder.name(), own -> new Newest<>(mostOfOne, kept, clock));
        int before = share.size();
        share.put(id);
        total += share.size() - before;
        while (total > most) {
            shares.values().stream()
                    .max(Comparator.comparingInt(Newest::size))
                    .orElseThrow()
                    .dropOldest();
            total--;
        }
    }

    /** The time when it happened, or null. */
    Instant get(KeyHolder holder, String id) {
        Newest<String> share = shares.get(holder.name());
        return share == null ? null : share.get(id);
    }
}
