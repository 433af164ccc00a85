package io.github.multiclientauth.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The CPU time and memory of a process and all its descendants, as the kernel counts them. */
public final class ProcessUsage {

    /** Clock ticks per second in {@code /proc/<pid>/stat}. On Linux it is always 100 for user space. */
    private static final long TICKS_PER_SECOND = 100;

    private final ProcessHandle root;

    public ProcessUsage(ProcessHandle root) {
        this.root = root;
    }

    /** CPU time in microseconds, in user space and in the kernel, of all threads that live or lived. */
    public long cpuMicros() {
        return processes().mapToLong(process -> ticks(read(process, "stat"))).sum() * (1_000_000 / TICKS_PER_SECOND);
    }

    /** Resident memory in KiB. Memory that processes share counts for each of them. */
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

    /** Reads fields 14 and 15. The second field is a name in parentheses that may itself contain parentheses. */
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
