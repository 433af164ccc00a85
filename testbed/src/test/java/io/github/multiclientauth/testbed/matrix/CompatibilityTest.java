package io.github.multiclientauth.testbed.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.multiclientauth.testbed.matrix.Compatibility.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompatibilityTest {

    private static final Path ROOT = Path.of("..");

    private static final Row OLD = new Row(
            "26.0.8", "2026-11-27", "", null, 100, 0, Map.of("Keycloak 26.4 is the first that refreshes tokens", 3));

    private static final Row NEW =
            new Row("26.7.3", "2026-11-28", "0.1.0", List.of("a1dc9af93c", "7cf6f1674e"), 100, 2, Map.of());

    @TempDir
    Path directory;

    @Test
    void lists_one_line_for_each_version_oldest_first() {
        assertThat(new Compatibility(List.of(NEW, OLD)).table()).isEqualTo("""
                | Keycloak | Passed | Not applicable | Tested on |
                |---|---:|---:|---|
                | 26.0.8 | 97 | 3 | 2026-11-27 |
                | 26.7.3 | 98, **2 failed** | 0 | 2026-11-28 |
                """);
    }

    @Test
    void says_which_commits_of_ours_have_run() {
        assertThat(new Compatibility(List.of(NEW, OLD)).results()).isEqualTo("""
                | Keycloak | Passed | Failed | Not applicable | Tested on | Version and commits of Multi-Client Auth |
                |---|---:|---:|---:|---|---|
                | 26.0.8 | 97 | 0 | 3 | 2026-11-27 | not recorded |
                | 26.7.3 | 98 | 2 | 0 | 2026-11-28 | 0.1.0, `a1dc9af93c`, `7cf6f1674e` |
                """);
    }

    @Test
    void says_why_tests_did_not_run_and_on_which_versions() {
        Row second = new Row("26.1.4", "2026-11-27", "0.1.0", List.of(), 100, 0, OLD.skipped());

        assertThat(new Compatibility(List.of(NEW, second, OLD)).reasons()).isEqualTo("""
                | Reason | Tests | On |
                |---|---:|---|
                | Keycloak 26.4 is the first that refreshes tokens | 3 | 26.0.8, 26.1.4 |
                """);
    }

    @Test
    void sorts_minor_versions_as_numbers() {
        Row ten = new Row("26.10.0", "2027-11-28", "0.1.0", List.of(), 1, 0, Map.of());

        assertThat(new Compatibility(List.of(ten, NEW)).versions()).containsExactly(NEW, ten);
    }

    @Test
    void keeps_the_last_result_of_a_version() {
        Row again = new Row("26.7.3", "2026-11-29", "0.1.0", List.of(), 100, 0, Map.of());

        assertThat(new Compatibility(List.of(OLD, NEW)).with(again).versions()).containsExactly(OLD, again);
    }

    @Test
    void is_kept_in_a_file() throws IOException {
        Path file = directory.resolve("compatibility.json");
        assertThat(Compatibility.read(file).versions()).isEmpty();

        new Compatibility(List.of(OLD, NEW)).write(file);

        assertThat(Compatibility.read(file).versions()).containsExactly(OLD, NEW);
    }

    @Test
    void requires_a_place_in_the_page() {
        assertThatThrownBy(() -> new Compatibility(List.of()).intoReadme("# A page"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Compatibility(List.of()).intoPage("# A page"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Results");
    }

    @Test
    void in_README_and_in_the_page_about_versions_is_what_was_recorded() throws IOException {
        Compatibility recorded = Compatibility.read(ROOT.resolve("docs/compatibility.json"));
        String readme = Files.readString(ROOT.resolve("README.md"));
        String page = Files.readString(ROOT.resolve("docs/compatibility.md"));

        assertThat(readme).isEqualTo(recorded.intoReadme(readme));
        assertThat(page).isEqualTo(recorded.intoPage(page));
    }
}
