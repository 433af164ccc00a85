package io.github.multiclientauth.facade.config;

import io.quarkus.vertx.VertxOptionsCustomizer;
import io.vertx.core.VertxOptions;
import io.vertx.core.metrics.MetricsOptions;
import jakarta.inject.Singleton;

/**
 * Switches off Vert.x' metrics and traces, since the facade has its own. Otherwise Quarkus makes Vert.x call Micrometer
 * and OpenTelemetry for each request, even if both are told to leave HTTP alone, and a session read would be slower.
 */
@Singleton
final class VertxAlone implements VertxOptionsCustomizer {

    @Override
    public void accept(VertxOptions options) {
        options.setMetricsOptions(new MetricsOptions().setEnabled(false)).setTracingOptions(null);
    }
}
