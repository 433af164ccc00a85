package io.github.multiclientauth.testbed.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.multiclientauth.testbed.process.StartFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests with a script in place of {@code kc.sh} that records its runs. The real one takes half a minute. */
class KeycloakBuildTest {

    @TempDir
    Path directory;

    private Path home;
    private Path extension;

    @BeforeEach
    void prepare() throws IOException {
        home = directory.resolve("keycloak");
        Files.createDirectories(home.resolve("bin"));
        Files.createDirectories(home.resolve("providers"));
        Files.writeString(home.resolve("version.txt"), "Keycloak - Version 26.7.3\n");
        extension = Files.writeString(directory.resolve("extension.jar"), "first");
        script("exit 0");
    }

    @Test
    void builds_once_for_each_extension() throws Exception {
        build().close();
        build().close();
        assertThat(runs()).isEqualTo(1);

        Files.writeString(extension, "second");
        build().close();

        assertThat(runs()).isEqualTo(2);
        assertThat(home.resolve("providers").resolve("multi-client-auth-extension.jar"))
                .hasContent("second");
    }

    @Test
    void stock_is_built_once_and_without_the_extension() throws Exception {
        Path log = directory.resolve("build.log");
        KeycloakBuild.stock(home, log, "-ea", passed -> {}).close();
        KeycloakBuild.stock(home, log, "-ea", passed -> {}).close();

        assertThat(runs()).isEqualTo(1);
        assertThat(home.resolve("providers")).isEmptyDirectory();
    }

    @Test
    void an_error_of_a_failed_build_shows_the_log_and_the_build_is_repeated() throws Exception {
        script("echo something is wrong; exit 1");
        assertThatExceptionOfType(StartFailedException.class)
                .isThrownBy(this::build)
                .withMessageContaining("kc.sh build ended with status 1")
                .withMessageContaining("something is wrong");

        script("exit 0");
        build().close();

        assertThat(runs()).isEqualTo(2);
    }

    @Test
    void is_not_replaced_while_it_is_in_use() throws Exception {
        KeycloakBuild used = build();
        Files.writeString(extension, "second");

        assertThatExceptionOfType(StartFailedException.class)
                .isThrownBy(this::build)
                .withMessageContaining("another demo or test run");
        assertThat(runs()).isEqualTo(1);

        used.close();
        build().close();
        assertThat(runs()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"26.0.8, false", "26.3.5, false", "26.4.0, true", "26.7.3, true", "27.0.0, true"})
    void enables_health_checks_if_the_main_port_can_serve_them(String version, boolean can) throws Exception {
        version(version);

        try (KeycloakBuild build = build()) {
            assertThat(build.tellsHealth()).isEqualTo(can);
        }
        assertThat(Files.readString(directory.resolve("runs")).contains("--health-enabled=true"))
                .isEqualTo(can);
    }

    @ParameterizedTest
    @CsvSource({"26.0.8, --spi-a-b-c=d--e", "26.2.5, --spi-a-b-c=d--e", "26.3.0, --spi-a--b--c=d--e"})
    void spells_options_for_the_version(String version, String spelled) throws Exception {
        version(version);

        try (KeycloakBuild build = build()) {
            assertThat(build.spelled("--spi-a--b--c=d--e")).isEqualTo(spelled);
            assertThat(build.spelled("--http-port=8080")).isEqualTo("--http-port=8080");
        }
    }

    @Test
    void requires_a_known_version() throws Exception {
        Files.writeString(home.resolve("version.txt"), "nothing");

        assertThatExceptionOfType(StartFailedException.class).isThrownBy(this::build);
    }

    private void version(String version) throws IOException {
        Files.writeString(home.resolve("version.txt"), "Keycloak - Version " + version + "\n");
    }

    private KeycloakBuild build() throws IOException, InterruptedException {
        return KeycloakBuild.of(home, extension, directory.resolve("build.log"), "-ea", passed -> {});
    }

    private void script(String last) throws IOException {
        Path script = home.resolve("bin").resolve("kc.sh");
        Files.writeString(script, "#!/bin/sh\necho \"$@\" >> '" + directory.resolve("runs") + "'\n" + last + "\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private int runs() throws IOException {
        return Files.readAllLines(directory.resolve("runs")).size();
    }
}
