package io.github.multiclientauth.testbed.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProofsTest {

    @TempDir
    Path root;

    @BeforeEach
    void pages() throws IOException {
        write("docs/explanation/security.md", "| 1 | `OneTest#holds`, `TwoIT#holds_too` |");
        write("THREATMODEL.md", "`TwoIT#holds_too`, and `ComposeIT#holds_in_containers`");
        write("testbed/src/test/java/io/github/multiclientauth/testbed/compose/ComposeIT.java", "");
    }

    private void write(String file, String content) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }

    private void report(String folder, String className, String cases) throws IOException {
        write(folder + "/TEST-a." + className + ".xml", "<testsuite>" + cases + "</testsuite>");
    }

    @Test
    void are_complete_if_all_named_tests_have_passed() throws IOException {
        report("facade/target/surefire-reports", "OneTest", "<testcase name=\"holds\"/>");
        report(
                "testbed/target/failsafe-reports",
                "TwoIT",
                "<testcase name=\"holds_too(String)[1]\"/><testcase name=\"holds_too(String)[2]\"/>");
        report("testbed/target/failsafe-reports-compose", "ComposeIT", "<testcase name=\"holds_in_containers\"/>");

        Proofs proofs = Proofs.of(root, false);

        assertThat(proofs.missing()).isEmpty();
        assertThat(proofs.tests()).isEqualTo(3);
        assertThat(proofs.cases()).isEqualTo(4);
    }

    @Test
    void are_missing_if_a_named_test_failed_was_skipped_or_did_not_run() throws IOException {
        report(
                "facade/target/surefire-reports",
                "OneTest",
                "<testcase name=\"holds\"><skipped message=\"no browser\"/></testcase>"
                        + "<testcase name=\"holds_something_else\"/>");
        report(
                "testbed/target/failsafe-reports",
                "TwoIT",
                "<testcase name=\"holds_too(String)[1]\"/>"
                        + "<testcase name=\"holds_too(String)[2]\"><failure/></testcase>");

        assertThat(Proofs.of(root, false).missing())
                .containsExactly("ComposeIT#holds_in_containers", "OneTest#holds", "TwoIT#holds_too");
    }

    @Test
    void of_containers_are_missing_only_if_they_should_have_run() throws IOException {
        report("facade/target/surefire-reports", "OneTest", "<testcase name=\"holds\"/>");
        report("testbed/target/failsafe-reports", "TwoIT", "<testcase name=\"holds_too\"/>");

        assertThat(Proofs.of(root, true).missing()).isEmpty();
    }
}
