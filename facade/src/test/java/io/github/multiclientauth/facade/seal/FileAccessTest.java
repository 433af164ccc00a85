package io.github.multiclientauth.facade.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileAccessTest {

    private static final int FACADE = 1000;
    private static final int SOMEBODY = 1001;

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void write_a_secret() throws IOException {
        file = Files.writeString(directory.resolve("secret"), "secret");
    }

    private void mode(String permissions) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r--r--", "rw-r--rw-", "rw----r--", "rw--w----", "rwxrwxrwx", "r--r--r--", "rw------x"})
    void names_the_mode_and_the_fix_of_a_file_that_others_may_read_or_write(String permissions) throws IOException {
        mode(permissions);

        assertThat(FileAccess.OWNER_ALONE.problem(file))
                .hasValueSatisfying(problem -> assertThat(problem)
                        .startsWith(file.toString())
                        .contains("(mode ")
                        .contains("chmod 600 " + file)
                        .contains("mca.secret-files.allow-other-readers=true"));
        assertThat(FileAccess.ANYBODY.problem(file)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-------", "r--------", "rwx------"})
    void accepts_a_file_that_only_the_facades_user_may_read(String permissions) throws IOException {
        mode(permissions);

        assertThat(FileAccess.OWNER_ALONE.problem(file)).isEmpty();
    }

    /** Kubernetes mounts a secret as a link to a link to the file. */
    @Test
    void a_link_counts_as_the_file_that_it_leads_to() throws IOException {
        Path link = Files.createSymbolicLink(
                directory.resolve("mounted"), Files.createSymbolicLink(directory.resolve("..data"), file));

        mode("rw-------");
        assertThat(FileAccess.OWNER_ALONE.problem(link)).isEmpty();
        mode("rw-r--r--");
        assertThat(FileAccess.OWNER_ALONE.problem(link)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        // Kubernetes with fsGroup and with defaultMode 0440; Debian's group ssl-cert.
        "0640, 0, true",
        "0440, 0, true",
        "0600, 0, true",
        // Kubernetes without fsGroup, a Docker swarm.
        "0644, 0, false",
        "0444, 0, false",
        "0660, 0, false",
        "0600, 1000, true",
        "0640, 1000, false",
        // Another user owns the file and may read it.
        "0600, 1001, false",
        "0400, 1001, false",
    })
    void the_group_may_read_what_belongs_to_root(String mode, int owner, boolean usable) {
        assertThat(FileAccess.problem(file, Integer.parseInt(mode, 8), owner, Optional.of(FACADE))
                        .isEmpty())
                .isEqualTo(usable);
    }

    @Test
    void refuses_group_access_for_a_facade_that_runs_as_root() {
        assertThat(FileAccess.problem(file, 0640, 0, Optional.of(0))).isPresent();
        assertThat(FileAccess.problem(file, 0600, 0, Optional.of(0))).isEmpty();
        assertThat(FileAccess.problem(file, 0600, SOMEBODY, Optional.of(0))).isPresent();
    }

    @Test
    void ignores_the_owner_where_the_system_does_not_say_which_user_the_facade_is() {
        assertThat(FileAccess.problem(file, 0600, SOMEBODY, Optional.empty())).isEmpty();
        assertThat(FileAccess.problem(file, 0644, SOMEBODY, Optional.empty())).isPresent();
    }

    /** A ZIP file stands for every file system without such permissions. */
    @Test
    void a_file_system_without_permissions_is_not_checked() throws IOException {
        URI zip = URI.create("jar:" + directory.resolve("files.zip").toUri());
        try (FileSystem other = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
            assertThat(FileAccess.OWNER_ALONE.problem(Files.writeString(other.getPath("secret"), "secret")))
                    .isEmpty();
        }
    }
}
