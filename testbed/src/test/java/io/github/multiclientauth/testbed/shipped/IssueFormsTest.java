package io.github.multiclientauth.testbed.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** GitHub shows a form only if it follows <a href="https://docs.github.com/en/communities">GitHub's schema</a>. */
class IssueFormsTest {

    private static final Path GITHUB = Path.of("..", ".github");
    private static final Path FORMS = GITHUB.resolve("ISSUE_TEMPLATE");
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** Labels that each new repository has. GitHub ignores others in a form. */
    private static final List<String> LABELS = List.of("bug", "documentation", "enhancement", "question");

    static List<Path> forms() throws IOException {
        try (Stream<Path> files = Files.list(FORMS)) {
            return files.filter(file -> !file.endsWith("config.yml")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void a_form_follows_the_schema_of_github(Path file) throws IOException {
        JsonNode form = YAML.readTree(file.toFile());

        assertThat(form.path("name").asText()).isNotBlank();
        assertThat(form.path("description").asText()).isNotBlank();
        assertThat(form.path("labels"))
                .isNotEmpty()
                .allSatisfy(label -> assertThat(LABELS).contains(label.asText()));
        assertThat(form.path("body").findValuesAsText("id")).isNotEmpty().doesNotHaveDuplicates();
        assertThat(form.path("body")).allSatisfy(element -> {
            assertThat(element.path("type").asText()).isIn("markdown", "textarea", "input", "dropdown", "checkboxes");
            assertThat(element.path("attributes")
                            .path(element.path("type").asText().equals("markdown") ? "value" : "label")
                            .asText())
                    .isNotBlank();
        });
    }

    @ParameterizedTest
    @MethodSource("forms")
    void every_command_and_page_that_a_form_names_exists(Path file) throws IOException {
        assertThat(NamedCommands.missing(Files.readString(file))).isEmpty();
    }

    @Test
    void every_command_and_page_that_the_pull_request_template_names_exists() throws IOException {
        assertThat(NamedCommands.missing(Files.readString(GITHUB.resolve("pull_request_template.md"))))
                .isEmpty();
    }

    @Test
    void a_bug_report_cannot_be_sent_without_confirming_that_it_has_no_secrets() throws IOException {
        JsonNode form = YAML.readTree(FORMS.resolve("bug.yml").toFile());

        assertThat(form.path("body").get(0).path("attributes").path("value").asText())
                .startsWith("**Never paste tokens, codes, cookies, passwords or client secrets.**");
        assertThat(form.path("body"))
                .filteredOn(element -> element.path("type").asText().equals("checkboxes"))
                .singleElement()
                .satisfies(element -> assertThat(
                                element.path("attributes").path("options").findValues("required"))
                        .hasSize(1)
                        .allMatch(JsonNode::asBoolean));
    }

    /** GitHub offers <i>Report a security vulnerability</i> beside the forms as long as there is a SECURITY.md. */
    @Test
    void vulnerabilities_are_not_reported_in_public() throws IOException {
        assertThat(YAML.readTree(FORMS.resolve("config.yml").toFile())
                        .path("blank_issues_enabled")
                        .asBoolean(true))
                .isFalse();
        assertThat(GITHUB.resolveSibling("SECURITY.md")).content().contains("Report a vulnerability");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".ci/gone",
                "docs/gone.md",
                "mvn -B verify -Pgone",
                "mvn gone:apply",
                "mvn compile -pl extension,gone",
                "java -jar quarkus-run.jar gone"
            })
    void a_command_or_page_that_does_not_exist_is_found(String text) {
        assertThat(NamedCommands.missing(text)).hasSize(1);
    }
}
