package io.github.multiclientauth.release;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;

/**
 * What was built from which commit, by which command and with which tools. It has no times, so that a second build makes the same.
 *
 * @see <a href="https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md">in-toto Statement v1</a>
 * @see <a href="https://slsa.dev/spec/v1.0/provenance">SLSA provenance v1</a>
 */
final class Provenance {

    private static final String PAGE = Project.REPOSITORY + "/blob/main/docs/how-to/release.md";
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private Provenance() {}

    /**
     * The statement.
     *
     * @param sums the checksums by the names of the files
     * @param notReproducible the names of files that differ in a second build, with the reason
     * @param environment the environment variables, which say whether GitHub builds
     */
    static String of(
            Project project,
            SortedMap<String, String> sums,
            Map<String, String> notReproducible,
            String java,
            Map<String, String> environment)
            throws IOException {
        ObjectNode statement = JSON.createObjectNode().put("_type", "https://in-toto.io/Statement/v1");
        sums.forEach((name, sum) -> {
            ObjectNode subject = statement.withArray("subject").addObject().put("name", name);
            subject.putObject("digest").put("sha256", sum);
            if (notReproducible.containsKey(name)) {
                subject.putObject("annotations").put("notReproducible", notReproducible.get(name));
            }
        });
        statement.put("predicateType", "https://slsa.dev/provenance/v1");
        ObjectNode predicate = statement.putObject("predicate");
        ObjectNode definition = predicate.putObject("buildDefinition").put("buildType", PAGE + "#provenance");
        definition
                .putObject("externalParameters")
                .put("repository", Project.REPOSITORY)
                .put("version", project.version())
                .put("command", "mvn -Prelease");
        definition
                .putObject("internalParameters")
                .put("outputTimestamp", project.timestamp().toString());
        ObjectNode source = definition
                .putArray("resolvedDependencies")
                .addObject()
                .put("uri", "git+" + Project.REPOSITORY + "@" + project.commit());
        source.putObject("digest").put("gitCommit", project.commit());
        if (project.changed()) {
            source.putObject("annotations").put("changed", "Files differed from this commit");
        }
        boolean atGitHub = "true".equals(environment.get("GITHUB_ACTIONS"));
        ObjectNode run = predicate.putObject("runDetails");
        ObjectNode builder = run.putObject("builder")
                .put("id", atGitHub ? "https://github.com/actions/runner/github-hosted" : PAGE + "#by-hand");
        builder.putObject("version").put("java", java).put("maven", project.maven());
        if (atGitHub) {
            run.putObject("metadata")
                    .put(
                            "invocationId",
                            environment.get("GITHUB_SERVER_URL") + '/' + environment.get("GITHUB_REPOSITORY")
                                    + "/actions/runs/" + environment.get("GITHUB_RUN_ID") + "/attempts/"
                                    + environment.get("GITHUB_RUN_ATTEMPT"));
        }
        return JSON.writeValueAsString(statement) + "\n";
    }
}
