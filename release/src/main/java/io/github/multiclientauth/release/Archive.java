package io.github.multiclientauth.release;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/**
 * A {@code .tar.gz} that depends on the names, contents and execute permissions of its files only: entries are in order, all have the same
 * time, and nobody owns them.
 */
final class Archive {

    private static final int FILE = 0100644;
    private static final int PROGRAM = 0100755;

    /** The contents by their names in the archive. */
    private final SortedMap<String, Entry> entries = new TreeMap<>();

    private record Entry(byte[] content, boolean program) {}

    /** Adds a file. */
    Archive file(String name, Path file) throws IOException {
        entries.put(name, new Entry(Files.readAllBytes(file), Files.isExecutable(file)));
        return this;
    }

    /** Adds a text as a file. */
    Archive text(String name, String content) {
        entries.put(name, new Entry(content.getBytes(StandardCharsets.UTF_8), false));
        return this;
    }

    /** Adds all files below a folder. */
    Archive folder(String name, Path folder) throws IOException {
        return folder(name, folder, file -> true);
    }

    /**
     * Adds files below a folder.
     *
     * @param wanted which, by their path below the folder
     * @throws IOException also if there is no such folder
     */
    Archive folder(String name, Path folder, Predicate<Path> wanted) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path relative = folder.relativize(file);
                if (wanted.test(relative)) {
                    file(name + '/' + relative.toString().replace('\\', '/'), file);
                }
            }
        }
        return this;
    }

    /** Writes the same files into a folder, to be used there. */
    void unpackInto(Path folder) throws IOException {
        for (Map.Entry<String, Entry> entry : entries.entrySet()) {
            Path file = folder.resolve(entry.getKey());
            Files.createDirectories(file.getParent());
            Files.write(file, entry.getValue().content());
            if (entry.getValue().program() && !file.toFile().setExecutable(true)) {
                throw new IOException(file + " cannot be made executable");
            }
        }
    }

    /**
     * Writes the archive.
     *
     * @param time the time of all entries
     */
    void write(Path archive, Instant time) throws IOException {
        GzipParameters parameters = new GzipParameters();
        parameters.setCompressionLevel(Deflater.BEST_COMPRESSION);
        try (OutputStream file = Files.newOutputStream(archive);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(
                        new GzipCompressorOutputStream(file, parameters), StandardCharsets.UTF_8.name())) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            entries.forEach((name, entry) -> put(tar, name, entry, time));
        }
    }

    private static void put(TarArchiveOutputStream tar, String name, Entry entry, Instant time) {
        try {
            TarArchiveEntry header = new TarArchiveEntry(name);
            header.setSize(entry.content().length);
            header.setModTime(time.toEpochMilli());
            header.setMode(entry.program() ? PROGRAM : FILE);
            header.setIds(0, 0);
            header.setNames("", "");
            tar.putArchiveEntry(header);
            tar.write(entry.content());
            tar.closeArchiveEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
