package io.github.multiclientauth.testbed.matrix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * The runs whose reports are in the folder of one Keycloak: when they were, and with which commit. A run does not repeat what has
 * passed, so that the results of one Keycloak can come from several commits.
 *
 * @param runs oldest first
 */
record Runs(List<Run> runs) {

    private static final String FILE = "runs";

    /**
     * One start of the suite.
     *
     * @param date ISO 8601
     * @param commit as {@link Checkout} names it
     */
    record Run(String date, String commit) {

        private static Run read(String line) {
            int space = line.indexOf(' ');
            return new Run(line.substring(0, space), line.substring(space + 1));
        }

        private String line() {
            return date + ' ' + commit + '\n';
        }
    }

    /** @throws IOException if the file cannot be read; a file that does not exist has no runs */
    static Runs in(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        try (Stream<String> lines = Files.exists(file) ? Files.lines(file) : Stream.empty()) {
            return new Runs(lines.map(Run::read).toList());
        }
    }

    static void add(Path folder, Run run) throws IOException {
        Files.writeString(folder.resolve(FILE), run.line(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    static void forget(Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve(FILE));
    }

    /** The date of the last run, or the given one if nothing has run. */
    String date(String otherwise) {
        return runs.isEmpty() ? otherwise : runs.get(runs.size() - 1).date();
    }

    List<String> commits() {
        return runs.stream().map(Run::commit).distinct().toList();
    }
}
