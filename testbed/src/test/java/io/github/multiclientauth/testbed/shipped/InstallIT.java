package io.github.multiclientauth.testbed.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.testbed.backend.ServerHome;
import io.github.multiclientauth.testbed.keycloak.KeycloakServer;
import io.github.multiclientauth.testbed.launch.Artifacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An administrator installs the extension in a production Keycloak as docs/how-to/install.md says. */
@Tag("zip")
class InstallIT {

    private static final Pattern COMMAND = Pattern.compile("(?m)^ *bin/kc\\.sh (build .*)$");

    private final Path root = Path.of(System.getProperty("testbed.root"));

    @TempDir
    Path directory;

    // Slow: it builds Keycloak twice.
    @Test
    @Timeout(value = 8, unit = TimeUnit.MINUTES)
    void the_documented_build_keeps_the_options_of_a_production_server() throws Exception {
        Artifacts artifacts = Artifacts.of(System.getProperties());
        Path home = ServerHome.named(artifacts, "installed");
        Files.copy(
                artifacts.extensionJar(),
                home.resolve("providers").resolve("multi-client-auth-extension.jar"),
                StandardCopyOption.REPLACE_EXISTING);

        String build = run(home, command());
        String built = run(home, List.of("show-config"));
        run(home, List.of("build"));
        String without = run(home, List.of("show-config"));

        assertThat(build.lines().filter(line -> line.contains("KC-SERVICES0047")))
                .as("the warnings that docs/explanation/what-the-jar-changes.md announces")
                .hasSize(announcedWarnings())
                .allMatch(line -> line.contains("(io.github.multiclientauth."));
        assertThat(built)
                .containsPattern("kc\\.db = +postgres")
                .containsPattern("kc\\.health-enabled = +true")
                .contains("Persisted");
        assertThat(without)
                .as("why the page says it: a build without options forgets them")
                .doesNotContainPattern("kc\\.db = +postgres")
                .doesNotContainPattern("kc\\.health-enabled = +true");
    }

    /** Pages about images set the options as variables. */
    @Test
    void no_page_shows_a_build_without_options() throws IOException {
        try (Stream<Path> files = Stream.concat(
                Files.walk(root.resolve("docs")),
                Stream.of("README.md", "realm-config/README.md", "extension/Dockerfile")
                        .map(root::resolve))) {
            for (Path page : files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().matches(".*(\\.md|Dockerfile)"))
                    .toList()) {
                List<String> lines = Files.readAllLines(page);
                for (int i = 0; i < lines.size(); i++) {
                    if (lines.get(i).matches("(RUN | *)\\S*bin/kc\\.sh build *")) {
                        assertThat(lines.subList(Math.max(0, i - 3), i))
                                .as("before line %s of %s", i + 1, page)
                                .anyMatch(line -> line.startsWith("ENV KC_DB="));
                    }
                }
            }
        }
    }

    private int announcedWarnings() throws IOException {
        Matcher matcher = Pattern.compile("warns once for each of these (\\d+) providers")
                .matcher(Files.readString(root.resolve("docs/explanation/what-the-jar-changes.md")));
        assertThat(matcher.find()).as("the number in the page").isTrue();
        return Integer.parseInt(matcher.group(1));
    }

    private List<String> command() throws IOException {
        Matcher matcher = COMMAND.matcher(Files.readString(root.resolve("docs/how-to/install.md")));
        assertThat(matcher.find()).as("the command in the page").isTrue();
        return List.of(matcher.group(1).strip().split(" +"));
    }

    private String run(Path home, List<String> arguments) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>();
        line.add(home.resolve("bin").resolve("kc.sh").toString());
        line.addAll(arguments);
        Path log = Files.createTempFile(directory, "kc", ".log");
        ProcessBuilder builder =
                new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("KC_"));
        builder.environment().put("JAVA_OPTS_APPEND", String.join(" ", KeycloakServer.SHORT_LIVED));
        Process process = builder.start();
        if (!process.waitFor(3, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError(arguments + " does not end");
        }
        String output = Files.readString(log);
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }
}
