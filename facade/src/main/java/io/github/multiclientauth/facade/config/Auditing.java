package io.github.multiclientauth.facade.config;

import io.github.multiclientauth.facade.audit.AuditOutput;
import io.github.multiclientauth.facade.audit.AuditTrail;
import io.github.multiclientauth.facade.event.Events;
import io.github.multiclientauth.facade.trace.TracedWork;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;

/** The audit stream from the start of the facade to its end, if the operator wants one. */
final class Auditing {

    private static final long SWEEP_MILLIS = 1000;

    private final Optional<Stream> stream;

    private record Stream(AuditTrail trail, AuditOutput output) {}

    private Auditing(Optional<Stream> stream) {
        this.stream = stream;
    }

    /**
     * Opens the stream.
     *
     * @param version of the facade
     * @throws UnusableSettingException if there is to be one, and its file cannot be opened: a facade that should write an audit
     *     stream does not run without
     */
    static Auditing of(Optional<Settings.Audit> settings, String version, Clock clock) {
        return new Auditing(settings.map(chosen -> {
            AuditOutput output = open(chosen, clock);
            var options = new AuditTrail.Options(chosen.clientAddress(), chosen.names(), chosen.instance(), version);
            return new Stream(new AuditTrail(options, clock, TracedWork::traceId, output), output);
        }));
    }

    private static AuditOutput open(Settings.Audit chosen, Clock clock) {
        try {
            return AuditOutput.open(chosen.file(), clock);
        } catch (IOException e) {
            throw new UnusableSettingException(
                    "mca.audit.file",
                    "cannot be opened for writing: " + e.getClass().getSimpleName() + " " + e.getMessage());
        }
    }

    /** Reports to the stream as well. */
    Events and(Events others) {
        return stream.<Events>map(found -> event -> {
                    others.report(event);
                    found.trail().report(event);
                })
                .orElse(others);
    }

    void start(Vertx vertx) {
        stream.ifPresent(found -> {
            found.trail().started();
            vertx.setPeriodic(SWEEP_MILLIS, timer -> found.trail().sweep());
        });
    }

    void stop() {
        stream.ifPresent(found -> {
            found.trail().stopped();
            found.output().close();
        });
    }
}
