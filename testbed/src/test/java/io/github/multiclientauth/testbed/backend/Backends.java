package io.github.multiclientauth.testbed.backend;

import io.github.multiclientauth.testbed.keycloak.KeycloakBackend;
import io.github.multiclientauth.testbed.launch.Artifacts;
import io.github.multiclientauth.testbed.process.StartFailedException;
import java.io.IOException;
import java.util.Properties;

/** Chooses the kind of Keycloak for the tests. */
public final class Backends {

    private static final String BACKEND = "keycloak.backend";
    private static final String IMAGE = "testbed.keycloak.image";

    private Backends() {}

    /** @throws StartFailedException if {@code keycloak.backend} is neither {@code zip} nor {@code container} */
    public static KeycloakBackend of(Properties properties, Artifacts artifacts) throws IOException {
        String backend = properties.getProperty(BACKEND, "zip");
        return switch (backend) {
            case "zip" -> KeycloakBackend.zip(ServerHome.extended(artifacts), artifacts.extensionJar());
            case "container" ->
                (settings, buildLog, lifeline, building) ->
                        ContainerKeycloak.start(properties.getProperty(IMAGE), artifacts.extensionJar(), settings);
            default ->
                throw new StartFailedException(BACKEND + " is \"" + backend
                        + "\"; it can be zip, Keycloak's server zip, or container, its image");
        };
    }
}
