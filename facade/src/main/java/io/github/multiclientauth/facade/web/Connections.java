package io.github.multiclientauth.facade.web;

import io.github.multiclientauth.facade.event.Events;
import io.github.multiclientauth.facade.log.OperatorLog;
import io.github.multiclientauth.facade.wire.ArrivalLimits;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Sets up the limits of all connections. */
@Singleton
final class Connections {

    private static final long SWEEP_MILLIS = 1000;

    private final Unfinished unfinished;
    private final OperatorLog log;
    private final GateRules rules;

    Connections(
            ArrivalLimits limits,
            Events events,
            OperatorLog log,
            @ConfigProperty(name = "quarkus.http.limits.max-header-size") MemorySize headers,
            @ConfigProperty(name = "quarkus.http.limits.max-initial-line-length") int line,
            @ConfigProperty(name = "quarkus.http.proxy.proxy-address-forwarding") boolean forwarding,
            @ConfigProperty(name = "quarkus.http.http2") boolean http2) {
        this.unfinished = new Unfinished(limits.longest(), limits.mostBytes(), System::nanoTime);
        this.log = log;
        this.rules = new GateRules(unfinished, events, (int) headers.asLongValue() + line, forwarding, http2);
    }

    /** Runs before a port is opened. */
    void begin(@Observes Router router, Vertx vertx) {
        GateInstaller.use(rules);
        vertx.setPeriodic(SWEEP_MILLIS, timer -> {
            unfinished.sweep();
            log.sweep();
        });
    }

    /** Whether requests may come from a proxy that forwards the client's address and host. */
    boolean areForwarded() {
        return rules.forwarding();
    }

    Unfinished unfinished() {
        return unfinished;
    }
}
