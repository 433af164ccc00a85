package io.github.multiclientauth.testbed.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.testbed.matrix.Runs.Run;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsTest {

    @TempDir
    Path folder;

    @Test
    void there_are_none_before_the_first_one() throws Exception {
        assertThat(Runs.in(folder).commits()).isEmpty();
        assertThat(Runs.in(folder).date("2026-11-30")).isEqualTo("2026-11-30");
    }

    @Test
    void all_commits_count_whose_tests_have_run() throws Exception {
        Runs.add(folder, new Run("2026-11-29", "a1dc9af93c"));
        Runs.add(folder, new Run("2026-11-29", "a1dc9af93c"));
        Runs.add(folder, new Run("2026-11-30", "7cf6f1674e+changes"));

        assertThat(Runs.in(folder).commits()).containsExactly("a1dc9af93c", "7cf6f1674e+changes");
        assertThat(Runs.in(folder).date("2026-12-01")).isEqualTo("2026-11-30");
    }

    @Test
    void those_of_another_jar_are_forgotten() throws Exception {
        Runs.add(folder, new Run("2026-11-29", "a1dc9af93c"));

        Runs.forget(folder);

        assertThat(Runs.in(folder).runs()).isEmpty();
    }
}
