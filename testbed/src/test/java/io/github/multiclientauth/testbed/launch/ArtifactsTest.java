package io.github.multiclientauth.testbed.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.multiclientauth.testbed.process.StartFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactsTest {

    @TempDir
    Path directory;

    @Test
    void finds_the_files_that_maven_names() throws IOException {
        Properties properties = complete();

        assertThat(Artifacts.of(properties))
                .isEqualTo(new Artifacts(
                        directory.resolve("keycloak.home"),
                        directory.resolve("extension.jar"),
                        directory.resolve("facade.jar"),
                        directory.resolve("realm.file"),
                        directory.resolve("not-yet-there")));
    }

    @Test
    void an_error_for_a_missing_file_names_the_command_that_makes_it() throws IOException {
        Properties properties = complete();
        Files.delete(directory.resolve("facade.jar"));

        assertThatExceptionOfType(StartFailedException.class)
                .isThrownBy(() -> Artifacts.of(properties))
                .withMessageContaining("testbed.facade.jar")
                .withMessageContaining("mvn -Pdemo");
    }

    @Test
    void an_error_for_a_missing_property_names_it() throws IOException {
        Properties properties = complete();
        properties.remove("testbed.work.directory");

        assertThatExceptionOfType(StartFailedException.class)
                .isThrownBy(() -> Artifacts.of(properties))
                .withMessageContaining("testbed.work.directory");
    }

    private Properties complete() throws IOException {
        Properties properties = new Properties();
        for (String name : new String[] {"keycloak.home", "extension.jar", "facade.jar", "realm.file"}) {
            Path path = Files.writeString(directory.resolve(name), "");
            properties.setProperty("testbed." + name, path.toString());
        }
        properties.setProperty(
                "testbed.work.directory", directory.resolve("not-yet-there").toString());
        return properties;
    }
}
