package io.github.multiclientauth.bench.directory;

import java.util.Locale;

/**
 * The results for one number of applications.
 *
 * @param documentBytes the size of the document
 * @param sentBytes its size as it is sent, compressed
 * @param cold the time for the whole document after a change
 * @param begun the time until a document that is in memory begins to arrive
 * @param warm the time until it has arrived
 * @param unchanged the time for the answer that nothing has changed
 * @param unchangedCpuMicros CPU time of Keycloak for one such answer, in microseconds
 * @param heapBytes the size of the facade's snapshot
 */
record Measured(
        int applications,
        int documentBytes,
        int sentBytes,
        Latencies cold,
        Latencies begun,
        Latencies warm,
        Latencies unchanged,
        long unchangedCpuMicros,
        long heapBytes) {

    private static final double KIB = 1024;
    private static final double MIB = KIB * KIB;

    /** A row about Keycloak. */
    String keycloakRow() {
        return String.format(
                Locale.ROOT,
                "| %d | %.0f KiB | %.0f KiB | %s | %s | %s | %s | %.1f ms |",
                applications,
                documentBytes / KIB,
                sentBytes / KIB,
                cold.cells(),
                begun.cells(),
                warm.cells(),
                unchanged.cells(),
                unchangedCpuMicros / 1e3);
    }

    /**
     * A row about the facade.
     *
     * @param lookUpNanos the time to look one origin up
     */
    String facadeRow(double lookUpNanos) {
        return String.format(
                Locale.ROOT,
                "| %d | %.0f ns | %.2f MiB | %.1f MiB |",
                applications,
                lookUpNanos,
                heapBytes / MIB,
                heapBytes / MIB / applications * 10_000);
    }
}
