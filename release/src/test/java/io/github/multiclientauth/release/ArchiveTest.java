package io.github.multiclientauth.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTest {

    private static final Instant TIME = Instant.parse("2026-11-30T00:00:00Z");
    private static final String LONG = "a-long-name/".repeat(20) + "file";

    @TempDir
    private Path work;

    private Path tree(String name, String permissions, Instant time) throws IOException {
        Path folder = work.resolve(name);
        for (String file : new String[] {"b", "a/z", LONG, "run"}) {
            Path path = folder.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, file);
            Files.setPosixFilePermissions(
                    path, PosixFilePermissions.fromString(file.equals("run") ? "rwx------" : permissions));
            Files.setLastModifiedTime(path, FileTime.from(time));
        }
        return folder;
    }

    private Path pack(Path folder) throws IOException {
        Path archive = Files.createTempFile(work, "archive", ".tar.gz");
        new Archive().folder("name", folder).write(archive, TIME);
        return archive;
    }

    @Test
    void depends_on_names_contents_and_execute_permissions_only() throws IOException {
        Path first = pack(tree("first", "rw-------", Instant.parse("2020-01-01T00:00:00Z")));
        Path second = pack(tree("second", "rw-rw-r--", Instant.parse("2026-01-01T00:00:00Z")));

        assertThat(second).hasSameBinaryContentAs(first);
        assertThat(Tar.read(first))
                .containsExactly(
                        new Tar.Entry("name/" + LONG, false, LONG),
                        new Tar.Entry("name/a/z", false, "a/z"),
                        new Tar.Entry("name/b", false, "b"),
                        new Tar.Entry("name/run", true, "run"));
    }

    @Test
    void another_content_is_another_archive() throws IOException {
        Path folder = tree("folder", "rw-r--r--", TIME);
        Path before = pack(folder);
        Files.writeString(folder.resolve("b"), "c");

        assertThat(Files.mismatch(before, pack(folder))).isNotNegative();
    }

    @Test
    void tar_of_this_machine_reads_it() throws Exception {
        Tools.require("tar");
        Path archive = pack(tree("folder", "rw-r--r--", TIME));

        assertThat(Program.run(work, "", List.of("tar", "-tzf", archive.toString())))
                .isEqualTo("name/" + LONG + "\nname/a/z\nname/b\nname/run\n");
    }

    @Test
    void a_folder_that_does_not_exist_is_an_error() {
        assertThatThrownBy(() -> new Archive().folder("name", work.resolve("nowhere")))
                .isInstanceOf(NoSuchFileException.class);
    }
}
