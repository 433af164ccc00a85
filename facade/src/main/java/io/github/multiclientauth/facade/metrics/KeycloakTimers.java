package io.github.multiclientauth.facade.metrics;

import io.github.multiclientauth.facade.oidc.KeycloakEndpoint;
import io.github.multiclientauth.facade.oidc.KeycloakWatch;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;

/** Measures how long Keycloak takes, by endpoint. */
@Singleton
@Typed(KeycloakTimers.class)
public final class KeycloakTimers implements KeycloakWatch {

    /** The bounds of the histogram: a quick answer on the same network is the lowest, the time-outs are the highest. */
    private static final Duration[] BOUNDS = {
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10)
    };

    /** The outcome of a request. */
    enum Outcome {
        SUCCESS,
        CLIENT_ERROR,
        SERVER_ERROR,
        /** No answer, or an unreadable one. */
        NO_ANSWER;

        static Outcome of(int status) {
            if (status >= 500) {
                return SERVER_ERROR;
            }
            return status >= 400 ? CLIENT_ERROR : SUCCESS;
        }
    }

    private final MeterRegistry registry;
    private final Map<KeycloakEndpoint, Map<Outcome, Timer>> timers = new EnumMap<>(KeycloakEndpoint.class);

    KeycloakTimers(MeterRegistry registry) {
        this.registry = registry;
        for (KeycloakEndpoint endpoint : KeycloakEndpoint.values()) {
            Map<Outcome, Timer> ofEndpoint = new EnumMap<>(Outcome.class);
            for (Outcome outcome : Outcome.values()) {
                ofEndpoint.put(outcome, timer(endpoint, outcome));
            }
            timers.put(endpoint, ofEndpoint);
        }
    }

    private Timer timer(KeycloakEndpoint endpoint, Outcome outcome) {
        return Timer.builder("multi.client.auth.keycloak.requests")
                .description("Requests of the facade to Keycloak")
                .tag("endpoint", endpoint.name().toLowerCase(Locale.ROOT))
                .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                .serviceLevelObjectives(BOUNDS)
                .register(registry);
    }

    @Override
    public Exchange begin(KeycloakEndpoint endpoint, String method, URI address, BiConsumer<String, String> headers) {
        Timer.Sample sample = Timer.start(registry);
        Map<Outcome, Timer> ofEndpoint = timers.get(endpoint);
        return new Exchange() {
            @Override
            public void answered(int status) {
                sample.stop(ofEndpoint.get(Outcome.of(status)));
            }

            @Override
            public void failed(Exception failure) {
                sample.stop(ofEndpoint.get(Outcome.NO_ANSWER));
            }
        };
    }
}
