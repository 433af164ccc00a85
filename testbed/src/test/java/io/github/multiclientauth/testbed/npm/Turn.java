package io.github.multiclientauth.testbed.npm;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Lets one JVM at a time work in a folder, because the JVMs that run tests share packages and builds. */
final class Turn {

    private Turn() {}

    /** The work in the folder. */
    interface Work<T> {

        T result() throws IOException, InterruptedException;
    }

    /** Waits until no other JVM works in the folder. Their work has its own time limit, and the lock ends with the JVM. */
    static <T> T at(Path folder, Work<T> work) throws IOException, InterruptedException {
        Path file = Files.createDirectories(folder).resolve("turn.lock");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock();
            return work.result();
        }
    }
}
