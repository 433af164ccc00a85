package io.github.multiclientauth.bench.reliability;

import io.github.multiclientauth.bench.ProcessUsage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A PostgreSQL in a folder of its own, which is deleted at the end. Its programs must be in the path. */
final class Postgres implements AutoCloseable {

    /** The name of the database and of the account. */
    static final String NAME = "keycloak";

    /** PostgreSQL does not run as root. Its package creates this user. */
    private static final List<String> AS_USER =
            List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups");

    /** The time limit of the process. It ends even if the benchmark is killed. */
    private static final Duration LONGEST_LIFE = Duration.ofHours(3);

    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final Path folder;
    private final Path log;
    private final int port;
    private Process process;

    private Postgres(Path folder, Path log, int port) {
        this.folder = folder;
        this.log = log;
        this.port = port;
    }

    /** Starts it, and returns when the database exists. */
    static Postgres start(int port, Path log) throws IOException, InterruptedException {
        Files.createDirectories(log.getParent());
        Path folder = Files.createTempDirectory("multi-client-auth-postgres");
        Postgres postgres = new Postgres(folder, log, port);
        if (isRoot()) {
            postgres.run(List.of("chown", "postgres", folder.toString()));
        }
        postgres.run(asUser(List.of("initdb", "--username=" + NAME, "--auth=trust", "-D", postgres.data())));
        postgres.start();
        postgres.run(asUser(List.of("createdb", "-h", "127.0.0.1", "-p", Integer.toString(port), "-U", NAME, NAME)));
        Runtime.getRuntime().addShutdownHook(new Thread(postgres::close));
        return postgres;
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    /** Starts it again after {@link #stop}. */
    void start() throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("timeout", "--signal=INT", Long.toString(LONGEST_LIFE.toSeconds())));
        command.addAll(asUser(List.of(
                "postgres",
                "-D",
                data(),
                "-p",
                Integer.toString(port),
                "-h",
                "127.0.0.1",
                "-k",
                folder.toString(),
                "-c",
                "max_connections=300",
                // Nothing here crashes with the machine, and waiting for the disk would only slow the others down.
                "-c",
                "fsync=off")));
        process = builder(command).start();
        List<String> ready =
                asUser(List.of("pg_isready", "-q", "-h", "127.0.0.1", "-p", Integer.toString(port), "-U", NAME));
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (builder(ready).start().waitFor() != 0) {
            if (System.nanoTime() - end > 0 || !process.isAlive()) {
                throw new IOException("PostgreSQL did not start; see " + log);
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    /** Ends it and all connections at once, as <code>pg_ctl stop -m fast</code> does. */
    void stop() throws InterruptedException, IOException {
        Signal.INT.send(process.toHandle());
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new IOException("PostgreSQL did not end; see " + log);
        }
    }

    String address() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + NAME;
    }

    ProcessUsage usage() {
        return new ProcessUsage(process.toHandle());
    }

    private void run(List<String> command) throws IOException, InterruptedException {
        if (builder(command).start().waitFor() != 0) {
            throw new IOException(command.get(0) + " failed; see " + log);
        }
    }

    private ProcessBuilder builder(List<String> command) {
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    }

    private static List<String> asUser(List<String> command) {
        if (!isRoot()) {
            return command;
        }
        return Stream.concat(AS_USER.stream(), command.stream()).toList();
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    @Override
    public void close() {
        try {
            if (process.isAlive()) {
                stop();
            }
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (IOException remains) {
            System.err.println("PostgreSQL could not be removed: " + remains.getMessage());
        }
    }
}
