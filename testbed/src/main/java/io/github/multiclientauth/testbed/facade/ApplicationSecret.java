package io.github.multiclientauth.testbed.facade;

import io.github.multiclientauth.testbed.process.JavaChild;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** An application's own {@code AUTH_SECRET}, from the facade's command for administrators. */
public final class ApplicationSecret {

    private ApplicationSecret() {}

    /**
     * Runs {@code secret}.
     *
     * @param jar the facade
     * @param master the facade's {@code AUTH_SECRET}
     * @param arguments the client id, and {@code previews} for those of the application's previews
     * @throws AssertionError with the command's message, if it prints no secret
     */
    public static String of(Path jar, String master, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(JavaChild.java().toString(), "-jar", jar.toString(), "secret"));
        command.addAll(Arrays.asList(arguments));
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
