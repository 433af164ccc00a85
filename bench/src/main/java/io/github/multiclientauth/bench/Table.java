package io.github.multiclientauth.bench;

import io.github.multiclientauth.bench.Benchmark.Load;
import io.github.multiclientauth.bench.Benchmark.Start;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The table of results in the documentation. */
record Table(Rounds rounds, List<Start> starts, int visitors, int count, Duration each) {

    String markdown() {
        return """
                %s. %d rounds of %d s each; the unseen cookies are %d.

                | `GET /api/auth/session` | CPU per request | ratio | lowest to highest | to a read | requests/s on one core | RSS | PSS |
                |---|---:|---:|---:|---:|---:|---:|---:|
                %s

                | start | first answer, median | fastest | slowest |
                |---|---:|---:|---:|
                %s
                """.formatted(
                        Machine.measuredNow(),
                        count,
                        each.toSeconds(),
                        visitors,
                        rounds.loads().stream().map(this::row).collect(Collectors.joining("\n")),
                        starts.stream().map(Table::row).collect(Collectors.joining("\n")));
    }

    private String row(Load load) {
        ProcessUsage usage = load.server().usage();
        return String.format(
                Locale.ROOT,
                "| %s | %.1f µs | %.2f | %.2f to %.2f | %s | %.0f | %d MiB | %d MiB |",
                load.name(),
                rounds.micros(load),
                rounds.ratio(load),
                rounds.lowest(load),
                rounds.highest(load),
                load.read()
                        .filter(rounds.loads()::contains)
                        .map(read -> String.format(Locale.ROOT, "%.2f", rounds.ratio(load, read)))
                        .orElse(""),
                rounds.perSecond(load),
                usage.residentKib() / 1024,
                usage.proportionalKib() / 1024);
    }

    private static String row(Start start) {
        if (start.times().isEmpty()) {
            return "| " + start.name() + " | not measured | | |";
        }
        List<Double> seconds = start.times().stream()
                .map(time -> time.toMillis() / 1e3)
                .sorted()
                .toList();
        return String.format(
                Locale.ROOT,
                "| %s | %.2f s | %.2f s | %.2f s |",
                start.name(),
                Rounds.median(seconds),
                seconds.get(0),
                seconds.get(seconds.size() - 1));
    }
}
