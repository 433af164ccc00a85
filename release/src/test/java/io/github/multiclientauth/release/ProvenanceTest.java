package io.github.multiclientauth.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ProvenanceTest {

    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    private static final Map<String, String> AT_GITHUB = Map.of(
            "GITHUB_ACTIONS", "true",
            "GITHUB_SERVER_URL", "https://github.com",
            "GITHUB_REPOSITORY", "multiclientauth/multi-client-auth",
            "GITHUB_RUN_ID", "7",
            "GITHUB_RUN_ATTEMPT", "1");

    private static JsonNode statement(boolean changed, Map<String, String> environment) throws IOException {
        return new ObjectMapper()
                .readTree(Provenance.of(
                        new Project("0.2.0", Instant.parse("2026-11-30T00:00:00Z"), COMMIT, changed, "3.8.7"),
                        new TreeMap<>(Map.of("a.jar", "aa", "b.tar.gz", "bb")),
                        Map.of("b.tar.gz", "why"),
                        "17.0.1",
                        environment));
    }

    @Test
    void is_a_statement_about_each_file() throws IOException {
        JsonNode statement = statement(false, Map.of());

        assertThat(statement.path("_type").asText()).isEqualTo("https://in-toto.io/Statement/v1");
        assertThat(statement.path("predicateType").asText()).isEqualTo("https://slsa.dev/provenance/v1");
        assertThat(statement.path("subject").toString())
                .isEqualTo(
                        "[{\"name\":\"a.jar\",\"digest\":{\"sha256\":\"aa\"}},"
                                + "{\"name\":\"b.tar.gz\",\"digest\":{\"sha256\":\"bb\"},\"annotations\":{\"notReproducible\":\"why\"}}]");
    }

    @Test
    void says_from_what_and_how_it_was_built() throws IOException {
        JsonNode predicate = statement(false, Map.of()).path("predicate");

        assertThat(predicate.at("/buildDefinition/externalParameters/version").asText())
                .isEqualTo("0.2.0");
        assertThat(predicate.at("/buildDefinition/externalParameters/command").asText())
                .isEqualTo("mvn -Prelease");
        assertThat(predicate.at("/buildDefinition/resolvedDependencies").toString())
                .isEqualTo("[{\"uri\":\"git+https://github.com/multiclientauth/multi-client-auth@" + COMMIT
                        + "\",\"digest\":{\"gitCommit\":\"" + COMMIT + "\"}}]");
        assertThat(predicate.at("/runDetails/builder/version").toString())
                .isEqualTo("{\"java\":\"17.0.1\",\"maven\":\"3.8.7\"}");
    }

    @Test
    void says_who_built_it() throws IOException {
        assertThat(statement(false, Map.of())
                        .at("/predicate/runDetails/builder/id")
                        .asText())
                .endsWith("/docs/how-to/release.md#by-hand");

        JsonNode run = statement(false, AT_GITHUB).at("/predicate/runDetails");
        assertThat(run.at("/builder/id").asText()).isEqualTo("https://github.com/actions/runner/github-hosted");
        assertThat(run.at("/metadata/invocationId").asText())
                .isEqualTo("https://github.com/multiclientauth/multi-client-auth/actions/runs/7/attempts/1");
    }

    @Test
    void says_when_files_differed_from_the_commit() throws IOException {
        assertThat(statement(true, Map.of())
                        .at("/predicate/buildDefinition/resolvedDependencies/0/annotations/changed")
                        .asText())
                .isEqualTo("Files differed from this commit");
    }
}
