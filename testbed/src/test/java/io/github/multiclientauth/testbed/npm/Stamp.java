package io.github.multiclientauth.testbed.npm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A file with a hash of the sources of a step. */
final class Stamp {

    private final Path file;
    private final MessageDigest digest;
    private String value;

    Stamp(Path file, String seed) {
        this.file = file;
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
        add(seed.getBytes(StandardCharsets.UTF_8));
    }

    Stamp with(Path directory) throws IOException {
        for (Path source : NodeJs.sources(directory)) {
            add(directory, source);
        }
        return this;
    }

    Stamp with(Path directory, String... names) throws IOException {
        for (String name : names) {
            add(directory, Path.of(name));
        }
        return this;
    }

    String value() {
        if (value == null) {
            value = HexFormat.of().formatHex(digest.digest());
        }
        return value;
    }

    boolean isThere() throws IOException {
        return Files.exists(file) && Files.readString(file).equals(value());
    }

    void leave() throws IOException {
        Files.writeString(file, value());
    }

    private void add(Path directory, Path source) throws IOException {
        add(source.toString().getBytes(StandardCharsets.UTF_8));
        add(Files.readAllBytes(directory.resolve(source)));
    }

    /** Adds a file with its length, so that different lists of files have different hashes. */
    private void add(byte[] bytes) {
        digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
    }
}
