package io.github.multiclientauth.facade.config;

import io.quarkus.vertx.VertxOptionsCustomizer;
import io.vertx.core.VertxOptions;
import io.vertx.core.metrics.MetricsOptions;
import jakarta.inject.Singleton;

/**
 * Vert.x counts and traces nothing: the facade does both itself. Quarkus lets it call into Micrometer and OpenTelemetry at each
 * request even where both are told to leave HTTP alone, which a read of a session would feel.
 */
@Singleton
final class VertxAlone implements VertxOptionsCustomizer {

    @Override
    public void accept(VertxOptions options) {
        options.setMetricsOptions(new MetricsOptions().setEnabled(false)).setTracingOptions(null);
    }
}
