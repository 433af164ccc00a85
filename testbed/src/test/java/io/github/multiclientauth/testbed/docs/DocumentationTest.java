package io.github.multiclientauth.testbed.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds that what the pages of the repository name exists, and that each check finds a planted mistake. */
class DocumentationTest {

    private static final Documentation REPOSITORY = Documentation.of(Path.of(".."));

    /** They tell of former names, and of ranges of ids. */
    private static final List<String> HISTORY = List.of("CHANGELOG.md", "CONTRIBUTING.md");

    @TempDir
    Path root;

    @BeforeEach
    void references() throws IOException {
        write("docs/reference/configuration-reference.md", "| `mca.issuer` | `MCA_ISSUER` |\n");
        write("docs/reference/keycloak-settings.md", "| `client-origin` | Client scope | `clientScope` |\n");
        write("docs/reference/log-ids.md", "| MCA00200 | INFO |\n");
        write("testbed/src/test/java/SignInIT.java", "List.of(\"docker\", \"compose\", \"up\", \"-d\")");
        write("extension/src/main/java/Factory.java", "return \"Client origin\";");
        write("adopt/src/main/java/Adopt.java", "\"MCA_ADOPT_SECRET\"");
    }

    @Test
    void every_link_leads_to_a_file_or_a_heading() throws IOException {
        assertThat(REPOSITORY.pages()).hasSizeGreaterThan(30);
        assertThat(REPOSITORY.brokenLinks()).isEmpty();

        write("docs/here.md", """
                # Here's 1. `first`
                [good](../README.md) [good](#heres-1-first) [good](https://example.com/nowhere) `[code](nowhere.md)`
                [bad](there.md) [bad](#nowhere) [bad](here.md#neither) ![bad](picture.png)
                """);
        write("README.md", "<img src=\"docs/none.png\">\n[good](docs/here.md#heres-1-first) [good](docs)\n");
        assertThat(planted().brokenLinks())
                .containsExactly(
                        "README.md: docs/none.png",
                        "docs/here.md: there.md",
                        "docs/here.md: #nowhere",
                        "docs/here.md: here.md#neither",
                        "docs/here.md: picture.png");
    }

    @Test
    void every_block_says_its_language() throws IOException {
        assertThat(REPOSITORY.blocksWithoutLanguage()).isEmpty();

        write("README.md", "```\nrm -r /\n```\n\n```text\nprinted\n```\n");
        assertThat(planted().blocksWithoutLanguage()).containsExactly("README.md:1");
    }

    @Test
    void every_command_is_run_by_a_test_or_marked_as_not_run() throws IOException {
        assertThat(REPOSITORY.commandsThatNothingRuns()).isEmpty();

        write("README.md", """
                <!-- run by: SignInIT -->
                ```shell
                docker compose up -d   # a comment
                ```
                <!-- not run: needs the moon -->
                ```shell
                launch
                ```
                <!-- run by: SignInIT -->
                ```shell
                docker compose down
                ```
                <!-- run by: GoneIT -->
                ```shell
                docker
                ```

                ```shell
                docker
                ```
                """);
        assertThat(planted().commandsThatNothingRuns())
                .containsExactly(
                        "README.md:10: \"down\" is not in SignInIT",
                        "README.md:14: there is no GoneIT",
                        "README.md:18: neither \"run by: \" nor \"not run: \" in front of it");
    }

    @Test
    void every_block_that_is_a_file_is_like_that_file_and_a_test_runs_it() throws IOException {
        assertThat(REPOSITORY.blocksUnlikeTheirFile()).isEmpty();

        write("docs/good.sh", "rm -r /\n");
        write("docs/other.sh", "rm -r /tmp\n");
        write("testbed/src/test/java/ScriptIT.java", "run(\"good.sh\")");
        write("README.md", """
                <!-- file: docs/good.sh -->
                ```sh
                rm -r /
                ```
                <!-- file: docs/other.sh -->
                ```sh
                rm -r /
                ```
                <!-- file: docs/none.yaml -->
                ```yaml
                rm: /
                ```
                """);
        assertThat(planted().blocksUnlikeTheirFile()).containsExactly("README.md:6", "README.md:10");
        assertThat(planted().commandsThatNothingRuns()).containsExactly("README.md:6: no test runs other.sh");
    }

    @Test
    void a_command_is_recognized_by_everything_but_its_values() {
        assertThat(CodeBlock.keyWords(
                        "A_FILE=x java -jar some.jar plan --server https://id.example.com --with=a -DskipUTs"))
                .containsExactly("A_FILE", "java", "-jar", "plan", "--server", "--with", "skipUTs");
    }

    @Test
    void every_setting_exists() throws IOException {
        assertThat(REPOSITORY.unknownSettings()).isEmpty();

        write("README.md", """
                `mca.issuer`, `MCA_ISSUER`, `MCA_ADOPT_SECRET`, the step **Client origin**, its setting **Client scope**, *Menu* → **Client origin**
                `mca.issuers`, `MCA_ISSUERS`, the mapper **Client origins**
                """);
        assertThat(planted().unknownSettings())
                .containsExactly("README.md: mca.issuers", "README.md: MCA_ISSUERS", "README.md: Client origins");
    }

    @Test
    void every_log_id_exists() throws IOException {
        assertThat(withoutHistory(REPOSITORY.unknownLogIds())).isEmpty();

        write("README.md", "MCA00200 and MCA00299\n");
        assertThat(planted().unknownLogIds()).containsExactly("README.md: MCA00299");
    }

    @Test
    void every_test_exists() throws IOException {
        assertThat(withoutHistory(REPOSITORY.unknownTests())).isEmpty();

        write("README.md", "`SignInIT` and `GoneIT#works`\n");
        assertThat(planted().unknownTests()).containsExactly("README.md: GoneIT");
    }

    @Test
    void troubleshooting_helps_with_every_page_that_says_what_went_wrong() throws IOException {
        assertThat(REPOSITORY.symptomsWithoutHelp()).isEmpty();

        write("docs/how-to/troubleshooting.md", "| **Access denied** | *Try again* |\n");
        write("facade/src/main/resources/io/github/multiclientauth/facade/page/texts.properties", """
                back=Back
                problem.denied.heading=Access denied
                problem.denied.text=Nothing that is looked for
                problem.new.heading=A new page
                notice.again=Try again. Or do not.
                """);
        assertThat(planted().symptomsWithoutHelp()).containsExactly("A new page");
    }

    private static Stream<String> withoutHistory(List<String> mistakes) {
        return mistakes.stream().filter(mistake -> HISTORY.stream().noneMatch(mistake::startsWith));
    }

    private Documentation planted() {
        return Documentation.of(root);
    }

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
