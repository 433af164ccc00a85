package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.testbed.Skipped;
import io.github.multiclientauth.testbed.keycloak.KeycloakServer;
import io.github.multiclientauth.testbed.launch.Artifacts;
import io.github.multiclientauth.testbed.process.JavaChild;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A shell of an administrator, with Keycloak's {@code kcadm.sh}, curl and jq. */
final class Shell {

    private static final long LIMIT_SECONDS = 180;

    private Shell() {}

    /** Runs a script with the settings that our scripts read, and returns what it prints. */
    static String run(Chain chain, Path directory, String script) throws IOException, InterruptedException {
        for (String tool : List.of("curl", "jq")) {
            requireThere(tool);
        }
        Path file = Files.writeString(Files.createTempFile(directory, "script", ".sh"), script);
        Path out = Files.createTempFile(directory, "script", ".out");
        ProcessBuilder builder = new ProcessBuilder("sh", file.toString())
                .directory(directory.toFile())
                .redirectErrorStream(false)
                .redirectOutput(out.toFile());
        Path err = Files.createTempFile(directory, "script", ".err");
        builder.redirectError(err.toFile());
        Path home = Artifacts.of(System.getProperties()).keycloakHome();
        builder.environment()
                .putAll(Map.of(
                        "KEYCLOAK",
                        chain.keycloak().toString(),
                        "REALM",
                        KeycloakServer.REALM,
                        "ADMIN",
                        KeycloakServer.ADMINISTRATOR,
                        "KC_CLI_PASSWORD",
                        chain.secrets().administrator(),
                        "JAVA_HOME",
                        JavaChild.java().getParent().getParent().toString(),
                        "KC_OPTS",
                        "-XX:TieredStopAtLevel=1",
                        "PATH",
                        home.resolve("bin") + File.pathSeparator + System.getenv("PATH")));
        Process process = builder.start();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("The script does not end: " + script);
        }
        String said = Files.readString(out) + Files.readString(err);
        assertThat(process.exitValue()).as(said).isZero();
        assertThat(said).doesNotContain(chain.secrets().administrator());
        return Files.readString(out);
    }

    private static void requireThere(String tool) {
        boolean there = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
        if (!there) {
            throw Skipped.because(
                    "THE TESTS OF THE REALM AS CODE", "There is no " + tool + ". On Debian: apt-get install " + tool);
        }
    }
}
