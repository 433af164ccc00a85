package io.github.multiclientauth.testbed.e2e;

import io.github.multiclientauth.testbed.launch.Artifacts;
import io.github.multiclientauth.testbed.process.JavaChild;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An application's own secrets, from the facade's command for administrators. */
final class PrintedSecret {

    private PrintedSecret() {}

    /** Runs {@code secret <client id>}. */
    static String of(String master, String clientId) throws IOException, InterruptedException {
        return printed(master, List.of(clientId));
    }

    /** Runs {@code secret <client id> previews}, for the application's previews. */
    static String ofPreviews(String master, String clientId) throws IOException, InterruptedException {
        return printed(master, List.of(clientId, "previews"));
    }

    private static String printed(String master, List<String> arguments) throws IOException, InterruptedException {
        String jar = Artifacts.of(System.getProperties()).facadeJar().toString();
        List<String> command = new ArrayList<>(List.of(JavaChild.java().toString(), "-jar", jar, "secret"));
        command.addAll(arguments);
        // Not in the folder of logs, because tests search those for secrets.
        Path printed = Files.createTempFile("secret", ".txt");
        try (JavaChild program = JavaChild.start("secret", command, Map.of("AUTH_SECRET", master), printed)) {
            if (program.await(passed -> {}) != 0) {
                throw new AssertionError("The facade does not print the secret: " + program.logTail());
            }
            return Files.readString(printed).strip();
        } finally {
            Files.delete(printed);
        }
    }
}
