package io.github.multiclientauth.testbed.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
class JavaChildTest {

    @TempDir
    Path directory;

    @Test
    void keeps_its_output_and_its_status() throws Exception {
        try (JavaChild child = start(Programs.Environment.class, Map.of("AUTH_SECRET", "of the run"))) {
            assertThat(child.await(passed -> {})).isEqualTo(3);
            assertThat(Files.readAllLines(child.log()))
                    .contains("AUTH_SECRET=of the run", "JAVA_HOME=" + System.getProperty("java.home"));
            assertThat(child.logTail()).contains("JAVA_HOME=");
            assertThat(child.end().get()).isSameAs(child);
        }
    }

    @Test
    void gets_no_settings_of_the_person_who_starts_it() throws Exception {
        Map<String, String> foreign = Map.of(
                "KC_DB", "postgres",
                "KEYCLOAK_ADMIN", "somebody",
                "QUARKUS_PROFILE", "dev",
                "MCA_ISSUER", "https://sso.example.com",
                "AUTH_SECRET_1", "older",
                "JAVA_OPTS_APPEND", "-Xmx1m",
                "KEPT", "yes");
        ProcessBuilder builder = new ProcessBuilder();
        builder.environment().putAll(foreign);

        JavaChild.removeForeignSettings(builder.environment());

        assertThat(builder.environment())
                .containsEntry("KEPT", "yes")
                .doesNotContainKeys(
                        "KC_DB",
                        "KEYCLOAK_ADMIN",
                        "QUARKUS_PROFILE",
                        "MCA_ISSUER",
                        "AUTH_SECRET_1",
                        "JAVA_OPTS_APPEND");
    }

    @Test
    void ends_when_it_is_closed() throws Exception {
        JavaChild child = start(Programs.Idle.class, Map.of());
        assertThat(child.isAlive()).isTrue();

        child.close();

        assertThat(child.isAlive()).isFalse();
    }

    @Test
    void a_log_that_is_gone_is_said_in_its_place() throws Exception {
        try (JavaChild child = start(Programs.Environment.class, Map.of())) {
            child.await(passed -> {});
            Files.delete(child.log());

            assertThat(child.logTail()).contains("cannot be read");
        }
    }

    private JavaChild start(Class<?> program, Map<String, String> environment) throws IOException {
        return JavaChild.start(
                "A child",
                Programs.java(program, List.of(JavaChild.lifelineOption(directory))),
                environment,
                directory.resolve("logs").resolve("child.log"));
    }
}
