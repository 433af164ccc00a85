package io.github.multiclientauth.testbed.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuiteResultsTest {

    @TempDir
    Path reports;

    private void report(String className, String cases) throws IOException {
        Files.writeString(
                reports.resolve("TEST-" + className + ".xml"),
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?><testsuite name=\"" + className + "\">" + cases
                        + "</testsuite>");
    }

    @Test
    void contain_all_reports() throws IOException {
        report("a.PassedIT", "<testcase name=\"one\"/><testcase name=\"two\"/>");
        report(
                "a.MixedIT",
                "<testcase name=\"three\"><skipped message=\"too old\"/></testcase>"
                        + "<testcase name=\"four\"><failure/></testcase><testcase name=\"five\"><error/></testcase>");
        report("a.SkippedIT", "<testcase name=\"six\"><skipped message=\"too old\"/></testcase>");
        Files.writeString(reports.resolve("failsafe-summary.xml"), "<failsafe-summary/>");

        SuiteResults results = SuiteResults.in(reports);

        assertThat(results.classes()).isEqualTo(3);
        assertThat(results.tests()).isEqualTo(6);
        assertThat(results.skipped()).isEqualTo(Map.of("too old", 2));
        assertThat(results.failed()).containsExactly("MixedIT.four", "MixedIT.five");
    }

    @Test
    void list_classes_that_did_not_run_or_did_not_pass_as_missing() throws IOException {
        report("a.PassedIT", "<testcase name=\"one\"/>");
        report("a.FailedIT", "<testcase name=\"two\"><failure/></testcase>");

        assertThat(SuiteResults.in(reports).missing(List.of("a.FailedIT", "a.NewIT", "a.PassedIT")))
                .containsExactly("a.FailedIT", "a.NewIT");
        assertThat(SuiteResults.in(reports).absent(List.of("a.FailedIT", "a.NewIT", "a.PassedIT")))
                .containsExactly("a.NewIT");
    }

    @Test
    void count_nested_classes_for_the_outer_one() throws IOException {
        report("a.OuterIT", "<testcase name=\"one\"/>");
        report("a.OuterIT$Inner", "<testcase name=\"two\"><failure/></testcase>");

        assertThat(SuiteResults.in(reports).classes()).isEqualTo(1);
        assertThat(SuiteResults.in(reports).missing(List.of("a.OuterIT"))).containsExactly("a.OuterIT");
    }

    @Test
    void are_empty_before_the_first_run() throws IOException {
        SuiteResults results = SuiteResults.in(reports.resolve("nowhere"));

        assertThat(results.classes()).isZero();
        assertThat(results.missing(List.of("a.OneIT"))).containsExactly("a.OneIT");
    }

    @Test
    void require_complete_reports() throws IOException {
        Files.writeString(reports.resolve("TEST-a.CutIT.xml"), "<testsuite><testcase");

        assertThatThrownBy(() -> SuiteResults.in(reports))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("CutIT");
    }
}
