package io.github.multiclientauth.testbed.npm;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Has what is done in a folder done by one JVM at a time: those that run tests share packages and builds. */
final class Turn {

    private Turn() {}

    /** What is done there. */
    interface Work<T> {

        T result() throws IOException, InterruptedException;
    }

    /** Waits until nobody else is at it. What others do there has a limit of its own, and the end of a JVM ends its turn. */
    static <T> T at(Path folder, Work<T> work) throws IOException, InterruptedException {
        Path file = Files.createDirectories(folder).resolve("turn.lock");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock();
            return work.result();
        }
    }
}
