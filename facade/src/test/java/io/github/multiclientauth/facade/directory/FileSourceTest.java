package io.github.multiclientauth.facade.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.facade.directory.DirectorySource.Fetched;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSourceTest {

    @TempDir
    Path folder;

    @Test
    void is_read_again_when_its_content_has_changed() throws IOException {
        Path file = folder.resolve("directory.json");
        FileSource source = new FileSource(file);
        assertThat(source.fetch(Optional.empty())).isInstanceOf(Fetched.Failed.class);

        Files.writeString(file, "one");
        Fetched.Document one = (Fetched.Document) source.fetch(Optional.empty());
        assertThat(one.json()).isEqualTo("one");
        assertThat(source.fetch(one.tag())).isEqualTo(new Fetched.Unchanged());

        Files.writeString(file, "two");
        assertThat(source.fetch(one.tag()))
                .isInstanceOfSatisfying(
                        Fetched.Document.class, two -> assertThat(two.json()).isEqualTo("two"));
    }
}
