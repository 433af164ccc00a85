package io.github.multiclientauth.testbed.monitoring;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The metrics of a facade: their names, labels, and the values of those labels that do not depend on who uses it.
 *
 * @param metrics the values by the name of the label, by the name of the metric. A label without values can have any
 */
public record Scrape(SortedMap<String, SortedMap<String, SortedSet<String>>> metrics) {

    /** Labels whose values the facade chooses. Rules and dashboard may only ask for values that it has. */
    static final Set<String> CLOSED = Set.of("outcome", "reason", "endpoint", "method", "uri", "le", "area");

    private static final Path RECORDED = Path.of(
            System.getProperty("testbed.root", ".."),
            "testbed/src/test/resources/io/github/multiclientauth/testbed/monitoring/scrape.json");

    private static final Pattern OURS =
            Pattern.compile("multi_client_auth_.*|http_server_requests_.*|process_cpu_usage|jvm_memory_used_bytes");
    private static final Pattern SERIES = Pattern.compile("(?m)^([a-zA-Z_:][\\w:]*)(?:\\{(.*)})?(?: .*)?$");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Reads what a facade answers at {@code /q/metrics}, or any series in the same syntax. */
    public static Scrape of(String text) {
        SortedMap<String, SortedMap<String, SortedSet<String>>> metrics = new TreeMap<>();
        SERIES.matcher(text)
                .results()
                .filter(series -> OURS.matcher(series.group(1)).matches())
                .forEach(series -> add(metrics.computeIfAbsent(series.group(1), name -> new TreeMap<>()), series));
        return new Scrape(metrics);
    }

    private static void add(SortedMap<String, SortedSet<String>> labels, MatchResult series) {
        if (series.group(2) == null) {
            return;
        }
        Matcher label = LABEL.matcher(series.group(2));
        while (label.find()) {
            SortedSet<String> values = labels.computeIfAbsent(label.group(1), name -> new TreeSet<>());
            if (CLOSED.contains(label.group(1))) {
                values.add(label.group(2));
            }
        }
    }

    /** Reads what OperationIT has recorded from a real facade. */
    static Scrape recorded() throws IOException {
        return new Scrape(JSON.readValue(RECORDED.toFile(), new TypeReference<>() {}));
    }

    /** Writes this as what is recorded. */
    public void record() throws IOException {
        Files.writeString(RECORDED, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(metrics) + "\n");
    }

    /** Everything that is recorded and not in this scrape. */
    public List<String> missing() throws IOException {
        return recorded().without(this);
    }

    /** What of this the other one does not have: metrics, labels, or values. */
    List<String> without(Scrape other) {
        List<String> missing = new ArrayList<>();
        metrics.forEach((name, labels) -> {
            Map<String, SortedSet<String>> theirs = other.metrics.get(name);
            if (theirs == null) {
                missing.add(name);
                return;
            }
            labels.forEach((label, values) -> {
                if (!theirs.containsKey(label)) {
                    missing.add(name + "{" + label + "}");
                    return;
                }
                values.stream()
                        .filter(value -> !theirs.get(label).contains(value))
                        .forEach(value -> missing.add(name + "{" + label + "=\"" + value + "\"}"));
            });
        });
        return missing;
    }
}
