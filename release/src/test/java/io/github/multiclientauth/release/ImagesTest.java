package io.github.multiclientauth.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Without an engine. What one saves is loaded by hand, as docs/how-to/install-release.md says. */
class ImagesTest {

    @TempDir
    private Path work;

    @Test
    void are_those_of_docker_compose() throws IOException {
        assertThat(Images.of(Files.readString(Path.of("..", "docker-compose.yml"))))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "postgres:17", Optional.empty(),
                        "nginx:1.28", Optional.empty(),
                        "multi-client-auth/keycloak:local", Optional.of("./extension"),
                        "multi-client-auth/facade:local", Optional.of("./facade"),
                        "multi-client-auth/demo:local", Optional.of("./testbed")));
    }

    @Test
    void it_is_said_that_they_are_left_out() throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();

        boolean saved = Images.save(
                work,
                work.resolve("images.tar.gz"),
                Images.Wanted.of("skip"),
                new PrintStream(printed, true, StandardCharsets.UTF_8));

        assertThat(saved).isFalse();
        assertThat(printed.toString(StandardCharsets.UTF_8)).startsWith("THERE IS NO ARCHIVE OF THE IMAGES");
    }

    @Test
    void another_option_is_refused() {
        assertThatThrownBy(() -> Images.Wanted.of("yes"))
                .hasMessage("-Drelease.images=yes is not auto, required or skip");
    }
}
