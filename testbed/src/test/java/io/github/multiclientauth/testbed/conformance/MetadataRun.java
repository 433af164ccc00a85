package io.github.multiclientauth.testbed.conformance;

import io.github.multiclientauth.testbed.launch.Ports;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

/**
 * Some wrong metadata, one after another, for a facade of its own. It asks again and again, with longer and longer pauses, so
 * each facade gets a few of them only.
 */
final class MetadataRun implements Callable<Map<Row<MetadataRows.Preparation>, List<String>>> {

    /** How many rows one facade gets. */
    static final int ROWS = 4;

    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(25);

    /** What the provider answers before each row, since the facade does not repeat a message. */
    private static final int BETWEEN = 599;

    private final MisbehavingProvider provider;
    private final String realm;
    private final List<Row<MetadataRows.Preparation>> rows;
    private final Map<String, String> settings;

    MetadataRun(
            MisbehavingProvider provider,
            String realm,
            List<Row<MetadataRows.Preparation>> rows,
            Map<String, String> settings) {
        this.provider = provider;
        this.realm = realm;
        this.rows = rows;
        this.settings = settings;
    }

    /** Divides rows among facades. */
    static List<List<Row<MetadataRows.Preparation>>> divided(List<Row<MetadataRows.Preparation>> rows) {
        List<List<Row<MetadataRows.Preparation>>> parts = new ArrayList<>();
        for (int from = 0; from < rows.size(); from += ROWS) {
            parts.add(rows.subList(from, Math.min(rows.size(), from + ROWS)));
        }
        return parts;
    }

    /** What the facade said about each row. */
    @Override
    public Map<Row<MetadataRows.Preparation>, List<String>> call() throws IOException, InterruptedException {
        Map<Row<MetadataRows.Preparation>, List<String>> said = new LinkedHashMap<>();
        provider.metadata(realm, right -> Reply.of(BETWEEN, "text/html", ""));
        Ports ports = Ports.free();
        URI issuer = realm.startsWith("secure") ? provider.secureIssuer(realm) : provider.issuer(realm);
        try (FacadeUnderTest facade = FacadeUnderTest.launch(
                issuer, ports.facade(), ports.facadeManagement(), settings, "conformance-" + realm + ".log")) {
            long mark = 0;
            for (Row<MetadataRows.Preparation> row : rows) {
                provider.metadata(realm, right -> Reply.of(BETWEEN, "text/html", ""));
                await(facade, mark, MetadataRun::isBetween);
                mark = facade.mark();
                prepare(row);
                said.put(row, await(facade, mark, message -> !isBetween(message)));
                mark = facade.mark();
            }
        }
        return said;
    }

    private void prepare(Row<MetadataRows.Preparation> row) {
        try {
            row.act().with(answer -> provider.metadata(realm, answer));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isBetween(String message) {
        return message.contains("status " + BETWEEN);
    }

    /** The messages about the list of changes since then, as soon as there is one of those. */
    private static List<String> await(FacadeUnderTest facade, long mark, Predicate<String> wanted)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + LONGEST.toNanos();
        List<String> said;
        do {
            Thread.sleep(PAUSE.toMillis());
            said = facade.messagesSince(mark).stream()
                    .filter(message -> message.startsWith("MCA00235"))
                    .filter(wanted)
                    .toList();
        } while (said.isEmpty() && System.nanoTime() < end);
        return said;
    }
}
