package io.github.multiclientauth.release;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** SHA-256 of files, as {@code sha256sum} writes and checks it. */
final class Checksums {

    static final String FILE = "SHA256SUMS";

    private Checksums() {}

    /** The checksums in hexadecimal, by the names of the files. */
    static SortedMap<String, String> of(Collection<Path> files) throws IOException {
        SortedMap<String, String> sums = new TreeMap<>();
        for (Path file : files) {
            sums.put(file.getFileName().toString(), sha256(file));
        }
        return sums;
    }

    /** Writes {@link #FILE} into the folder. */
    static Path write(Path folder, SortedMap<String, String> sums) throws IOException {
        return Files.writeString(
                folder.resolve(FILE),
                sums.entrySet().stream()
                        .map(sum -> sum.getValue() + "  " + sum.getKey() + "\n")
                        .collect(Collectors.joining()));
    }

    /** Images are larger than the heap, so this reads piece by piece. */
    private static String sha256(Path file) throws IOException {
        try (DigestInputStream content =
                new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            content.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(content.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
