package io.github.multiclientauth.facade.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The build, in the usual form: the value is always 1, and the version is a label. */
@Singleton
final class BuildInfo implements MeterBinder {

    private final String version;

    BuildInfo(@ConfigProperty(name = "quarkus.application.version") String version) {
        this.version = version;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("multi.client.auth.build.info", () -> 1)
                .description("The build of the facade")
                .tag("version", version)
                .register(registry);
    }
}
