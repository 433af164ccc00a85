package io.github.multiclientauth.testbed.matrix;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the suite went on each Keycloak, oldest first: {@code docs/compatibility.json}, and the table of README that is made from it.
 *
 * @param versions one row for each
 */
record Compatibility(List<Row> versions) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BEGIN = "<!-- Made by mvn verify -Pmatrix from docs/compatibility.json. -->\n";
    private static final String END = "<!-- End of what is made. -->\n";

    /**
     * One version.
     *
     * @param keycloak such as {@code 26.0.8}
     * @param date when the suite ended there, ISO 8601
     * @param tests how many there are, the skipped ones among them
     * @param failed how many of them failed
     * @param skipped how many did not run, by reason
     */
    record Row(String keycloak, String date, int tests, int failed, Map<String, Integer> skipped) {

        private int passed() {
            return tests
                    - failed
                    - skipped.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    Compatibility {
        versions = versions.stream()
                .sorted((one, other) -> Arrays.compare(numbers(one.keycloak()), numbers(other.keycloak())))
                .toList();
    }

    private static int[] numbers(String version) {
        return Arrays.stream(version.split("\\.")).mapToInt(Integer::parseInt).toArray();
    }

    static Compatibility read(Path file) throws IOException {
        return new Compatibility(Files.exists(file) ? List.of(JSON.readValue(file.toFile(), Row[].class)) : List.of());
    }

    void write(Path file) throws IOException {
        DefaultPrettyPrinter lines = new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));
        lines.indentArraysWith(new DefaultIndenter("  ", "\n"));
        Files.writeString(file, JSON.writer(lines).writeValueAsString(versions) + '\n');
    }

    /** The same with this row instead of the former one of its version. */
    Compatibility with(Row row) {
        return new Compatibility(Stream.concat(
                        versions.stream().filter(other -> !other.keycloak().equals(row.keycloak())), Stream.of(row))
                .toList());
    }

    /** Markdown: the table, and what did not run where; nothing before the first run. */
    String table() {
        if (versions.isEmpty()) {
            return "";
        }
        StringBuilder table = new StringBuilder("| Keycloak | Tested on | End-to-end tests |\n|---|---|---|\n");
        for (Row row : versions) {
            table.append("| ").append(row.keycloak()).append(" | ").append(row.date());
            table.append(" | ").append(row.passed()).append(" passed");
            if (row.failed() > 0) {
                table.append(", **").append(row.failed()).append(" failed**");
            }
            row.skipped()
                    .forEach((why, times) -> table.append("<br>")
                            .append(times)
                            .append(" not run: ")
                            .append(why));
            table.append(" |\n");
        }
        return table.toString();
    }

    /**
     * A page with the table in its place.
     *
     * @throws IllegalArgumentException if the page has no place for it
     */
    String into(String page) {
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException("The page has no place for the table, or more than one end of it");
        }
        return page.substring(0, begin + BEGIN.length()) + '\n' + table() + '\n' + page.substring(end);
    }

    @Override
    public String toString() {
        return versions.stream().map(Row::toString).collect(Collectors.joining("\n"));
    }
}
