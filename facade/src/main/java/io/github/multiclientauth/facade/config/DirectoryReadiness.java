package io.github.multiclientauth.facade.config;

import io.github.multiclientauth.facade.directory.LiveDirectory;
import io.quarkus.runtime.Application;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * The facade is not ready before the applications are known, or when all of them are gone: it would refuse every
 * request.
 */
@Readiness
@Singleton
final class DirectoryReadiness implements HealthCheck {

    private final LiveDirectory directory;

    DirectoryReadiness(LiveDirectory directory) {
        this.directory = directory;
    }

    @Override
    public HealthCheckResponse call() {
        LiveDirectory.State state = directory.state();
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("directory").status(directory.canServe() && isOpen());
        state.confirmedAt().ifPresent(at -> response.withData("confirmedAt", at.toString()));
        if (directory.isEmptied()) {
            response.withData("problem", "no application is left that can sign people in; see MCA00255");
        } else if (!state.problem().isEmpty()) {
            response.withData("problem", state.problem());
        }
        return response.build();
    }

    /** Whether all ports are open: the management port opens before that of the applications, which TLS delays. */
    private static boolean isOpen() {
        Application application = Application.currentApplication();
        return application == null || application.isStarted();
    }
}
