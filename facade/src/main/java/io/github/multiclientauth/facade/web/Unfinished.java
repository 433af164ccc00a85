package io.github.multiclientauth.facade.web;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/**
 * Requests of all connections that are still arriving. Each has limited time, and all of them together have limited memory.
 *
 * <p>If they need more memory, the oldest is ended first: a browser's request is complete within a moment, an attacker's is
 * not.
 */
final class Unfinished {

    private final Duration longest;
    private final long mostBytes;
    private final LongSupplier nanoTime;
    private final Set<Arrival> oldestFirst = new LinkedHashSet<>();
    private long held;

    /** Why the facade stops waiting for a request. */
    enum End {
        /** The request took too long. */
        TIME,
        /** Other requests needed the memory. */
        ROOM
    }

    /**
     * @param mostBytes that all of them may hold
     * @param nanoTime as {@link System#nanoTime}: the machine's clock may jump
     */
    Unfinished(Duration longest, long mostBytes, LongSupplier nanoTime) {
        this.longest = longest;
        this.mostBytes = mostBytes;
        this.nanoTime = nanoTime;
    }

    /** A request that is arriving. */
    final class Arrival {

        private final long until;
        private final BiConsumer<Arrival, End> onEnd;
        private long bytes;

        private Arrival(long until, BiConsumer<Arrival, End> onEnd) {
            this.until = until;
            this.onEnd = onEnd;
        }

        /** Adds bytes that the request holds. */
        void grow(long more) {
            makeRoom(this, more);
        }

        /** Ends the arrival: the request is complete, or its connection is closed. Does nothing the second time. */
        void end() {
            forget(this);
        }
    }

    /**
     * Adds a request that begins to arrive.
     *
     * @param bytes that the request holds at the beginning
     * @param onEnd is called once, by any thread, unless the arrival ends before
     */
    Arrival begin(long bytes, BiConsumer<Arrival, End> onEnd) {
        Arrival arrival = new Arrival(nanoTime.getAsLong() + longest.toNanos(), onEnd);
        synchronized (this) {
            oldestFirst.add(arrival);
        }
        makeRoom(arrival, bytes);
        return arrival;
    }

    /** Ends requests that have taken too long. Must be called about once a second. */
    void sweep() {
        long now = nanoTime.getAsLong();
        List<Arrival> late = new ArrayList<>();
        synchronized (this) {
            Iterator<Arrival> arrivals = oldestFirst.iterator();
            while (arrivals.hasNext()) {
                Arrival arrival = arrivals.next();
                if (arrival.until - now > 0) {
                    break;
                }
                arrivals.remove();
                held -= arrival.bytes;
                late.add(arrival);
            }
        }
        late.forEach(arrival -> arrival.onEnd.accept(arrival, End.TIME));
    }

    private void makeRoom(Arrival growing, long more) {
        List<Arrival> ended = new ArrayList<>();
        synchronized (this) {
            if (!oldestFirst.contains(growing)) {
                return;
            }
            growing.bytes += more;
            held += more;
            Iterator<Arrival> arrivals = oldestFirst.iterator();
            while (held > mostBytes && arrivals.hasNext()) {
                Arrival arrival = arrivals.next();
                arrivals.remove();
                held -= arrival.bytes;
                ended.add(arrival);
            }
        }
        // Outside the lock: the callback may take other locks.
        ended.forEach(arrival -> arrival.onEnd.accept(arrival, End.ROOM));
    }

    private synchronized void forget(Arrival arrival) {
        if (oldestFirst.remove(arrival)) {
            held -= arrival.bytes;
        }
    }

    synchronized long held() {
        return held;
    }
}
