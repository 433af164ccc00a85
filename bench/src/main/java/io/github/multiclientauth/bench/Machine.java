package io.github.multiclientauth.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** The machine and the day of a measurement, for the documentation. */
public final class Machine {

    private Machine() {}

    /** The day, the processor, the system and the version of Java, as a sentence without a full stop. */
    public static String measuredNow() {
        return "Measured on %s: %s, Linux, Java %s"
                .formatted(
                        LocalDate.now(ZoneOffset.UTC),
                        processor(),
                        Runtime.version().feature());
    }

    private static String processor() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("an unknown processor");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
