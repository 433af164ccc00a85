package io.github.multiclientauth.testbed.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The time limits only end tests that hang. No test depends on timing. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class LifelineTest {

    @TempDir
    Path directory;

    @Test
    void a_child_ends_when_its_launcher_is_killed() throws Exception {
        Process launcher = new ProcessBuilder(Programs.java(Programs.Launcher.class, List.of(), directory.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        ProcessHandle child;
        try (BufferedReader output = launcher.inputReader()) {
            child = ProcessHandle.of(Long.parseLong(output.readLine())).orElseThrow();
            assertThat(child.isAlive()).isTrue();

            // SIGKILL: no shutdown hook of the launcher runs, and the child would ignore SIGTERM.
            launcher.destroyForcibly();
        }

        assertThat(child.onExit().get().isAlive()).isFalse();
        assertThat(launcher.waitFor()).isNotZero();
    }

    @Test
    void the_exit_status_is_no_success() throws Exception {
        Process child = new ProcessBuilder(
                        Programs.java(Programs.Idle.class, List.of(JavaChild.lifelineOption(directory))))
                .start();

        child.getOutputStream().close();

        assertThat(child.waitFor()).isEqualTo(Lifeline.LAUNCHER_GONE);
    }

    @Test
    void the_agent_contains_only_that_class() throws IOException {
        Path jar = LifelineJar.in(directory);
        LifelineJar.in(directory);

        try (JarFile file = new JarFile(jar.toFile());
                InputStream entry = file.getInputStream(
                        file.getJarEntry(Lifeline.class.getName().replace('.', '/') + ".class"))) {
            assertThat(entry.readAllBytes()).isNotEmpty();
            assertThat(file.stream().filter(each -> !each.getName().startsWith("META-INF/")))
                    .hasSize(1);
        }
    }
}
