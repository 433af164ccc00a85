package io.github.multiclientauth.testbed.keycloak;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/** What a Keycloak with the extension is made of. */
@FunctionalInterface
public interface KeycloakBackend {

    /**
     * Starts one and returns at once, or as soon as the extension is built in.
     *
     * @param buildLog receives what building prints
     * @param lifeline see {@link io.github.multiclientauth.testbed.process.JavaChild#lifelineOption}
     * @param building told the time that building takes; never if none is needed
     */
    RunningKeycloak start(KeycloakServer.Settings settings, Path buildLog, String lifeline, Consumer<Duration> building)
            throws IOException, InterruptedException;

    /**
     * The server zip.
     *
     * @param home where it is unpacked
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
