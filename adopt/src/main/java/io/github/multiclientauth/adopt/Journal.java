package io.github.multiclientauth.adopt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The state file. It lists the steps that were started and what the realm was like before. A step is written before its first
 * request is sent, so a run that stops at any point can be finished or undone.
 */
final class Journal {

    private static final int VERSION = 1;
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** One step that was started, and what it found. */
    record Entry(Step step, JsonNode before) {}

    /** The content of the file. */
    private record Content(int version, URI server, String realm, List<Entry> steps) {}

    private final Path file;
    private final URI server;
    private final String realm;
    private final List<Entry> entries;

    private Journal(Path file, URI server, String realm, List<Entry> entries) {
        this.file = file;
        this.server = server;
        this.realm = realm;
        this.entries = new ArrayList<>(entries);
    }

    /** Reads the file. Empty if there is none. A file of another realm is refused, because an undo would remove the wrong things. */
    static Journal open(Path file, URI server, String realm) {
        if (!Files.exists(file)) {
            return new Journal(file, server, realm, List.of());
        }
        try {
            Content content = JSON.readValue(file.toFile(), Content.class);
            if (content.version() != VERSION
                    || !content.server().equals(server)
                    || !content.realm().equals(realm)) {
                throw new RefusedException(file + " is about the realm " + content.realm() + " at " + content.server()
                        + ". Name another one with --state");
            }
            return new Journal(file, server, realm, content.steps());
        } catch (JsonProcessingException broken) {
            throw new RefusedException(file + " is no state file", broken);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    List<Entry> entries() {
        return List.copyOf(entries);
    }

    Optional<Entry> entry(Step step) {
        return entries.stream().filter(entry -> step.isSame(entry.step())).findFirst();
    }

    boolean hasBegun(Step step) {
        return entry(step).isPresent();
    }

    /** Writes a step, and returns when it is on disk. */
    void begin(Step step, JsonNode before) {
        entries.add(new Entry(step, before));
        write();
    }

    /** Ends a refresh. The file then remembers the new flow and what it was copied from, instead of the old one. */
    void refreshed(FlowRefresh refresh, JsonNode before) {
        entries.replaceAll(entry -> refresh.flow().isSame(entry.step()) ? new Entry(refresh.flow(), before) : entry);
        entries.removeIf(entry -> refresh.isSame(entry.step()));
        write();
    }

    /** A refresh that an earlier run started and did not finish. */
    Optional<FlowRefresh> interrupted() {
        return entries.stream()
                .map(Entry::step)
                .filter(FlowRefresh.class::isInstance)
                .map(FlowRefresh.class::cast)
                .findFirst();
    }

    /** Removes a step that was undone. Deletes the file after the last one. */
    void forget(Entry entry) {
        entries.remove(entry);
        try {
            if (entries.isEmpty()) {
                Files.deleteIfExists(file);
            } else {
                write();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void write() {
        Path target = file.toAbsolutePath();
        Path next = target.resolveSibling(target.getFileName() + ".new");
        try {
            Files.write(next, JSON.writeValueAsBytes(new Content(VERSION, server, realm, entries)));
            try (FileChannel channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(next, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            throw new UncheckedIOException("The state file cannot be written. Nothing has been changed since", failed);
        }
    }
}
