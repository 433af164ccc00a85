package io.github.multiclientauth.bench.reliability;

import io.github.multiclientauth.bench.Machine;
import io.github.multiclientauth.bench.Report;
import io.github.multiclientauth.bench.reliability.Tally.Count;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * {@code mvn -Pbench -pl bench -am -Dbench.main=io.github.multiclientauth.bench.reliability.Faults}: injects one fault after the other
 * while people use an application with three facades, and writes the tables into the documentation.
 */
public final class Faults {

    /** Longer than the facades need to notice that everything is back. */
    private static final Duration SETTLING = Duration.ofSeconds(10);

    private final PrintStream screen = System.out;
    private final int browsers = Integer.getInteger("bench.browsers", 60);
    private final int servers = Integer.getInteger("bench.servers", 20);
    private final double scale = Double.parseDouble(System.getProperty("bench.scale", "1"));
    private final int minutes = Integer.getInteger("bench.minutes", 10);
    private final List<String> only =
            List.of(System.getProperty("bench.only", "").split(","));
    private final int trials = Integer.getInteger("bench.trials", 10);
    private final List<String> parts =
            List.of(System.getProperty("bench.parts", "ends,faults,endurance").split(","));

    private Faults() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        new Faults().run();
        System.exit(0);
    }

    private void run() throws IOException, InterruptedException {
        Path logs = Path.of(System.getProperty("bench.work.directory"), "faults");
        int guests = browsers + servers + FaultList.AT_ONCE;
        try (Stack stack = Stack.start(logs, 2, 3, guests + Propagation.PEOPLE)) {
            if (parts.contains("ends")) {
                report("ends", new Propagation(stack, guests, trials, screen).table());
            }
            stack.confirmOften();
            try (Crowd crowd = new Crowd(stack, browsers, servers)) {
                crowd.come();
                screen.println("All are signed in");
                if (parts.contains("faults")) {
                    injectFaults(stack, crowd);
                }
                if (parts.contains("endurance")) {
                    report("endurance", endure(stack, crowd));
                }
            }
        }
    }

    /** Results of shorter runs than the usual one do not belong on the page. */
    private void report(String part, String results) throws IOException {
        screen.println(results);
        if (only.equals(List.of("")) && scale == 1) {
            Report.replace(
                    Path.of(System.getProperty("bench.reliability.report")),
                    "mvn -Pbench -Dbench.main=…Faults, " + part,
                    Machine.measuredNow() + ", 2 cores.\n\n" + results);
        }
    }

    private void injectFaults(Stack stack, Crowd crowd) throws IOException, InterruptedException {
        List<String> rows = new ArrayList<>();
        Operator operator = new Operator(stack);
        for (Fault fault : new FaultList(stack, crowd, scale).all()) {
            if (only.stream().anyMatch(fault.name()::contains)) {
                rows.add(row(fault, crowd, operator));
                screen.println(rows.get(rows.size() - 1));
            }
        }
        report(
                "faults",
                "%d browsers and %d servers of applications.%n%n".formatted(browsers, servers)
                        + heading()
                        + String.join("\n", rows)
                        + "\n");
    }

    private String heading() {
        return """
                | fault | reads | sessions lost | wrong answers | sign-outs and ends | of them lost | longest wait of a read | an ended session was answered as alive for | 503 | sign-ins that failed | an operator sees |
                |---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---|
                """;
    }

    private String row(Fault fault, Crowd crowd, Operator operator) throws IOException, InterruptedException {
        screen.println("== " + fault.name());
        operator.begin();
        Tally tally = crowd.begin();
        TimeUnit.SECONDS.sleep(3);
        long begin = System.nanoTime();
        fault.action().run();
        screen.printf(Locale.ROOT, "  took %.1f s%n", (System.nanoTime() - begin) / 1e9);
        TimeUnit.NANOSECONDS.sleep(SETTLING.toNanos());
        crowd.begin();
        crowd.verify(tally);
        String seen = operator.seen();
        tally.details().forEach(detail -> screen.println("  " + detail));
        if (!tally.kinds().isEmpty()) {
            screen.println("  " + tally.kinds());
        }
        return String.format(
                Locale.ROOT,
                "| %s | %d | %d | %d | %d | %d | %.1f s | %.1f s | %d | %d and %d | %s |",
                fault.name(),
                tally.count(Count.READS) + tally.count(Count.UPDATES),
                tally.count(Count.LOST),
                tally.count(Count.WRONG),
                tally.count(Count.SIGN_OUTS) + tally.count(Count.ENDED_BY_ADMINISTRATOR),
                tally.count(Count.SIGN_OUTS_LOST),
                tally.longestWait().toMillis() / 1e3,
                tally.longestAlive().toMillis() / 1e3,
                tally.count(Count.UNAVAILABLE),
                tally.count(Count.SIGN_INS_FAILED_IN_OUTAGE),
                tally.count(Count.SIGN_INS_FAILED),
                seen);
    }

    /** Memory and descriptors of the facades under load. */
    private String endure(Stack stack, Crowd crowd) throws IOException, InterruptedException {
        Tally tally = crowd.begin();
        List<String> rows = new ArrayList<>();
        for (int minute = 0; minute <= minutes; minute++) {
            List<String> cells = new ArrayList<>();
            for (int i = 0; i < stack.replicas(); i++) {
                cells.add("%d MiB, %d"
                        .formatted(
                                stack.replica(i).residentKib() / 1024,
                                stack.replica(i).descriptors()));
            }
            rows.add("| " + minute + " | " + cells.stream().collect(Collectors.joining(" | ")) + " |");
            screen.println(rows.get(rows.size() - 1));
            if (minute < minutes) {
                TimeUnit.MINUTES.sleep(1);
            }
        }
        crowd.begin();
        crowd.verify(tally);
        screen.println("  " + tally.kinds());
        return """
                Memory (after a garbage collection) and open files of the facades, with %d reads in %d minutes, %d sessions lost and %d wrong answers:

                | minute | first facade | second | third |
                |---:|---:|---:|---:|
                %s
                """.formatted(
                        tally.count(Count.READS) + tally.count(Count.UPDATES),
                        minutes,
                        tally.count(Count.LOST),
                        tally.count(Count.WRONG),
                        String.join("\n", rows));
    }
}
