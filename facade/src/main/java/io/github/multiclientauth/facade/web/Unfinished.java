package io.github.multiclientauth.facade.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

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
    private final Clock clock;
    private final Set<Arrival> oldestFirst = new LinkedHashSet<>();
    private long held;

    /** Why a request is not waited for any longer. */
    enum End {
        /** It took too long. */
        TIME,
        /** Others needed the memory. */
        ROOM
    }

    /** @param mostBytes that all of them may hold */
    Unfinished(Duration longest, long mostBytes, Clock clock) {
        this.longest = longest;
        this.mostBytes = mostBytes;
        this.clock = clock;
    }

    /** One request on its way. */
    final class Arrival {

        private final Instant until;
        private final BiConsumer<Arrival, End> onEnd;
        private long bytes;

        private Arrival(Instant until, BiConsumer<Arrival, End> onEnd) {
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
        Arrival arrival = new Arrival(clock.instant().plus(longest), onEnd);
        synchronized (this) {
            oldestFirst.add(arrival);
        }
        makeRoom(arrival, bytes);
        return arrival;
    }

    /** Ends those that have taken too long; to be called about once a second. */
    void sweep() {
        Instant now = clock.instant();
        List<Arrival> late = new ArrayList<>();
        synchronized (this) {
            Iterator<Arrival> arrivals = oldestFirst.iterator();
            while (arrivals.hasNext()) {
                Arrival arrival = arrivals.next();
                if (arrival.until.isAfter(now)) {
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
