package io.github.multiclientauth.testbed.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.testbed.Skipped;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program of Debian that checks files for operators. Without it, tests are skipped with a message. With {@code CI=true} they fail.
 *
 * @param path where it is
 */
public record Tool(Path path) {

    /** The exit status and everything that it has printed. */
    public record Outcome(int status, String output) {}

    /** Finds {@code promtool}, which checks what is written for Prometheus. */
    static Tool promtool() {
        return named("promtool", "prometheus", "ALERTS AND DASHBOARD");
    }

    /** Finds {@code systemd-analyze}, which checks units. */
    public static Tool systemdAnalyze() {
        return named("systemd-analyze", "systemd", "THE SYSTEMD UNIT");
    }

    private static Tool named(String name, String debianPackage, String what) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst()
                .map(Tool::new)
                .orElseThrow(() -> Skipped.because(
                        "TESTS OF " + what,
                        "There is no " + name + ". On Debian: apt-get install --no-install-recommends "
                                + debianPackage));
    }

    /** Runs it, and returns when it has ended. */
    public Outcome run(String... arguments) throws IOException, InterruptedException {
        Path output = Files.createTempFile(path.getFileName().toString(), ".log");
        Process process = new ProcessBuilder(Stream.concat(Stream.of(path.toString()), Stream.of(arguments))
                        .toList())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(5, TimeUnit.MINUTES);
        process.destroyForcibly();
        assertThat(ended).as("%s %s ends", path, List.of(arguments)).isTrue();
        String printed = Files.readString(output).strip();
        Files.delete(output);
        return new Outcome(process.exitValue(), printed);
    }
}
