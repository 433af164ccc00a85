package io.github.multiclientauth.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VersionsTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern TEXT =
            Pattern.compile(".*(\\.md|pom\\.xml|\\.ya?ml|\\.json|Dockerfile|\\.env|\\.tpl|\\.txt)");
    private static final Set<String> NOT_OURS = Set.of("target", "node_modules", ".git", "secrets");
    private static final LocalDate DAY = LocalDate.parse("2026-12-24");

    @TempDir
    private Path copy;

    private Versions versions;

    @BeforeEach
    void copy() throws IOException {
        for (Path file : texts(ROOT)) {
            Path target = copy.resolve(ROOT.relativize(file));
            Files.createDirectories(target.getParent());
            Files.copy(file, target);
        }
        versions = new Versions(copy);
    }

    private static List<Path> texts(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> TEXT.matcher(file.toString()).matches())
                    .filter(file -> StreamSupport.stream(root.relativize(file).spliterator(), false)
                            .noneMatch(part -> NOT_OURS.contains(part.toString())))
                    .filter(Files::isRegularFile)
                    .toList();
        }
    }

    /** The files in which a text occurs. */
    private List<String> with(String text) throws IOException {
        Pattern word = Pattern.compile("(?<![\\w.])" + Pattern.quote(text) + "(?![\\w])");
        return texts(copy).stream()
                .filter(file -> word.matcher(read(file)).find())
                .map(file -> copy.relativize(file).toString())
                .toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void all_places_agree() throws IOException {
        assertThat(new Versions(ROOT).disagreements()).isEmpty();
        assertThat(new Versions(ROOT).current()).isEqualTo(Project.built().version());
    }

    @Test
    void a_place_that_disagrees_is_named() throws IOException {
        Path chart = copy.resolve("deploy/helm/multi-client-auth/Chart.yaml");
        Files.writeString(chart, Files.readString(chart).replaceFirst("version: .*", "version: 7.7.7"));

        assertThat(versions.disagreements()).containsExactly("deploy/helm/multi-client-auth/Chart.yaml: 7.7.7");
    }

    @Test
    void a_release_is_named_in_all_places_and_nothing_names_the_former_version() throws IOException {
        versions.set("7.6.5-SNAPSHOT", DAY);
        assertThat(with("7.6.5-SNAPSHOT")).contains("pom.xml", "release/pom.xml", "docs/how-to/images.md");

        versions.set("8.7.6", DAY);

        assertThat(with("7.6.5-SNAPSHOT")).isEmpty();
        assertThat(with("7.6.5")).isEmpty();
        assertThat(versions.current()).isEqualTo("8.7.6");
        assertThat(versions.disagreements()).isEmpty();
        assertThat(with("8.7.6"))
                .contains(
                        "pom.xml",
                        "extension/pom.xml",
                        "sdk/package.json",
                        "deploy/helm/multi-client-auth/Chart.yaml",
                        "docs/how-to/kubernetes.md",
                        "examples/package-lock.json",
                        "CHANGELOG.md");
    }

    @Test
    void a_release_has_its_day_in_the_changelog_and_in_what_is_built() throws IOException {
        versions.set("8.7.6", DAY);

        assertThat(copy.resolve("CHANGELOG.md"))
                .content()
                .contains("\n## [8.7.6] - 2026-12-24\n")
                .doesNotContain("[Unreleased]");
        assertThat(copy.resolve("pom.xml")).content().contains(">2026-12-24T00:00:00Z</project.build.outputTimestamp>");
    }

    @Test
    void the_next_snapshot_opens_a_new_part_of_the_changelog_once() throws IOException {
        versions.set("8.7.6", DAY);
        versions.set("8.8.0-SNAPSHOT", DAY);
        versions.set("8.8.0-SNAPSHOT", DAY);

        assertThat(copy.resolve("CHANGELOG.md"))
                .content()
                .containsOnlyOnce("## [Unreleased]\n\n## [8.7.6] - 2026-12-24\n");
        assertThat(copy.resolve("sdk/package.json")).content().contains("\"version\": \"8.8.0\"");
        assertThat(versions.disagreements()).isEmpty();
    }

    @Test
    void a_place_that_no_longer_names_a_version_is_an_error() throws IOException {
        Files.writeString(copy.resolve("sdk/package.json"), "{}");

        assertThatThrownBy(() -> versions.set("8.7.6", DAY)).hasMessageEndingWith("package.json names no version");
    }
}
