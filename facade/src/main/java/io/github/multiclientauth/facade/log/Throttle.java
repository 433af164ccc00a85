package io.github.multiclientauth.facade.log;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Lets one message of a kind through in a minute and counts the others: strangers cause them at will, and must not fill a
 * disk, or hide what else is in the log.
 */
final class Throttle {

    static final Duration WINDOW = Duration.ofMinutes(1);

    /** Of more kinds at a time, the further ones share one for each message. */
    static final int MAX_KINDS = 1000;

    private static final String OTHERS = "others";

    private final Clock clock;
    private final BiConsumer<Kind, Long> summary;
    private final Map<Kind, Window> windows = new HashMap<>();

    /**
     * What counts together.
     *
     * @param message the id, {@code MCA00210} for example
     * @param of whose messages they are: a client id, or what else tells them apart; may be empty
     */
    record Kind(String message, String of) {}

    private static final class Window {

        private Instant began;
        private long leftOut;

        Window(Instant began) {
            this.began = began;
        }
    }

    /** @param summary gets how many were left out, before the next one is let through, or at the end of the minute */
    Throttle(Clock clock, BiConsumer<Kind, Long> summary) {
        this.clock = clock;
        this.summary = summary;
    }

    /** Whether this one is to be written. */
    boolean lets(String message, String of) {
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

    /** Tells what was left out in minutes that are over, and forgets them; to be called now and then. */
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

    /** One that has not begun yet is over: the machine's clock was set back, for as long as nobody knows. */
    private static boolean isOpen(Window window, Instant now) {
        return !now.isBefore(window.began) && now.isBefore(window.began.plus(WINDOW));
    }

    private void report(Kind kind, Window window) {
        if (window.leftOut > 0) {
            summary.accept(kind, window.leftOut);
            window.leftOut = 0;
        }
    }
}
