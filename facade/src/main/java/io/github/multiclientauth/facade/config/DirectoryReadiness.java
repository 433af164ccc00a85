package io.github.multiclientauth.facade.config;

import io.github.multiclientauth.facade.directory.LiveDirectory;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Not ready before the applications are known: requests would be refused. */
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
                HealthCheckResponse.named("directory").status(directory.isReady());
        state.confirmedAt().ifPresent(at -> response.withData("confirmedAt", at.toString()));
        if (!state.problem().isEmpty()) {
            response.withData("problem", state.problem());
        }
        return response.build();
    }
}
