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
 * Requests of all connections that have begun to arrive and are not complete. None may take longer than a time, and
 * together they hold no more than a number of bytes.
 *
 * <p>If they would hold more, the oldest gives way: a browser's request is complete within a moment, and those of
 * somebody who wants to use up the memory are not.
 */
final class Unfinished {

    private final Duration longest;
    private final long mostBytes;
    private final LongSupplier nanoTime;
    private final Set<Arrival> oldestFirst = new LinkedHashSet<>();
    private long held;

    /** Why a request is not waited for any longer. */
    enum End {
        /** It took too long. */
        TIME,
        /** Others needed the memory. */
        ROOM
    }

    /**
     * @param mostBytes that all of them may hold
     * @param nanoTime as {@link System#nanoTime}: the machine's clock may be set
     */
    Unfinished(Duration longest, long mostBytes, LongSupplier nanoTime) {
        this.longest = longest;
        this.mostBytes = mostBytes;
        this.nanoTime = nanoTime;
    }

    /** One request on its way. */
    final class Arrival {

        private final long until;
        private final BiConsumer<Arrival, End> onEnd;
        private long bytes;

        private Arrival(long until, BiConsumer<Arrival, End> onEnd) {
            this.until = until;
            this.onEnd = onEnd;
        }

        /** Notes that it holds more than before. */
        void grow(long more) {
            makeRoom(this, more);
        }

        /** Ends the waiting: the request is complete, or its connection is closed. Does nothing the second time. */
        void end() {
            forget(this);
        }
    }

    /**
     * @param bytes that the request holds at the beginning
     * @param onEnd called once, by whatever thread, unless the arrival ends before
     */
    Arrival begin(long bytes, BiConsumer<Arrival, End> onEnd) {
        Arrival arrival = new Arrival(nanoTime.getAsLong() + longest.toNanos(), onEnd);
        synchronized (this) {
            oldestFirst.add(arrival);
        }
        makeRoom(arrival, bytes);
        return arrival;
    }

    /** Ends those that have taken too long; to be called about once a second. */
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
        // Not within the lock: what is called may take others.
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
