package io.github.multiclientauth.bench.reliability;

import io.github.multiclientauth.testbed.facade.FacadeServer;
import io.github.multiclientauth.testbed.launch.Ports;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** One facade of several. It can be ended and started again at the same port, with other settings. */
final class Replica implements AutoCloseable {

    /** More than the image's own time-out at shutdown. */
    private static final Duration ORDERLY_END = Duration.ofSeconds(25);

    private final Plan plan;
    private final String name;
    private final Ports ports = Ports.free();
    private FacadeServer server;
    private int starts;

    /**
     * What all replicas have in common.
     *
     * @param settings environment variables
     */
    record Plan(Path jar, URI issuer, String accountSecret, Map<String, String> settings, Path logs, String lifeline) {

        /** Keeps the secrets out of messages. */
        @Override
        public String toString() {
            return "Plan[" + issuer + "]";
        }
    }

    Replica(Plan plan, String name) {
        this.plan = plan;
        this.name = name;
    }

    int port() {
        return ports.facade();
    }

    /** Starts it, and returns when it is ready. */
    void start(String authSecret, Map<String, String> more) throws IOException {
        Map<String, String> settings = new HashMap<>(plan.settings());
        settings.putAll(more);
        server = FacadeServer.start(
                plan.jar(),
                new FacadeServer.Settings(
                        ports.facade(),
                        ports.facadeManagement(),
                        plan.issuer(),
                        authSecret,
                        plan.accountSecret(),
                        Map.of(),
                        settings,
                        plan.logs().resolve(name + "-" + starts++ + ".log")),
                plan.lifeline());
        server.awaitReady(passed -> {});
    }

    /** Ends it without warning. */
    void kill() throws IOException, InterruptedException {
        Signal.KILL.send(handle());
        server.close();
    }

    /** Ends it as Kubernetes does, and returns when it has ended. */
    void terminate() throws IOException, InterruptedException {
        Signal.TERM.send(handle());
        try {
            handle().onExit().get(ORDERLY_END.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException | NoSuchElementException gone) {
            // Closing it ends what still runs.
        }
        server.close();
    }

    private ProcessHandle handle() {
        return ProcessHandle.of(server.process().pid()).orElseThrow();
    }

    URI metrics() {
        return URI.create("http://127.0.0.1:" + ports.facadeManagement() + "/q/metrics");
    }

    /** Resident memory in KiB, after a garbage collection. */
    long residentKib() throws IOException, InterruptedException {
        collectGarbage();
        try (Stream<String> lines = Files.lines(proc("smaps_rollup"))) {
            return lines.filter(line -> line.startsWith("Rss:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .sum();
        }
    }

    private void collectGarbage() throws IOException, InterruptedException {
        new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(server.process().pid()),
                        "GC.run")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    /** The number of open files and sockets. */
    long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(proc("fd"))) {
            return open.count();
        }
    }

    private Path proc(String file) {
        return Path.of("/proc", Long.toString(server.process().pid()), file);
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }
}
