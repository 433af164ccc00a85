package io.github.multiclientauth.testbed.e2e;

import io.github.multiclientauth.testbed.facade.ApplicationSecret;
import io.github.multiclientauth.testbed.launch.Artifacts;
import java.io.IOException;
import java.nio.file.Path;

/** An application's own secrets, from the facade's command for administrators. */
final class PrintedSecret {

    private PrintedSecret() {}

    /** Runs {@code secret <client id>}. */
    static String of(String master, String clientId) throws IOException, InterruptedException {
        return ApplicationSecret.of(facade(), master, clientId);
    }

    /** Runs {@code secret <client id> previews}, for the application's previews. */
    static String ofPreviews(String master, String clientId) throws IOException, InterruptedException {
        return ApplicationSecret.of(facade(), master, clientId, "previews");
    }

    private static Path facade() {
        return Artifacts.of(System.getProperties()).facadeJar();
    }
}
