package io.github.multiclientauth.testbed.shipped;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.Reader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What runs at GitHub, as far as it can be checked without GitHub. */
class WorkflowsTest {

    private static final Path ROOT = Path.of("..");
    private static final String ACTION = "(actions/[a-z-]+|github/codeql-action/(init|analyze))@(v[0-9]+|[0-9a-f]{40})";

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    @TempDir
    private Path work;

    static List<Path> workflows() throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve(".github/workflows"))) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void a_workflow_may_only_read_and_has_a_time_limit(Path workflow) throws IOException {
        JsonNode content = YAML.readTree(workflow.toFile());
        Map<String, JsonNode> mayWrite = Map.of(
                "codeql.yml/analyze",
                YAML.readTree("{contents: read, security-events: write}"),
                "nightly.yml/report-newer",
                YAML.readTree("{contents: read, issues: write}"),
                "release.yml/github",
                YAML.readTree("{contents: write, packages: write, id-token: write, attestations: write}"),
                "release.yml/npm",
                YAML.readTree("{contents: read, id-token: write}"));

        assertThat(content.path("permissions")).isEqualTo(YAML.readTree("contents: read"));
        assertThat(content.path("on").fieldNames()).toIterable().isNotEmpty().doesNotContain("pull_request_target");
        content.path("jobs")
                .properties()
                .forEach(job -> assertThat(job.getValue().path("permissions"))
                        .isEqualTo(mayWrite.getOrDefault(
                                workflow.getFileName() + "/" + job.getKey(), MissingNode.getInstance())));
        assertThat(content.path("jobs")).isNotEmpty().allSatisfy(job -> {
            assertThat(job.path("timeout-minutes").asInt()).isPositive();
            assertThat(job.path("steps")).isNotEmpty().allSatisfy(step -> {
                if (step.has("uses")) {
                    assertThat(step.path("uses").asText()).matches(ACTION);
                }
                assertThat(step.path("run").asText())
                        .as("scripts take input from the environment, not by substitution")
                        .doesNotContain("${{");
            });
        });
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void every_command_that_a_workflow_runs_exists(Path workflow) throws IOException {
        for (String script : YAML.readTree(workflow.toFile()).findValuesAsText("run")) {
            assertThat(NamedCommands.missing(script)).isEmpty();
        }
    }

    /** Nobody who changes a test can read a secret of the release. */
    @Test
    void secrets_are_in_the_environment_release_and_no_test_runs_beside_them() throws IOException {
        JsonNode jobs = YAML.readTree(
                        ROOT.resolve(".github/workflows/release.yml").toFile())
                .path("jobs");

        assertThat(jobs.path("test").toString()).contains(".ci/run").doesNotContain("secrets.", "environment");
        for (String job : List.of("build", "npm", "central")) {
            assertThat(jobs.path(job).path("environment").asText()).isEqualTo("release");
            assertThat(jobs.path(job).toString()).contains("secrets.").doesNotContain(".ci/run", "verify");
        }
    }

    @Test
    void dependabot_checks_every_kind_of_dependency_in_its_folder() throws IOException {
        JsonNode updates =
                YAML.readTree(ROOT.resolve(".github/dependabot.yml").toFile()).path("updates");

        assertThat(updates.findValuesAsText("package-ecosystem"))
                .containsExactlyInAnyOrder("maven", "npm", "docker", "docker-compose", "github-actions");
        for (JsonNode update : updates) {
            String file = Map.of("npm", "package.json", "docker", "Dockerfile")
                    .get(update.path("package-ecosystem").asText());
            for (JsonNode directory : update.path("directories")) {
                assertThat(ROOT.resolve(directory.asText().substring(1)).resolve(file))
                        .isRegularFile();
            }
        }
    }

    @Test
    void a_newer_keycloak_is_noticed() throws Exception {
        assertThat(newerThan("26.7.4", "26.7.3", "26.0.0", "26.8.0.Beta1"))
                .isEqualTo(new Outcome(0, "Nothing is newer than what is tested"));
        assertThat(newerThan("26.7.4", "26.7.10")).isEqualTo(new Outcome(1, "26.7.4 is tested, there is 26.7.10"));
        assertThat(newerThan("26.7.4", "27.0.0")).isEqualTo(new Outcome(1, "Keycloak 27.0.0 is a new minor version"));
        assertThat(newerThan().status()).as("an answer that is no list").isEqualTo(2);
    }

    @Test
    void what_is_newer_can_be_had_as_a_list() throws Exception {
        assertThat(newerThan(List.of("--versions"), "26.0.8", "26.7.3", "26.7.4"))
                .isEqualTo(new Outcome(0, ""));
        assertThat(newerThan(List.of("--versions"), "26.7.4", "26.7.10", "26.8.0", "26.8.0.Beta1"))
                .isEqualTo(new Outcome(0, "26.7.10\n26.8.0"));
    }

    @Test
    void an_issue_is_opened_for_a_newer_keycloak_once() throws Exception {
        requireTools("jq");
        Outcome first = report("links success\nsuite failure\n", "[]");
        assertThat(first.status()).isZero();
        assertThat(first.output())
                .contains("issue create --title Keycloak 26.8.0 ", "uses is there: success", "tests on it: failure")
                .contains("/multi/client-auth/actions/runs/7");

        String issue =
                "[{\"number\": 5, \"title\": \"Keycloak 26.8.0\", \"body\": \"<!-- links success, suite failure -->\"},"
                        + "{\"number\": 6, \"title\": \"Keycloak 26.8.0.1\", \"body\": \"\"}]";
        assertThat(report("links success\nsuite failure\n", issue).output())
                .doesNotContain("create", "edit")
                .contains("There is an issue");
        assertThat(report("links success\nsuite success\n", issue).output())
                .contains("issue edit 5 ", "tests on it: success")
                .doesNotContain("create");
        assertThat(report("suite $(touch x)\n", "[]").status())
                .as("no outcomes")
                .isEqualTo(2);
    }

    /** What the script prints with a {@code gh} that has these issues and prints what else it is to do. */
    private Outcome report(String outcomes, String issues) throws Exception {
        Path programs = Files.createDirectories(work.resolve("programs"));
        Files.writeString(work.resolve("issues.json"), issues);
        Path gh = Files.writeString(programs.resolve("gh"), """
                #!/usr/bin/env bash
                if [[ $2 == list ]]; then
                  [[ " $* " == *" --app github-actions "* && " $* " == *" --state all "* ]] && cat "$ISSUES"
                else
                  echo "$@"
                fi
                """);
        assertThat(gh.toFile().setExecutable(true)).isTrue();
        Path results = Files.createDirectories(work.resolve("results"));
        Files.writeString(results.resolve("26.8.0"), outcomes);
        return run(
                "env",
                "PATH=" + programs.toAbsolutePath() + ":" + System.getenv("PATH"),
                "ISSUES=" + work.resolve("issues.json").toAbsolutePath(),
                "GITHUB_REPOSITORY=multi/client-auth",
                "GITHUB_RUN_ID=7",
                ROOT.resolve(".ci/report-newer-keycloak").toString(),
                results.toString());
    }

    @Test
    void a_vulnerable_library_is_named() throws Exception {
        requireTools("jq", "curl");
        Path bill = Files.writeString(work.resolve("bill.json"), """
                {"components": [{"purl": "pkg:maven/io.netty/netty-codec-http@4.1.136.Final?type=jar"},
                                {"purl": "pkg:maven/org.example/safe@1"}]}""");

        assertThat(vulnerable(bill, "{\"results\": [{\"vulns\": [{\"id\": \"GHSA-1\"}, {\"id\": \"GHSA-2\"}]}, {}]}"))
                .isEqualTo(new Outcome(1, "pkg:maven/io.netty/netty-codec-http@4.1.136.Final: GHSA-1, GHSA-2"));
        assertThat(vulnerable(bill, "{\"results\": [{}, {}]}"))
                .isEqualTo(new Outcome(0, "2 libraries, none with a known vulnerability"));
        assertThat(vulnerable(bill, "{\"results\": []}").status())
                .as("an answer about nothing")
                .isEqualTo(2);
    }

    /** Skips the test without these tools. With {@code CI=true} it fails. */
    private void requireTools(String... tools) throws Exception {
        for (String tool : tools) {
            boolean there = run("bash", "-c", "command -v " + tool).status() == 0;
            if (Boolean.parseBoolean(System.getenv("CI"))) {
                assertThat(there).as("%s is on the path", tool).isTrue();
            }
            assumeTrue(there, "needs " + tool);
        }
    }

    @Test
    void every_version_of_keycloak_comes_from_the_list_in_the_root_pom() throws Exception {
        List<String> versions =
                run(ROOT.resolve(".ci/versions").toString()).output().lines().toList();

        assertThat(versions).hasSizeGreaterThan(7).allMatch(version -> version.matches("26\\.\\d+\\.\\d+"));
        for (String pom : List.of("pom.xml", "extension/pom.xml", "testbed/pom.xml")) {
            String text = Files.readString(ROOT.resolve(pom));
            for (String version : versions) {
                assertThat(text.split(Pattern.quote(">" + version + "<"), -1))
                        .as("%s in %s", version, pom)
                        .hasSize(pom.equals("pom.xml") ? 2 : 1);
            }
        }
        assertThat(Files.readString(ROOT.resolve("extension/Dockerfile")))
                .startsWith("# ")
                .contains("ARG KEYCLOAK_VERSION=" + versions.get(versions.size() - 1) + "\n");
        assertThat(Files.readString(ROOT.resolve("docs/compatibility.md"))).contains(versions);
    }

    @Test
    void the_wrapper_loads_maven_from_maven_central_and_checks_it() throws IOException {
        Properties wrapper = new Properties();
        try (Reader file = Files.newBufferedReader(ROOT.resolve(".mvn/wrapper/maven-wrapper.properties"))) {
            wrapper.load(file);
        }

        assertThat(wrapper.getProperty("distributionUrl"))
                .startsWith("https://repo.maven.apache.org/maven2/org/apache/maven/apache-maven/3.9.");
        assertThat(wrapper.getProperty("distributionSha256Sum")).matches("[0-9a-f]{64}");
        assertThat(ROOT.resolve("mvnw")).isExecutable();
    }

    private Outcome newerThan(String... released) throws Exception {
        return newerThan(List.of(), released);
    }

    private Outcome newerThan(List<String> options, String... released) throws Exception {
        StringBuilder metadata = new StringBuilder("<metadata>");
        for (String version : released) {
            metadata.append("<version>").append(version).append("</version>");
        }
        Path file = Files.writeString(work.resolve("metadata.xml"), metadata);
        List<String> command = new ArrayList<>(options);
        command.add(0, ROOT.resolve(".ci/newer-keycloak").toString());
        command.addAll(List.of("--from", file.toAbsolutePath().toString()));
        return run(command.toArray(String[]::new));
    }

    private Outcome vulnerable(Path bill, String answer) throws Exception {
        HttpServer osv = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        osv.createContext("/v1/querybatch", exchange -> {
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        osv.start();
        try {
            return run(
                    "env",
                    "OSV_URL=http://127.0.0.1:" + osv.getAddress().getPort(),
                    ROOT.resolve(".ci/vulnerable").toString(),
                    bill.toString());
        } finally {
            osv.stop(0);
        }
    }

    private record Outcome(int status, String output) {}

    private Outcome run(String... program) throws Exception {
        Path output = Files.createTempFile(work, "output", "");
        Process process = new ProcessBuilder(new ArrayList<>(List.of(program)))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return new Outcome(process.exitValue(), Files.readString(output).strip());
    }
}
