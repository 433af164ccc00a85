package io.github.multiclientauth.bench.directory;

import java.util.Locale;

/**
 * What was measured with so many applications.
 *
 * @param documentBytes of the document
 * @param sentBytes of the same as it is sent, packed
 * @param cold a whole document after a change
 * @param begun until a document that is in memory begins to arrive
 * @param warm the same until it has arrived
 * @param unchanged the answer to who has it
 * @param unchangedCpuMicros CPU time of Keycloak for one such answer, in microseconds
 * @param heapBytes of the facade's snapshot
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
     * @param lookUpNanos of one origin
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
