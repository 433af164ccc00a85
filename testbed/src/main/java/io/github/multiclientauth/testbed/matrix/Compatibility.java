package io.github.multiclientauth.testbed.matrix;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The results of the suite on each Keycloak, oldest first. They are in {@code docs/compatibility.json}, in the table of README, and with
 * the reasons for skipped tests in {@code docs/compatibility.md}.
 *
 * @param versions one row for each
 */
record Compatibility(List<Row> versions) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SHORT = "<!-- Made by mvn verify -Pmatrix from docs/compatibility.json. -->\n";
    private static final String RESULTS =
            "<!-- Results: made by mvn verify -Pmatrix from docs/compatibility.json. -->\n";
    private static final String REASONS =
            "<!-- Reasons: made by mvn verify -Pmatrix from docs/compatibility.json. -->\n";
    private static final String END = "<!-- End of what is made. -->\n";

    /**
     * The result on one version.
     *
     * @param keycloak such as {@code 26.0.8}
     * @param date the day of the last run, ISO 8601
     * @param release our own version; empty for a result from before it was recorded
     * @param commits our own commits that ran, oldest first: several if a later run repeated what had failed
     * @param tests the number of tests, including skipped ones
     * @param failed the number of failed tests
     * @param skipped the number of tests that did not run, by reason
     */
    record Row(
            String keycloak,
            String date,
            String release,
            List<String> commits,
            int tests,
            int failed,
            Map<String, Integer> skipped) {

        Row {
            release = Objects.requireNonNullElse(release, "");
            commits = commits == null ? List.of() : List.copyOf(commits);
        }

        private String with() {
            return release.isEmpty()
                    ? "not recorded"
                    : release
                            + commits.stream()
                                    .map(commit -> ", `" + commit + '`')
                                    .collect(Collectors.joining());
        }

        private int passed() {
            return tests - failed - notApplicable();
        }

        private int notApplicable() {
            return skipped.values().stream().mapToInt(Integer::intValue).sum();
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

    /** Returns the results with this row instead of the previous one of its version. */
    Compatibility with(Row row) {
        return new Compatibility(Stream.concat(
                        versions.stream().filter(other -> !other.keycloak().equals(row.keycloak())), Stream.of(row))
                .toList());
    }

    /** The Markdown table for README, with one line for each version. Empty before the first run. */
    String table() {
        if (versions.isEmpty()) {
            return "";
        }
        StringBuilder table =
                new StringBuilder("| Keycloak | Passed | Not applicable | Tested on |\n|---|---:|---:|---|\n");
        for (Row row : versions) {
            table.append("| ").append(row.keycloak()).append(" | ").append(row.passed());
            if (row.failed() > 0) {
                table.append(", **").append(row.failed()).append(" failed**");
            }
            table.append(" | ").append(row.notApplicable());
            table.append(" | ").append(row.date()).append(" |\n");
        }
        return table.toString();
    }

    /** The Markdown table for the page about versions, which also says what of ours has run. Empty before the first run. */
    String results() {
        if (versions.isEmpty()) {
            return "";
        }
        StringBuilder table =
                new StringBuilder("| Keycloak | Passed | Failed | Not applicable | Tested on | Version and"
                        + " commits of Multi-Client Auth |\n|---|---:|---:|---:|---|---|\n");
        for (Row row : versions) {
            table.append("| ").append(row.keycloak());
            table.append(" | ").append(row.passed());
            table.append(" | ").append(row.failed());
            table.append(" | ").append(row.notApplicable());
            table.append(" | ").append(row.date());
            table.append(" | ").append(row.with()).append(" |\n");
        }
        return table.toString();
    }

    /** Markdown for the page about versions: why tests did not run, and on which versions; empty if all ran everywhere. */
    String reasons() {
        Map<String, Map<String, Integer>> byReason = new LinkedHashMap<>();
        for (Row row : versions) {
            row.skipped()
                    .forEach((why, tests) -> byReason.computeIfAbsent(why, key -> new LinkedHashMap<>())
                            .put(row.keycloak(), tests));
        }
        if (byReason.isEmpty()) {
            return "";
        }
        StringBuilder table = new StringBuilder("| Reason | Tests | On |\n|---|---:|---|\n");
        byReason.forEach((why, tests) -> table.append("| ")
                .append(why)
                .append(" | ")
                .append(tests.values().stream()
                        .mapToInt(Integer::intValue)
                        .max()
                        .getAsInt())
                .append(" | ")
                .append(String.join(", ", tests.keySet()))
                .append(" |\n"));
        return table.toString();
    }

    /**
     * Inserts the table into README.
     *
     * @throws IllegalArgumentException if the page has no place for it
     */
    String intoReadme(String page) {
        return into(page, SHORT, table());
    }

    /**
     * The page about versions with the results and the reasons in their places.
     *
     * @throws IllegalArgumentException if the page has no place for them
     */
    String intoPage(String page) {
        return into(into(page, RESULTS, results()), REASONS, reasons());
    }

    private static String into(String page, String place, String table) {
        int begin = page.indexOf(place);
        int end = page.indexOf(END, Math.max(begin, 0));
        if (begin < 0 || end < 0) {
            throw new IllegalArgumentException("The page has no place for the table: " + place.strip());
        }
        return page.substring(0, begin + place.length()) + '\n' + table + '\n' + page.substring(end);
    }

    @Override
    public String toString() {
        return versions.stream().map(Row::toString).collect(Collectors.joining("\n"));
    }
}
