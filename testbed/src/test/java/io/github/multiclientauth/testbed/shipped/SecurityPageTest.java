package io.github.multiclientauth.testbed.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A page that says which test holds a rule is right only as long as there is such a test. */
class SecurityPageTest {

    private static final Path ROOT = Path.of("..");
    private static final int ATTACKS = 43;

    /** {@code SignInIT#people_sign_in}, and {@code #another} behind it for one more of the same class. */
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w*)#(\\w+)`");

    private static final Pattern ROW = Pattern.compile("(?m)^\\| ([0-9]+) \\|.*$");
    private static final String OF_A_LATER_ISSUE = "Not yet:";

    private final Map<String, List<Path>> sources = testSources();

    @ParameterizedTest
    @ValueSource(strings = {"docs/explanation/security.md", "THREATMODEL.md"})
    void every_test_that_a_page_names_exists(String page) throws IOException {
        List<String> missing = new ArrayList<>();
        List<MatchResult> named =
                TEST.matcher(Files.readString(ROOT.resolve(page))).results().toList();
        for (MatchResult test : named) {
            if (sources.getOrDefault(test.group(1), List.of()).stream()
                    .noneMatch(source -> has(source, test.group(2)))) {
                missing.add(test.group());
            }
        }

        assertThat(named).hasSizeGreaterThan(20);
        assertThat(missing).isEmpty();
    }

    @Test
    void every_attack_of_the_list_has_a_row_and_each_row_a_test() throws IOException {
        List<MatchResult> rows = ROW.matcher(Files.readString(ROOT.resolve("docs/explanation/security.md")))
                .results()
                .toList();

        assertThat(rows.stream().map(row -> Integer.parseInt(row.group(1))))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, ATTACKS).boxed().toList());
        assertThat(rows)
                .allSatisfy(row -> assertThat(
                                TEST.matcher(row.group()).find() || row.group().contains(OF_A_LATER_ISSUE))
                        .as(row.group())
                        .isTrue());
    }

    private static boolean has(Path source, String method) {
        try {
            return Pattern.compile("\\bvoid " + method + "\\(")
                    .matcher(Files.readString(source))
                    .find();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, List<Path>> testSources() {
        try (Stream<Path> all = Stream.of("origin", "extension", "facade", "adopt", "testbed")
                .map(module -> ROOT.resolve(module).resolve("src/test/java"))
                .flatMap(SecurityPageTest::below)) {
            return all.collect(
                    Collectors.groupingBy(file -> file.getFileName().toString().replace(".java", "")));
        }
    }

    private static Stream<Path> below(Path folder) {
        try {
            return Files.walk(folder).filter(file -> file.toString().endsWith(".java"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
