package io.github.multiclientauth.facade.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A page below {@code docs/} that is generated from the code. */
record Reference(Path file) {

    /** Tests run in the folder of their module. */
    static Reference of(String name) {
        return new Reference(Path.of("..", "docs", "reference", name));
    }

    /** Writes the page with {@code -Dreference.write}. Otherwise checks that it is up to date. */
    void holdTo(String content) {
        try {
            if (Boolean.getBoolean("reference.write") || "".equals(System.getProperty("reference.write"))) {
                Files.writeString(file, content);
            }
            assertThat(Files.exists(file) ? Files.readString(file) : "")
                    .as(
                            "%s differs from the code. To write it anew: mvn test -pl facade -am -Dtest='*ReferenceTest'"
                                    + " -Dreference.write -Dsurefire.failIfNoSpecifiedTests=false",
                            file)
                    .isEqualTo(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A row of a table. An empty cell is a mistake in the code. */
    static String row(String... cells) {
        assertThat(cells).as("a row of the reference").allMatch(cell -> !cell.isBlank());
        return Stream.of(cells).map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    static String table(List<String> columns) {
        return row(columns.toArray(String[]::new))
                + columns.stream().map(column -> "---").collect(Collectors.joining("|", "|", "|\n"));
    }
}
