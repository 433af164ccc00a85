package io.github.multiclientauth.extension.changes;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** The last changes in all realms, as far as this node has heard of them. Bounded: what it forgets, it says. */
final class Memory {

    /** How many realms can have changed within minutes. Beyond, all is forgotten. */
    static final int MAX_REALMS = 1_000;

    /**
     * What a facade is told.
     *
     * @param now this node's time, which is the next question
     * @param since from when on the changes are complete
     */
    record Answer(long now, long since, List<Noted> changes) {

        Answer {
            changes = List.copyOf(changes);
        }
    }

    private final Clock clock;
    private final Map<String, RealmMemory> realms = new HashMap<>();

    /** When it began to be told of everything; never, at first. */
    private long begin = Long.MAX_VALUE;

    private long latest = Long.MIN_VALUE;

    Memory(Clock clock) {
        this.clock = clock;
    }

    /** Starts anew: from now on it is told of everything, but something may have been missed before. */
    synchronized void begin() {
        realms.clear();
        // Nodes' clocks differ. What another node did just before may bear a later time.
        begin = now() + RealmMemory.OVERLAP;
    }

    synchronized void note(String realmId, Change change) {
        long now = now();
        if (realms.size() >= MAX_REALMS && !realms.containsKey(realmId)) {
            realms.values().removeIf(realm -> realm.isOld(now));
            if (realms.size() >= MAX_REALMS) {
                begin();
            }
        }
        realms.computeIfAbsent(realmId, absent -> new RealmMemory()).note(change, now);
    }

    /** @param time the time of an earlier answer; everything is told if there is none */
    synchronized Answer since(String realmId, OptionalLong time) {
        long now = now();
        RealmMemory realm = realms.get(realmId);
        long complete = Math.max(begin, now - RealmMemory.KEPT);
        return realm == null
                ? new Answer(now, Math.min(now, complete), List.of())
                : new Answer(
                        now,
                        Math.min(now, Math.max(complete, realm.completeSince())),
                        realm.since(time.orElse(now - RealmMemory.KEPT)));
    }

    /**
     * Returns whether such a change reached this node at that time, a little before, or later, or may have been missed.
     * What is older than {@link RealmMemory#KEPT} is forgotten.
     */
    synchronized boolean knows(String realmId, Predicate<Change> concerned, long time) {
        long since = Math.max(time, now() - RealmMemory.KEPT);
        RealmMemory realm = realms.get(realmId);
        return since < begin || realm != null && (since < realm.completeSince() || realm.knows(concerned, since));
    }

    /** Never goes back, so that no change is older than an answer that does not have it. */
    private long now() {
        latest = Math.max(latest, clock.millis());
        return latest;
    }
}
