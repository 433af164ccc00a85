package io.github.multiclientauth.facade.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

/**
 * Measures how long answers take, with the name and the labels of Quarkus' own timer. That one is off: it would make a
 * label of each path that a stranger sends, and costs more on every request.
 */
@Singleton
public final class HttpTimers {

    private static final Duration[] BOUNDS = {
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(25),
        // The objective of docs/alerts.yaml for reads of sessions.
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofMillis(2500),
        Duration.ofSeconds(10)
    };

    /** Quarkus' name for the status of a request whose client went away. */
    private static final String RESET = "RESET";

    private static final Set<String> METHODS = Set.of("GET", "POST", "OPTIONS");

    /** The label for a path that does not exist: strangers make paths up. */
    public static final String NO_ROUTE = Labels.OTHER;

    private final MeterRegistry registry;
    private final ConcurrentMap<Series, Timer> timers = new ConcurrentHashMap<>();

    private record Series(String method, String uri, OptionalInt status) {}

    HttpTimers(MeterRegistry registry) {
        this.registry = registry;
    }

    /**
     * @param route the path, with what differs from request to request left out; or {@link #NO_ROUTE}
     * @param status the status of the answer; empty if the client disconnected before it
     * @param began the start, by {@link System#nanoTime}
     */
    public void answered(String method, String route, OptionalInt status, long began) {
        timers.computeIfAbsent(new Series(knows(method) ? method : Labels.OTHER, route, status), this::register)
                .record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
    }

    /** Whether our clients use this method. Strangers make methods up. */
    public static boolean knows(String method) {
        return METHODS.contains(method);
    }

    private static String status(OptionalInt status) {
        return status.isPresent() ? Integer.toString(status.getAsInt()) : RESET;
    }

    private Timer register(Series series) {
        return Timer.builder("http.server.requests")
                .description("Answers of the facade")
                .tag("method", series.method())
                .tag("uri", series.uri())
                .tag("status", status(series.status()))
                .serviceLevelObjectives(BOUNDS)
                .register(registry);
    }
}
