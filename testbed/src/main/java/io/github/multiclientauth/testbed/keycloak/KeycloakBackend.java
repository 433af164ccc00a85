package io.github.multiclientauth.testbed.keycloak;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/** The kind of Keycloak that runs: a server zip or an image, with the extension. */
@FunctionalInterface
public interface KeycloakBackend {

    /**
     * Starts a server. Returns at once, or after building the extension in.
     *
     * @param buildLog receives what building prints
     * @param lifeline see {@link io.github.multiclientauth.testbed.process.JavaChild#lifelineOption}
     * @param building gets the time that the build has taken so far; not called if no build is needed
     */
    RunningKeycloak start(KeycloakServer.Settings settings, Path buildLog, String lifeline, Consumer<Duration> building)
            throws IOException, InterruptedException;

    /**
     * A server zip.
     *
     * @param home the folder of the unpacked zip
     */
    static KeycloakBackend zip(Path home, Path extensionJar) {
        return (settings, buildLog, lifeline, building) -> {
            KeycloakBuild build = KeycloakBuild.of(home, extensionJar, buildLog, lifeline, building);
            boolean started = false;
            try {
                KeycloakServer server = KeycloakServer.start(build, settings, lifeline);
                started = true;
                return server;
            } finally {
                if (!started) {
                    build.close();
                }
            }
        };
    }
}
