package io.github.multiclientauth.bench.reliability;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What an operator sees of a fault: the ids of new log messages, and the metrics that tell of failures. */
final class Operator {

    private static final Pattern LOG_ID = Pattern.compile("MCA\\d{5}");
    private static final Pattern SAMPLE = Pattern.compile("(multi_client_auth_\\w+)\\{([^}]*)} ([0-9.E+]+)");
    private static final Pattern OUTCOME = Pattern.compile("outcome=\"([^\"]+)\"");
    private static final Pattern TELLING = Pattern.compile(
            "grace|unavailable|.*fail.*|.*error.*|mismatch|.*remains|unconfirmed|refused|time.?out|.*lost.*");

    private final HttpClient client = HttpClient.newHttpClient();
    private final Stack stack;
    private Map<Path, Long> read = new HashMap<>();
    private Map<String, Double> before = Map.of();

    Operator(Stack stack) {
        this.stack = stack;
    }

    /** Begins to look. */
    void begin() throws IOException, InterruptedException {
        newLogIds();
        before = metrics();
    }

    /** What was to be seen since {@link #begin}. */
    String seen() throws IOException, InterruptedException {
        Map<String, Double> after = metrics();
        String risen = after.entrySet().stream()
                .map(each -> Map.entry(each.getKey(), each.getValue() - before.getOrDefault(each.getKey(), 0.0)))
                .filter(each -> each.getValue() >= 1)
                .map(each -> "`%s` +%.0f".formatted(each.getKey(), each.getValue()))
                .collect(Collectors.joining(", "));
        String ids = newLogIds().entrySet().stream()
                .map(each -> each.getKey() + " × " + each.getValue())
                .collect(Collectors.joining(", "));
        return Stream.of(ids, risen).filter(text -> !text.isEmpty()).collect(Collectors.joining("; "));
    }

    private Map<String, Long> newLogIds() throws IOException {
        Map<String, Long> ids = new TreeMap<>();
        List<Path> logs;
        try (Stream<Path> files = Files.list(stack.logs())) {
            logs = files.filter(file -> file.getFileName().toString().matches("(facade|keycloak)-\\d+-\\d+\\.log"))
                    .toList();
        }
        for (Path log : logs) {
            byte[] all = Files.readAllBytes(log);
            int known = read.getOrDefault(log, 0L).intValue();
            // A log of an earlier run that was begun again.
            int from = known > all.length ? 0 : known;
            read.put(log, (long) all.length);
            Matcher found = LOG_ID.matcher(new String(all, from, all.length - from, StandardCharsets.UTF_8));
            while (found.find()) {
                ids.merge(found.group(), 1L, Long::sum);
            }
        }
        return ids;
    }

    /** The sums of the telling metrics, by metric and outcome. A facade that was restarted counts from zero. */
    private Map<String, Double> metrics() throws IOException, InterruptedException {
        Map<String, Double> sums = new TreeMap<>();
        for (int i = 0; i < stack.replicas(); i++) {
            String text;
            try {
                text = client.send(
                                HttpRequest.newBuilder(stack.replica(i).metrics())
                                        .build(),
                                BodyHandlers.ofString())
                        .body();
            } catch (IOException notThere) {
                continue;
            }
            Matcher sample = SAMPLE.matcher(text);
            while (sample.find()) {
                Matcher outcome = OUTCOME.matcher(sample.group(2));
                boolean isNumber =
                        sample.group(1).endsWith("_total") || sample.group(1).endsWith("_count");
                if (isNumber
                        && outcome.find()
                        && TELLING.matcher(outcome.group(1)).matches()) {
                    sums.merge(
                            sample.group(1).replaceFirst("multi_client_auth_", "") + "{" + outcome.group(1) + "}",
                            Double.valueOf(sample.group(3)),
                            Double::sum);
                }
            }
        }
        return sums;
    }
}
