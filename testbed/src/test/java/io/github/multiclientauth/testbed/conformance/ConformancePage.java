package io.github.multiclientauth.testbed.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** docs/reference/conformance.md: the cases that a run has tried, and what they are to the OpenID Foundation's suite. */
final class ConformancePage {

    /** By group and name, in the order of the page. Null for a case that has not come out as expected. */
    private final Map<Group, Map<String, Found>> tried = new EnumMap<>(Group.class);

    private final List<String> missing = new ArrayList<>();

    /** @param reason the facade's words if it has refused; empty if it has none */
    private record Found(Row<?> row, String reason) {

        boolean accepted() {
            return row.expected().accepted();
        }

        String result() {
            if (accepted()) {
                return "**accepted:** " + row.expected().why();
            }
            return reason.isEmpty() ? "refused" : "refused: `" + reason.replace('`', '\'') + "`";
        }
    }

    /** Gives a case its place on the page, before it is tried. */
    void begin(Group group, Row<?> row) {
        tried.computeIfAbsent(group, first -> new LinkedHashMap<>()).putIfAbsent(row.name(), null);
    }

    /**
     * Takes a case that came out as expected. Again if it has not done so at first.
     *
     * @param reason the facade's words if it has refused; empty if it has none
     */
    void add(Group group, Row<?> row, String reason) {
        begin(group, row);
        Found other = tried.get(group).put(row.name(), new Found(row, reason));
        assertThat(other == null || other.row().change().equals(row.change()))
                .as("no other case has the name %s", row.name())
                .isTrue();
    }

    /** Writes the page with {@code -Dreference.write}. Otherwise checks that it says what this run has found. */
    void holdTo(Path file) throws IOException {
        missing.clear();
        String content = content();
        if (Boolean.getBoolean("reference.write") || "".equals(System.getProperty("reference.write"))) {
            Files.writeString(file, content);
        }
        assertThat(missing)
                .as("cases that were not tried, or came out otherwise")
                .isEmpty();
        assertThat(Files.exists(file) ? Files.readString(file) : "")
                .as(
                        "%s differs from what this run has found. To write it anew: mvn verify -DskipUTs -DskipCompose"
                                + " -Dit.test=ConformanceIT -Dsurefire.failIfNoSpecifiedTests=false -Dreference.write",
                        file)
                .isEqualTo(content);
    }

    private String content() {
        tried.values()
                .forEach(rows -> rows.forEach((name, found) -> {
                    if (found == null) {
                        missing.add(name);
                    }
                }));
        long cases = tried.values().stream().mapToLong(Map::size).sum();
        long accepted = tried.values().stream()
                .flatMap(rows -> rows.values().stream())
                .filter(Objects::nonNull)
                .filter(Found::accepted)
                .count();
        return ConformanceText.BEGINNING
                        .replace("{cases}", Long.toString(cases))
                        .replace("{refused}", Long.toString(cases - accepted))
                        .replace("{accepted}", Long.toString(accepted))
                + SuiteModules.tables(this)
                + ConformanceText.CASES
                + Stream.of(Group.values()).map(this::table).collect(Collectors.joining());
    }

    /** A mention of cases, such as <em>alg none, typ JWT</em>. Each must have been tried. */
    String mention(Group group, List<String> names) {
        names.stream()
                .filter(name -> tried.getOrDefault(group, Map.of()).get(name) == null)
                .forEach(missing::add);
        return group.title() + ": " + String.join("; ", names);
    }

    private String table(Group group) {
        return "\n### " + group.title() + "\n\n"
                + row("Case", "Rule", "What the provider does", "Result")
                + "|---|---|---|---|\n"
                + tried.getOrDefault(group, Map.of()).values().stream()
                        .filter(Objects::nonNull)
                        .map(found -> row(
                                found.row().name(),
                                found.row().clause(),
                                found.row().change(),
                                found.result()))
                        .collect(Collectors.joining());
    }

    /** A row of a table. */
    static String row(String... cells) {
        return Stream.of(cells).map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
