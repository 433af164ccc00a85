package io.github.multiclientauth.facade.log;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Lets one message of each kind through in a minute and counts the others. Strangers can cause messages at will. They
 * must not fill a disk, or hide other messages.
 */
final class Throttle {

    static final Duration WINDOW = Duration.ofMinutes(1);

    /** The largest number of kinds at a time. Further ones share one kind for each message. */
    static final int MAX_KINDS = 1000;

    /** The number of references in a summary: enough for people, too few to fill a disk with. */
    static final int MAX_REFERENCES = 20;

    private static final String OTHERS = "others";

    private final Clock clock;
    private final Summary summary;
    private final Map<Kind, Window> windows = new HashMap<>();

    /**
     * A kind of message.
     *
     * @param message the id, {@code MCA00210} for example
     * @param of what further distinguishes the kind, for example a client id; may be empty
     */
    record Kind(String message, String of) {}

    /** Receives what was left out of a minute. */
    @FunctionalInterface
    interface Summary {

        /** @param references of the first messages: people read them from the page and ask for them */
        void leftOut(Kind kind, long count, List<String> references);
    }

    private static final class Window {

        private final List<String> references = new ArrayList<>();
        private Instant began;
        private long leftOut;

        Window(Instant began) {
            this.began = began;
        }
    }

    /**
     * @param summary receives what was left out, before the next message is let through or after the minute
     */
    Throttle(Clock clock, Summary summary) {
        this.clock = clock;
        this.summary = summary;
    }

    /** Whether this message, which has no reference, is to be written. */
    boolean lets(String message, String of) {
        return lets(message, of, () -> "");
    }

    /** Whether this message is to be written. Otherwise its reference is in the summary. */
    boolean lets(String message, String of, Supplier<String> reference) {
        Instant now = clock.instant();
        synchronized (this) {
            Kind kind = kind(message, of);
            Window window = windows.get(kind);
            if (window == null) {
                windows.put(kind, new Window(now));
                return true;
            }
            if (isOpen(window, now)) {
                window.leftOut++;
                if (window.references.size() < MAX_REFERENCES) {
                    window.references.add(reference.get());
                }
                return false;
            }
            report(kind, window);
            window.began = now;
            return true;
        }
    }

    private Kind kind(String message, String of) {
        Kind kind = new Kind(message, of);
        return windows.size() < MAX_KINDS || windows.containsKey(kind) ? kind : new Kind(message, OTHERS);
    }

    /** Reports what was left out in minutes that are over, and forgets those. To be called now and then. */
    void sweep() {
        Instant now = clock.instant();
        synchronized (this) {
            List<Kind> over = new ArrayList<>();
            windows.forEach((kind, window) -> {
                if (!isOpen(window, now)) {
                    report(kind, window);
                    over.add(kind);
                }
            });
            over.forEach(windows::remove);
        }
    }

    /**
     * Whether the minute is not over. A window in the future counts as over: the clock was set back, by an unknown
     * time.
     */
    private static boolean isOpen(Window window, Instant now) {
        return !now.isBefore(window.began) && now.isBefore(window.began.plus(WINDOW));
    }

    private void report(Kind kind, Window window) {
        if (window.leftOut > 0) {
            List<String> references = window.references.stream()
                    .filter(text -> !text.isEmpty())
                    .distinct()
                    .toList();
            summary.leftOut(kind, window.leftOut, references);
            window.leftOut = 0;
            window.references.clear();
        }
    }
}
