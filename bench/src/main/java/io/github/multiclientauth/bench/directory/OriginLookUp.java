package io.github.multiclientauth.bench.directory;

import io.github.multiclientauth.facade.client.Application;
import io.github.multiclientauth.facade.client.ClientAuthentication;
import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.client.DirectorySnapshot;
import io.github.multiclientauth.facade.client.Provider;
import io.github.multiclientauth.facade.client.Recognition;
import io.github.multiclientauth.origin.Origin;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The look-up that the facade does for every request: it finds the application of an origin. Here it looks up each origin in turn. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class OriginLookUp {

    @Param({"10", "1000", "10000"})
    public int applications;

    private DirectorySnapshot snapshot;
    private List<Origin> asked;
    private int next;

    /** The origins to look up. They are equal to those of the applications but other objects, as they are when they come from requests. */
    @Setup
    public void fill() {
        snapshot = DirectorySnapshot.of(IntStream.range(0, applications)
                .mapToObj(OriginLookUp::application)
                .toList());
        asked = new ArrayList<>(
                IntStream.range(0, applications).mapToObj(OriginLookUp::origin).toList());
        Collections.shuffle(asked, new Random(applications));
    }

    @Benchmark
    public Recognition recognize() {
        next = next + 1 == applications ? 0 : next + 1;
        return snapshot.recognize(asked.get(next));
    }

    /** Measures in a separate JVM, and returns nanoseconds by the number of applications. */
    static Map<Integer, Double> nanos(List<Integer> sizes) throws RunnerException {
        Map<Integer, Double> nanos = new HashMap<>();
        String[] parameters = sizes.stream().map(String::valueOf).toArray(String[]::new);
        for (RunResult result : new Runner(new OptionsBuilder()
                        .include(OriginLookUp.class.getName())
                        .param("applications", parameters)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run()) {
            nanos.put(
                    Integer.valueOf(result.getParams().getParam("applications")),
                    result.getPrimaryResult().getScore());
        }
        return nanos;
    }

    private static Application application(int number) {
        return new Application(
                new ClientId("application-" + number),
                "Application " + number,
                Set.of(origin(number)),
                new ClientAuthentication.None(),
                List.of(new Provider("github")));
    }

    private static Origin origin(int number) {
        return Origin.parse("https://application-" + number + ".example.com").orElseThrow();
    }
}
