package io.github.multiclientauth.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpmPackageTest {

    private static final Path SDK = Path.of("..", "sdk").toAbsolutePath().normalize();

    @TempDir
    private Path work;

    @Test
    void has_the_files_of_npm_pack() throws Exception {
        Tools.require("npm");
        Path ours = work.resolve("ours.tgz");
        NpmPackage.of(SDK).write(ours, Instant.EPOCH);

        Program.run(
                work,
                "",
                List.of("npm", "pack", SDK.toString(), "--pack-destination", work.toString(), "--ignore-scripts"));

        assertThat(Tar.read(ours)).hasSizeGreaterThan(20).containsExactlyInAnyOrderElementsOf(Tar.read(packed()));
    }

    private Path packed() throws IOException {
        try (Stream<Path> files = Files.list(work)) {
            return files.filter(file -> file.getFileName().toString().startsWith("multi-client-auth-"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
