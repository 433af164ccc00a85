package io.github.multiclientauth.facade.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The build, in the usual form: the value is always 1, and version and commit are labels. */
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
                .tag("commit", commit())
                .register(registry);
    }

    /** The commit of a release; {@code unknown} in other builds. */
    private static String commit() {
        try (InputStream file = BuildInfo.class.getResourceAsStream("build.properties")) {
            Properties build = new Properties();
            build.load(file);
            return build.getProperty("commit");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
