package io.github.multiclientauth.testbed.compose;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs programs that end by themselves, from the project's root folder. All their output goes to one log. */
final class Command {

    private final Path directory;
    private final Path log;

    Command(Path directory, Path log) {
        this.directory = directory;
        this.log = log;
    }

    /** The exit status and the output of a program. */
    record Outcome(int status, String output) {}

    /**
     * @return its output
     * @throws AssertionError unless it ends with status 0 and within the limit
     */
    String run(Duration limit, List<String> program) {
        Outcome outcome = attempt(limit, program);
        if (outcome.status() != 0) {
            throw new AssertionError(
                    String.join(" ", program) + " ended with status " + outcome.status() + ":\n" + outcome.output());
        }
        return outcome.output();
    }

    /** Runs a program that may fail. */
    Outcome attempt(Duration limit, List<String> program) {
        Process process = null;
        try {
            // Writes to a file instead of a pipe, so that a program that hangs does not block the reader.
            Path output = Files.createTempFile("command", ".log");
            process = new ProcessBuilder(new ArrayList<>(program))
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            process.getOutputStream().close();
            boolean ended = process.waitFor(limit.toSeconds(), TimeUnit.SECONDS);
            String said = Files.readString(output, StandardCharsets.UTF_8);
            Files.delete(output);
            Files.writeString(
                    log,
                    "$ " + String.join(" ", program) + "\n" + said,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
            if (!ended) {
                throw new AssertionError(
                        String.join(" ", program) + " did not end in " + limit.toSeconds() + " s:\n" + said);
            }
            return new Outcome(process.exitValue(), said);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", interrupted);
        } finally {
            if (process != null) {
                process.destroyForcibly();
            }
        }
    }
}
