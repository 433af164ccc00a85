package io.github.multiclientauth.facade.metrics;

import io.github.multiclientauth.facade.directory.LiveDirectory;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.inject.Singleton;

/** The age and the size of the list of applications, and whether it is enough to serve them. */
@Singleton
final class DirectoryGauges implements MeterBinder {

    private final LiveDirectory directory;

    DirectoryGauges(LiveDirectory directory) {
        this.directory = directory;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder(
                        "multi.client.auth.directory.applications",
                        directory,
                        live -> live.snapshot().applications().size())
                .description("Applications that the directory lists, those of disabled clients among them")
                .register(registry);
        Gauge.builder("multi.client.auth.directory.confirmed.timestamp", directory, DirectoryGauges::confirmed)
                .description("When the directory was last read, or found unchanged; 0 before the first time")
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder("multi.client.auth.ready", directory, DirectoryGauges::ready)
                .description("1 while the facade can serve applications, otherwise 0: then its readiness probe fails")
                .register(registry);
    }

    private static double ready(LiveDirectory live) {
        return live.canServe() ? 1 : 0;
    }

    private static double confirmed(LiveDirectory live) {
        return live.state().confirmedAt().map(at -> at.toEpochMilli() / 1000.0).orElse(0.0);
    }
}
