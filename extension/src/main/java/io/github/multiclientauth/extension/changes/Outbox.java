package io.github.multiclientauth.extension.changes;

import io.github.multiclientauth.extension.changes.Change.RealmChanged;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** What other nodes do not know yet. A flood of changes becomes few words. */
final class Outbox {

    /** About 70 kilobytes of a message. */
    static final int MAX_CHANGES = 1_000;

    /**
     * What is told at one time.
     *
     * @param realms the changes, by realm
     * @param anything whether it was too much to say what
     */
    record Batch(Map<String, Set<Change>> realms, boolean anything) {

        static final Batch NOTHING = new Batch(Map.of(), false);

        boolean isEmpty() {
            return realms.isEmpty() && !anything;
        }
    }

    private Map<String, Set<Change>> realms = new HashMap<>();
    private int size;
    private boolean anything;

    synchronized void add(String realmId, Change change) {
        put(realmId, change);
        notifyAll();
    }

    /** Takes back what could not be told. */
    synchronized void putBack(Batch batch) {
        anything |= batch.anything();
        batch.realms().forEach((realmId, changes) -> changes.forEach(change -> put(realmId, change)));
    }

    private void put(String realmId, Change change) {
        if (anything) {
            return;
        }
        if (realms.computeIfAbsent(realmId, absent -> new LinkedHashSet<>()).add(change)) {
            size++;
        }
        if (size > MAX_CHANGES) {
            realms.replaceAll((realm, changes) -> new LinkedHashSet<>(Set.of(new RealmChanged())));
            size = realms.size();
        }
        if (size > MAX_CHANGES) {
            realms.clear();
            anything = true;
        }
    }

    /** Waits until there is something, or the time is over, and takes it. */
    synchronized Batch take(long millis) throws InterruptedException {
        if (realms.isEmpty() && !anything) {
            wait(millis);
        }
        Batch batch = new Batch(realms, anything);
        realms = new HashMap<>();
        size = 0;
        anything = false;
        return batch;
    }
}
