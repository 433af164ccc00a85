package io.github.multiclientauth.bench;

import io.github.multiclientauth.bench.Benchmark.Load;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** All results, by load and round. */
final class Rounds {

    private final Load base;
    private final Map<Load, List<Round>> measured = new LinkedHashMap<>();

    /** @param base the server that the others are compared with */
    Rounds(Load base) {
        this.base = base;
    }

    private record Round(double micros, double perSecond) {}

    void add(Load load, Wrk.Result result, long cpuMicros) {
        measured.computeIfAbsent(load, first -> new ArrayList<>())
                .add(new Round((double) cpuMicros / result.requests(), result.perSecond()));
    }

    Set<Load> loads() {
        return measured.keySet();
    }

    /** CPU time per request in microseconds. */
    double micros(Load load) {
        return median(measured.get(load).stream().map(Round::micros).toList());
    }

    double perSecond(Load load) {
        return median(measured.get(load).stream().map(Round::perSecond).toList());
    }

    /** The median of the ratios to the base, each from one round. */
    double ratio(Load load) {
        return median(ratios(load));
    }

    /** The median of the ratios to another load than the base. */
    double ratio(Load load, Load to) {
        return median(ratios(load, to));
    }

    double lowest(Load load) {
        return ratios(load).stream().mapToDouble(ratio -> ratio).min().orElseThrow();
    }

    double highest(Load load) {
        return ratios(load).stream().mapToDouble(ratio -> ratio).max().orElseThrow();
    }

    private List<Double> ratios(Load load) {
        return ratios(load, base);
    }

    private List<Double> ratios(Load load, Load to) {
        List<Round> rounds = measured.get(load);
        return IntStream.range(0, rounds.size())
                .mapToObj(i -> rounds.get(i).micros() / measured.get(to).get(i).micros())
                .toList();
    }

    /** The last round on one line. */
    String latest() {
        return measured.values().stream()
                .map(rounds -> String.format(
                        Locale.ROOT, "%.1f µs", rounds.get(rounds.size() - 1).micros()))
                .collect(Collectors.joining(", "));
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
