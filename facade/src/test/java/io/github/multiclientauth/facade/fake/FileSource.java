package io.github.multiclientauth.facade.fake;

import io.github.multiclientauth.facade.directory.DirectorySource;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Reads the list of applications from a file, so that a test with HTTP needs no Keycloak. A test profile selects it.
 */
@Alternative
@Singleton
public final class FileSource implements DirectorySource {

    /** The setting that names the file, in the format of the directory endpoint. */
    public static final String SETTING = "test.directory.file";

    private final Path file;

    FileSource(@ConfigProperty(name = SETTING) Path file) {
        this.file = file;
    }

    @Override
    public Fetched fetch(Optional<String> tag) {
        try {
            return tag.isPresent()
                    ? new Fetched.Unchanged()
                    : new Fetched.Document(Files.readString(file), Optional.of("read"));
        } catch (IOException e) {
            return new Fetched.Failed(file + " cannot be read");
        }
    }
}
