package io.github.multiclientauth.testbed.e2e;

import io.github.multiclientauth.testbed.launch.Artifacts;
import io.github.multiclientauth.testbed.process.JavaChild;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** An application's own secret, as the facade prints it for an administrator ({@code secret <client id>}). */
final class PrintedSecret {

    private PrintedSecret() {}

    static String of(String master, String clientId) throws IOException, InterruptedException {
        String jar = Artifacts.of(System.getProperties()).facadeJar().toString();
        // Printed, and therefore not among the logs, which are searched for secrets.
        Path printed = Files.createTempFile("secret", ".txt");
        try (JavaChild program = JavaChild.start(
                "secret",
                List.of(JavaChild.java().toString(), "-jar", jar, "secret", clientId),
                Map.of("AUTH_SECRET", master),
                printed)) {
            if (program.await(passed -> {}) != 0) {
                throw new AssertionError("The facade does not print the secret: " + program.logTail());
            }
            return Files.readString(printed).strip();
        } finally {
            Files.delete(printed);
        }
    }
}
