package io.github.multiclientauth.testbed.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A clock that differs for one process: Debian's {@code libfaketime}, between the JVM and the system's clock. Without it the
 * facade would have to have a setting for tests.
 */
public final class WrongClock {

    private WrongClock() {}

    /** Where the library is installed; empty if it is not. */
    public static Optional<Path> library() {
        try (Stream<Path> architectures = Files.list(Path.of("/usr/lib"))) {
            return architectures
                    .map(folder -> folder.resolve("faketime").resolve("libfaketimeMT.so.1"))
                    .filter(Files::exists)
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The variables of the process.
     *
     * @param difference from the right time, such as {@code -10m}
     */
    public static Map<String, String> environment(Path library, String difference) {
        return Map.of(
                "LD_PRELOAD",
                library.toString(),
                "FAKETIME",
                difference,
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1",
                // Its correction of waits keeps a JVM waiting for a minute at the start.
                "FAKETIME_FORCE_MONOTONIC_FIX",
                "0");
    }

    /** The variables of the process with the right time again. */
    public static Map<String, String> none() {
        return Map.of("LD_PRELOAD", "", "FAKETIME", "+0s");
    }
}
