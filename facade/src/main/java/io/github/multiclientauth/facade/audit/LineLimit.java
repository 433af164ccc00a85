package io.github.multiclientauth.facade.audit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ObjIntConsumer;

/**
 * Limits lines that strangers can cause at will, so that they fill no disk. The number of those that were left out is written
 * when the minute is over.
 */
final class LineLimit {

    /** Lines of one kind in a minute. More than an auditor reads, and enough to see an attack in. */
    static final int MOST = 100;

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Clock clock;
    private final ObjIntConsumer<Kind> report;
    private final Map<Kind, Integer> written = new HashMap<>();
    private Instant end = Instant.MIN;

    /**
     * What counts together. There are as many as events, reasons and applications.
     *
     * @param application the client id, or empty
     */
    record Kind(AuditEvent event, AuditReason reason, String application) {}

    /** @param report gets how many lines of a kind were left out */
    LineLimit(Clock clock, ObjIntConsumer<Kind> report) {
        this.clock = clock;
        this.report = report;
    }

    /** Whether this line is written. */
    boolean lets(AuditEvent event, AuditReason reason, String application) {
        sweep();
        Kind kind = new Kind(event, reason, application);
        synchronized (written) {
            if (written.isEmpty()) {
                end = clock.instant().plus(MINUTE);
            }
            return written.merge(kind, 1, Integer::sum) <= MOST;
        }
    }

    /** Reports if a minute is over. */
    void sweep() {
        boolean over;
        synchronized (written) {
            over = !written.isEmpty() && !clock.instant().isBefore(end);
        }
        if (over) {
            end();
        }
    }

    /** Ends the minute now. */
    void end() {
        Map<Kind, Integer> counted;
        synchronized (written) {
            counted = new HashMap<>(written);
            written.clear();
        }
        counted.forEach((kind, number) -> {
            if (number > MOST) {
                report.accept(kind, number - MOST);
            }
        });
    }
}
