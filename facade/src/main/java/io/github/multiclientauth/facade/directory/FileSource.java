package io.github.multiclientauth.facade.directory;

import io.github.multiclientauth.facade.wire.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;

/** A file in the format of the endpoint, for servers that the extension is not on, and for tests. */
public final class FileSource implements DirectorySource {

    private final Path file;

    public FileSource(Path file) {
        this.file = file;
    }

    @Override
    public Fetched fetch(Optional<String> tag) {
        try {
            byte[] content = Files.readAllBytes(file);
            Optional<String> now = Optional.of(hash(content));
            return now.equals(tag)
                    ? new Fetched.Unchanged()
                    : new Fetched.Document(new String(content, StandardCharsets.UTF_8), now);
        } catch (IOException e) {
            return new Fetched.Failed(file + " cannot be read: " + e.getClass().getSimpleName());
        }
    }

    /** By content: the time of a file is too coarse, and its name may be a link that is turned. */
    private static String hash(byte[] content) {
        return HexFormat.of().formatHex(Sha256.of(content));
    }
}
