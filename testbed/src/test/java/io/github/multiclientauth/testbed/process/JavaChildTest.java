package io.github.multiclientauth.testbed.process;

import static java.util.Map.entry;
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
    void has_a_log_and_a_status() throws Exception {
        try (JavaChild child = start(Programs.Environment.class, Map.of("AUTH_SECRET", "of the run"))) {
            assertThat(child.await(passed -> {})).isEqualTo(3);
            assertThat(Files.readAllLines(child.log()))
                    .contains("AUTH_SECRET=of the run", "JAVA_HOME=" + System.getProperty("java.home"));
            assertThat(child.logTail()).contains("JAVA_HOME=");
            assertThat(child.end().get()).isSameAs(child);
        }
    }

    @Test
    void gets_no_settings_of_the_launchers_environment() throws Exception {
        Map<String, String> foreign = Map.ofEntries(
                entry("KC_DB", "postgres"),
                entry("KEYCLOAK_ADMIN", "somebody"),
                entry("QUARKUS_PROFILE", "dev"),
                entry("MCA_ISSUER", "https://sso.example.com"),
                entry("AUTH_SECRET_1", "older"),
                entry("JAVA_OPTS_APPEND", "-Xmx1m"),
                entry("GITHUB_CLIENT_SECRET", "of a real app"),
                entry("GITHUB_BASE_URL", "https://github.example.com"),
                entry("GOOGLE_CLIENT_ID", "of a real app"),
                entry("FACEBOOK_CLIENT_ID", "of a real app"),
                entry("LINKEDIN_CLIENT_ID", "of a real app"),
                entry("AUTH0_ISSUER", "https://example.eu.auth0.com/"),
                entry("PORTFOLIO_ORIGIN", "https://portfolio.example.com"),
                entry("DASHBOARD_ORIGIN", "https://dashboard.example.com"));
        ProcessBuilder builder = new ProcessBuilder();
        builder.environment().putAll(foreign);
        builder.environment().put("KEPT", "yes");

        JavaChild.removeForeignSettings(builder.environment());

        assertThat(builder.environment())
                .containsEntry("KEPT", "yes")
                .doesNotContainKeys(foreign.keySet().stream().toArray(String[]::new));
    }

    @Test
    void ends_when_it_is_closed() throws Exception {
        JavaChild child = start(Programs.Idle.class, Map.of());
        assertThat(child.isAlive()).isTrue();

        child.close();

        assertThat(child.isAlive()).isFalse();
    }

    /** Otherwise a database in a file would lose its last writes. */
    @Test
    void has_time_for_an_orderly_end() throws Exception {
        JavaChild child = start(Programs.Orderly.class, Map.of());
        while (!child.logTail().contains("idle")) {
            Thread.sleep(20);
        }

        child.close();

        assertThat(child.logTail()).contains("ended in order");
    }

    @Test
    void a_missing_log_is_reported() throws Exception {
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
