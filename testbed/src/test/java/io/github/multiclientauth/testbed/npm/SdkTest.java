package io.github.multiclientauth.testbed.npm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs the npm package's own tests in Maven. */
class SdkTest {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** Surefire starts in the module's directory. */
    private static final Path SDK = Path.of("..", "sdk").toAbsolutePath().normalize();

    @TempDir
    Path directory;

    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    void the_tests_of_the_npm_package_pass() throws Exception {
        NodeJs node = NodeJs.installed();
        List<String> tests = NodeJs.sources(SDK.resolve("test")).stream()
                .map(file -> SDK.resolve("test").resolve(file).toString())
                .filter(file -> file.endsWith(".test.js"))
                .toList();
        assertThat(tests).hasSizeGreaterThanOrEqualTo(4);

        List<String> arguments = new ArrayList<>(List.of("--test", "--test-reporter=spec"));
        arguments.addAll(tests);
        node.run("node --test", arguments, Map.of(), directory.resolve("sdk.log"), LIMIT);
    }

    /** The lines of docs/how-to/javascript.md: {@code npm pack} and {@code npm install} of what it packs. */
    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    void the_packed_package_can_be_installed_and_imported() throws Exception {
        NodeJs node = NodeJs.installed();
        new SdkPackage(node, SDK).installInto(directory);

        Path script = directory.resolve("import.js");
        Files.writeString(script, """
                for (const name of ['client', 'session', 'svelte', 'server', 'express', 'config', 'types']) {
                  await import(`multi-client-auth/${name}`);
                }
                """);
        node.run("node", List.of(script.toString()), Map.of(), directory.resolve("import.log"), LIMIT);
    }
}
