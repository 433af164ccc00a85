package io.github.multiclientauth.testbed.npm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.multiclientauth.testbed.process.JavaChild;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The time limits only end programs that hang. No test depends on timing. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class NodeJsTest {

    private static final Duration LIMIT = Duration.ofSeconds(50);

    private final NodeJs node = NodeJs.installed();

    @TempDir
    Path directory;

    @Test
    void a_program_ends_when_its_lifeline_is_cut() throws Exception {
        Path script = script("process.on('SIGTERM', () => {}); setInterval(() => {}, 1000);");
        ProcessBuilder held = new ProcessBuilder("node", "--require", lifeline().toString(), script.toString());
        held.environment().put("TESTBED_LIFELINE", "1");
        Process child = held.start();
        child.getOutputStream().close();

        assertThat(child.waitFor()).isEqualTo(128 + 9);
    }

    @Test
    void a_program_with_nothing_more_to_do_ends_by_itself() throws Exception {
        Path log = directory.resolve("program.log");

        node.run("A program", List.of(script("console.log('done')").toString()), Map.of(), log, LIMIT);

        assertThat(Files.readString(log)).isEqualTo("done\n");
    }

    @Test
    void a_process_that_a_program_starts_does_not_keep_it_running() throws Exception {
        Path script = script("const { execFileSync } = require('node:child_process');"
                + "console.log(execFileSync(process.execPath, [...process.execArgv, '-p', '6 * 7'], "
                + "{ stdio: ['ignore', 'pipe', 'inherit'] }).toString());");
        Path log = directory.resolve("program.log");

        node.run("A program", List.of(script.toString()), Map.of(), log, LIMIT);

        assertThat(Files.readString(log)).contains("42");
    }

    @Test
    void a_failure_is_reported_with_the_end_of_the_log() {
        Path log = directory.resolve("program.log");

        assertThatThrownBy(() -> node.run(
                        "A program",
                        List.of(script("console.error('why'); process.exitCode = 3")
                                .toString()),
                        Map.of(),
                        log,
                        LIMIT))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("A program ended with status 3")
                .hasMessageContaining("why");
    }

    @Test
    void closing_ends_a_program() throws Exception {
        JavaChild program = node.start(
                "A program",
                List.of(script("setInterval(() => {}, 1000)").toString()),
                Map.of(),
                directory.resolve("log"));

        program.close();

        assertThat(program.isAlive()).isFalse();
    }

    private static Path lifeline() throws Exception {
        return Path.of(NodeJs.class.getResource("lifeline.cjs").toURI());
    }

    private Path script(String text) throws Exception {
        return Files.writeString(directory.resolve("program.cjs"), text);
    }
}
