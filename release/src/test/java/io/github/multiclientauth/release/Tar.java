package io.github.multiclientauth.release;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** Reads what was packed. */
final class Tar {

    private Tar() {}

    /** An entry, as far as users see it. */
    record Entry(String name, boolean program, String content) {}

    static List<Entry> read(Path archive) throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new GzipCompressorInputStream(Files.newInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                entries.add(new Entry(
                        entry.getName(),
                        (entry.getMode() & 0100) != 0,
                        new String(tar.readAllBytes(), StandardCharsets.ISO_8859_1)));
            }
        }
        return entries;
    }
}
