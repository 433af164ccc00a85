package io.github.multiclientauth.testbed.matrix;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Which commit of ours is being tested. */
final class Checkout {

    /** Enough digits that they stay unique. */
    private static final String COMMIT = "--short=10";

    private Checkout() {}

    /**
     * The short hash of the commit, with {@code +changes} if tracked files differ from it, or {@code unknown} outside of a
     * repository.
     *
     * @param results the files that the matrix itself writes, relative to the root. Changes in them do not count
     */
    static String commit(Path root, List<String> results) throws IOException, InterruptedException {
        String commit = git(root, List.of("rev-parse", COMMIT, "HEAD"));
        if (commit.isEmpty()) {
            return "unknown";
        }
        List<String> others = new ArrayList<>(List.of("status", "--porcelain", "--untracked-files=no", "--", ":/"));
        results.forEach(file -> others.add(":(top,exclude)" + file));
        return git(root, others).isEmpty() ? commit : commit + "+changes";
    }

    /** What the command prints; empty if it fails. */
    private static String git(Path root, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = Stream.concat(Stream.of("git", "-C", root.toString()), arguments.stream())
                .toList();
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() == 0 ? output.strip() : "";
    }
}
