package io.github.multiclientauth.bench.directory;

import io.github.multiclientauth.adopt.AdminApi;
import io.github.multiclientauth.bench.Machine;
import io.github.multiclientauth.bench.ProcessUsage;
import io.github.multiclientauth.bench.Report;
import io.github.multiclientauth.testbed.keycloak.KeycloakBuild;
import io.github.multiclientauth.testbed.keycloak.KeycloakServer;
import io.github.multiclientauth.testbed.launch.Artifacts;
import io.github.multiclientauth.testbed.launch.Ports;
import io.github.multiclientauth.testbed.launch.RunSecrets;
import io.github.multiclientauth.testbed.process.JavaChild;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openjdk.jmh.runner.RunnerException;

/**
 * {@code mvn -Pbench-directory -pl bench -am}: fills a real Keycloak with more and more clients, measures the directory at each size, and
 * writes the tables into the documentation.
 */
public final class DirectoryBenchmark {

    private static final String COMMAND = "mvn -Pbench-directory";

    /** The applications of the realm file. */
    private static final int OTHERS = 2;

    private final Artifacts artifacts = Artifacts.of(System.getProperties());
    private final RunSecrets secrets = RunSecrets.random(Map.of());
    private final PrintStream screen = System.out;
    private final int rounds = Integer.getInteger("bench.rounds", 20);
    private final int polls = Integer.getInteger("bench.polls", 200);
    private final boolean bulk = Boolean.parseBoolean(System.getProperty("bench.bulk", "true"));
    private final Optional<List<Integer>> chosenSizes = Optional.ofNullable(System.getProperty("bench.sizes"))
            .map(sizes -> Stream.of(sizes.split(",")).map(Integer::valueOf).toList());

    private DirectoryBenchmark() {}

    public static void main(String[] arguments) throws IOException, InterruptedException, RunnerException {
        new DirectoryBenchmark().run();
        System.exit(0);
    }

    private void run() throws IOException, InterruptedException, RunnerException {
        List<Integer> sizes = chosenSizes.orElse(List.of(10, 1000, 10_000));
        List<Measured> measured = new ArrayList<>();
        try (KeycloakServer keycloak = start()) {
            keycloak.awaitReady(passed -> {});
            Endpoint directory = new Endpoint(facade(keycloak), keycloak.issuer());
            ManyClients clients = new ManyClients(AdminApi.administrator(
                    keycloak.address(), KeycloakServer.REALM, KeycloakServer.ADMINISTRATOR, secrets.administrator()));
            ProcessUsage usage =
                    new ProcessUsage(ProcessHandle.of(keycloak.process().pid()).orElseThrow());
            for (int size : sizes) {
                long begin = System.nanoTime();
                clients.growTo(size);
                screen.println(size + " applications were there after "
                        + Duration.ofNanos(System.nanoTime() - begin).toSeconds() + " s");
                measured.add(measure(size, clients, directory, usage));
                screen.println(measured.get(measured.size() - 1).keycloakRow());
            }
        }
        String tables = tables(measured, OriginLookUp.nanos(sizes));
        screen.println(tables);
        // Results with other settings than the defaults do not belong on the page.
        if (chosenSizes.isEmpty() && bulk) {
            Report.replace(Path.of(System.getProperty("bench.report")), COMMAND, tables);
        }
    }

    private KeycloakServer start() throws IOException, InterruptedException {
        Path logs = artifacts.workDirectory().resolve("bench-directory");
        String lifeline = JavaChild.lifelineOption(artifacts.workDirectory().resolve("lifeline"));
        KeycloakBuild build = KeycloakBuild.of(
                artifacts.keycloakHome(),
                artifacts.extensionJar(),
                logs.resolve("keycloak-build.log"),
                lifeline,
                passed -> {});
        return KeycloakServer.start(
                build,
                new KeycloakServer.Settings(
                        Ports.free().keycloak(),
                        artifacts.realmFile(),
                        Map.of("FACADE_CLIENT_SECRET", secrets.facadeAccount()),
                        List.of("--spi-realm-restapi-extension--multi-client-auth--bulk=" + bulk),
                        List.of(),
                        secrets.administrator(),
                        logs.resolve("keycloak.log")),
                lifeline);
    }

    private Account facade(KeycloakServer keycloak) {
        URI issuer = keycloak.issuer();
        return new Account(
                issuer,
                Map.of(
                        "grant_type", "client_credentials",
                        "client_id", "multi-client-auth-facade",
                        "client_secret", secrets.facadeAccount()));
    }

    private Measured measure(int size, ManyClients clients, Endpoint directory, ProcessUsage usage)
            throws IOException, InterruptedException {
        List<Duration> cold = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            clients.change();
            cold.add(directory.read().time());
        }
        List<Duration> begun = new ArrayList<>();
        List<Duration> warm = new ArrayList<>();
        for (int i = 0; i < polls; i++) {
            Endpoint.Answer answer = directory.read();
            begun.add(answer.begun());
            warm.add(answer.time());
        }
        Endpoint.Answer document = directory.read();
        check(document, size);
        String text = document.document();
        List<Duration> unchanged = new ArrayList<>();
        long before = usage.cpuMicros();
        for (int i = 0; i < polls; i++) {
            unchanged.add(directory.confirm(document.tag()).time());
        }
        long cpuMicros = (usage.cpuMicros() - before) / polls;
        return new Measured(
                size,
                text.getBytes(StandardCharsets.UTF_8).length,
                document.sent().length,
                new Latencies(cold),
                new Latencies(begun),
                new Latencies(warm),
                new Latencies(unchanged),
                cpuMicros,
                SnapshotHeap.bytes(text, size));
    }

    /** Checks that the directory has the expected size. */
    private static void check(Endpoint.Answer document, int size) throws IOException {
        int applications = document.applications();
        if (applications != size + OTHERS) {
            throw new IOException(applications + " applications are in the directory in place of " + (size + OTHERS));
        }
    }

    private String tables(List<Measured> measured, Map<Integer, Double> lookUps) {
        return """
                %s, %d cores. Cold: %d requests; warm and 304: %d requests each.

                | applications | document | as sent | cold, median | p95 | warm, begins | p95 | warm, whole | p95 | 304, median | p95 | CPU per 304 |
                |---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|
                %s

                | applications | look-up of an origin | heap of the facade's snapshot | per 10,000 applications |
                |---:|---:|---:|---:|
                %s
                """.formatted(
                        Machine.measuredNow(),
                        Runtime.getRuntime().availableProcessors(),
                        rounds,
                        polls,
                        measured.stream().map(Measured::keycloakRow).collect(Collectors.joining("\n")),
                        measured.stream()
                                .map(size -> size.facadeRow(lookUps.get(size.applications())))
                                .collect(Collectors.joining("\n")));
    }
}
