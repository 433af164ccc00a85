package io.github.multiclientauth.release;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of this machine, such as {@code gpg} or {@code docker}. */
final class Program {

    private static final int LIMIT_MINUTES = 30;

    private Program() {}

    /**
     * Runs it.
     *
     * @param input what it reads, which no message repeats
     * @return what it prints
     * @throws IllegalStateException with what it prints, if it fails
     */
    static String run(Path folder, String input, List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("release", ".log");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            try {
                process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
                process.getOutputStream().close();
            } catch (IOException ended) {
                // It has not read its input; its status says whether that is a failure.
            }
            boolean done = process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES);
            if (!done) {
                process.destroyForcibly();
            }
            String printed = Files.readString(output);
            if (!done || process.exitValue() != 0) {
                throw new IllegalStateException(String.join(" ", command) + " failed:\n" + printed);
            }
            return printed;
        } finally {
            Files.delete(output);
        }
    }
}
