package io.github.multiclientauth.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What a process and all its descendants use, as the kernel counts it. */
public final class ProcessUsage {

    /** Of {@code /proc/<pid>/stat}, always 100 for user space on Linux. */
    private static final long TICKS_PER_SECOND = 100;

    private final ProcessHandle root;

    public ProcessUsage(ProcessHandle root) {
        this.root = root;
    }

    /** CPU time in microseconds, in user space and in the kernel, of all threads that live or lived. */
    public long cpuMicros() {
        return processes().mapToLong(process -> ticks(read(process, "stat"))).sum() * (1_000_000 / TICKS_PER_SECOND);
    }

    /** Resident memory in KiB; what processes share is counted for each. */
    long residentKib() {
        return sum("Rss:");
    }

    /** Proportional share of the resident memory in KiB. */
    long proportionalKib() {
        return sum("Pss:");
    }

    private long sum(String label) {
        return processes()
                .flatMap(process -> read(process, "smaps_rollup").lines())
                .filter(line -> line.startsWith(label))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .sum();
    }

    private Stream<ProcessHandle> processes() {
        return Stream.concat(Stream.of(root), root.descendants());
    }

    /** Fields 14 and 15. The second field is a name in parentheses that may hold anything, even more of them. */
    static long ticks(String stat) {
        if (stat.isEmpty()) {
            return 0;
        }
        String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Long.parseLong(afterName[11]) + Long.parseLong(afterName[12]);
    }

    private static String read(ProcessHandle process, String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), file));
        } catch (NoSuchFileException ended) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
