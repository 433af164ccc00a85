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

/** Programs that end by themselves, run from the project's root folder; all they say goes to one log. */
final class Command {

    private final Path directory;
    private final Path log;

    Command(Path directory, Path log) {
        this.directory = directory;
        this.log = log;
    }

    /** How a program ended and what it said. */
    record Outcome(int status, String output) {}

    /**
     * @return what it said
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

    /** The same for a program that may fail. */
    Outcome attempt(Duration limit, List<String> program) {
        Process process = null;
        try {
            // To a file, not to a pipe: a program that hangs must not make us wait for the end of what it says.
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
