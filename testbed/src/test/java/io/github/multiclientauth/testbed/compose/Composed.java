package io.github.multiclientauth.testbed.compose;

import io.github.multiclientauth.testbed.launch.Ports;
import io.github.multiclientauth.testbed.proxy.RawRequest;
import io.github.multiclientauth.testbed.web.TrustedAuthority;
import java.io.IOException;
import java.io.Reader;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/** One new installation, made by {@code deploy/prepare} and Compose. It does not interfere with others on the machine. */
final class Composed implements AutoCloseable {

    private static final Duration BUILD = Duration.ofMinutes(6);
    private static final Duration HEALTH = Duration.ofMinutes(4);

    private final Path root;
    private final Engine engine;
    private final Command command;
    private final String project;
    private final Path directory;
    private final Properties settings;
    private final Properties providers;

    private Composed(Path root, Engine engine, Command command, String project, Path directory) throws IOException {
        this.root = root;
        this.engine = engine;
        this.command = command;
        this.project = project;
        this.directory = directory;
        this.settings = variables(directory.resolve(".env"));
        this.providers = variables(directory.resolve("secrets/providers.env"));
    }

    /** The settings in a file that {@code deploy/prepare} has made. */
    static Properties variables(Path file) throws IOException {
        Properties variables = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            variables.load(reader);
        }
        return variables;
    }

    /**
     * @param root the project's root folder
     * @param work gets {@code .env}, secrets and the log
     */
    static Composed up(Path root, Path work) throws IOException {
        Files.createDirectories(work);
        Path log = work.resolve("compose.log");
        Files.deleteIfExists(log);
        Command command = new Command(root, log);
        Engine engine = Engine.installed(command);
        // A network that is not in use, because several runs may share a machine.
        Random random = new Random();
        String subnet =
                "10.%d.%d.%d/28".formatted(200 + random.nextInt(50), random.nextInt(256), 16 * random.nextInt(15));
        Path directory = work.resolve("installation");
        delete(directory);
        String project = "mca-test-" + Integer.toHexString(random.nextInt());
        command.run(
                Duration.ofMinutes(1),
                List.of(
                        root.resolve("deploy/prepare").toString(),
                        "--demo",
                        "--port",
                        Integer.toString(Ports.free().portfolio()),
                        "--subnet",
                        subnet,
                        "--into",
                        directory.toString()));
        // Its own image names as well, so that images that an operator has built are not replaced.
        Files.writeString(directory.resolve(".env"), "IMAGE_TAG=" + project + "\n", StandardOpenOption.APPEND);
        Composed composed = new Composed(root, engine, command, project, directory);
        boolean complete = false;
        try {
            composed.compose(BUILD, "build");
            composed.compose(BUILD, "up", "-d");
            composed.awaitHealth();
            complete = true;
            return composed;
        } finally {
            if (!complete) {
                composed.compose(Duration.ofMinutes(1), "logs", "--no-color", "--tail=40");
                composed.close();
            }
        }
    }

    /** The value of a line of {@code .env}. */
    String setting(String name) {
        return settings.getProperty(name);
    }

    /** All secrets, by the name of their file. */
    Map<String, List<String>> secrets() throws IOException {
        Map<String, List<String>> secrets = new TreeMap<>();
        secrets.put(".env", values(settings));
        secrets.put("providers.env", values(providers));
        secrets.put("keycloak.conf", values(variables(directory.resolve("secrets/keycloak.conf"))));
        for (String name :
                List.of("auth-secret", "facade-client-secret", "portfolio-client-secret", "dashboard-client-secret")) {
            secrets.put(
                    name,
                    List.of(Files.readString(directory.resolve("secrets/" + name))
                            .strip()));
        }
        return secrets;
    }

    private static List<String> values(Properties file) {
        return file.stringPropertyNames().stream()
                .filter(name -> name.toUpperCase(Locale.ROOT).matches(".*(SECRET|PASSWORD)"))
                .map(file::getProperty)
                .toList();
    }

    /** Allows the admin console for this machine, as an operator would. */
    void nameThisMachineAnAdministrator() throws IOException {
        Path file = directory.resolve(".env");
        Files.writeString(
                file, Files.readString(file).replaceAll("(?m)^ADMIN_NETWORKS=.*$", "ADMIN_NETWORKS=this-machine"));
        compose(Duration.ofMinutes(2), "up", "-d", "nginx");
        awaitHealth();
    }

    /** A client that trusts only the certificate that {@code deploy/prepare} names. */
    HttpClient browser() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10))
                .sslContext(trust())
                .build();
    }

    /** Sends a hand-written request with the same trust and returns the whole answer. HTTP clients cannot send different host names in one request. */
    String answer(String nameInTheHandshake, String... head) throws IOException {
        return RawRequest.overTls(trust(), nameInTheHandshake, Integer.parseInt(setting("HTTPS_PORT")), List.of(head));
    }

    private SSLContext trust() {
        return TrustedAuthority.only(directory.resolve("secrets/authority.pem"));
    }

    /** Renews the secrets, as an operator does once a year. */
    void renewCertificates() {
        command.run(
                Duration.ofMinutes(1),
                List.of(root.resolve("deploy/prepare").toString(), "--renew", "--into", directory.toString()));
        compose(
                Duration.ofMinutes(2),
                "up",
                "-d",
                "--force-recreate",
                "keycloak",
                "nginx",
                "facade-1",
                "facade-2",
                "demo");
        awaitHealth();
    }

    Engine engine() {
        return engine;
    }

    String compose(Duration limit, String... arguments) {
        List<String> all = Engine.concat(
                engine.compose(),
                "-p",
                project,
                "--env-file",
                directory.resolve(".env").toString());
        return command.run(limit, Engine.concat(all, arguments)).strip();
    }

    /** The id of a service's container. */
    String container(String service) {
        return compose(Duration.ofSeconds(30), "ps", "-q", service);
    }

    /** The ids of all containers. */
    List<String> containers() {
        return labelled("ps", "-a", "-q");
    }

    /** Restarts services as an operator does: stops them with their signals, and starts them again. */
    void restart(String... services) {
        compose(
                Duration.ofMinutes(2),
                Engine.concat(List.of("restart"), services).toArray(String[]::new));
        awaitHealth();
    }

    /** Stops services while {@code meanwhile} runs. */
    void without(List<String> services, Runnable meanwhile) {
        String[] names = services.toArray(String[]::new);
        compose(Duration.ofMinutes(2), Engine.concat(List.of("stop"), names).toArray(String[]::new));
        try {
            meanwhile.run();
        } finally {
            compose(
                    Duration.ofMinutes(2),
                    Engine.concat(List.of("start"), names).toArray(String[]::new));
        }
        awaitHealth();
    }

    /** Kills a service. After docker kill the engine does not restart it. */
    void kill(String service) {
        engine.docker("kill", container(service));
    }

    void start(String service) {
        compose(Duration.ofMinutes(2), "start", service);
    }

    /** Kills a service, as a bug or a lack of memory would. The restart policy then restarts it. */
    void crash(String service) {
        String container = container(service);
        long pid = Long.parseLong(engine.docker("inspect", "-f", "{{.State.Pid}}", container));
        boolean killed =
                ProcessHandle.of(pid).map(ProcessHandle::destroyForcibly).orElse(false);
        if (!killed) {
            // Only root may kill the process. After docker kill an engine would not restart the container.
            engine.docker("kill", container);
            engine.docker("start", container);
        }
        await(
                "the restart of " + service,
                () -> !engine.docker("inspect", "-f", "{{.State.Pid}}", container)
                        .equals(Long.toString(pid)));
        awaitHealth();
    }

    /** The last warnings and errors that a service with JSON logs has written. */
    String complaints(String service) {
        List<String> lines = engine.docker("logs", "--tail=400", container(service))
                .lines()
                .filter(line -> line.contains("\"level\":\"WARN\"") || line.contains("\"level\":\"ERROR\""))
                .map(line -> line.substring(0, Math.min(line.length(), 2_000)))
                .toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 12), lines.size()));
    }

    private void awaitHealth() {
        await("health", this::isHealthy);
    }

    boolean isHealthy() {
        return containers().stream()
                .allMatch(container -> engine.docker("inspect", "-f", "{{.State.Health.Status}}", container)
                        .equals("healthy"));
    }

    private void await(String what, java.util.function.BooleanSupplier condition) {
        long end = System.nanoTime() + HEALTH.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Waited " + HEALTH.toSeconds() + " s for " + what + ":\n"
                        + compose(Duration.ofMinutes(1), "ps") + "\n"
                        + compose(Duration.ofMinutes(1), "logs", "--no-color", "--tail=20"));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
        }
    }

    /** The existing containers, networks, volumes and images. */
    List<String> parts() {
        return Stream.of(
                        labelled("ps", "-a", "-q"),
                        labelled("network", "ls", "-q"),
                        labelled("volume", "ls", "-q"),
                        images())
                .flatMap(List::stream)
                .toList();
    }

    /** The images that were built for this installation. */
    private List<String> images() {
        return engine.docker("images", "--filter", "reference=*/*:" + project, "--format", "{{.Repository}}:{{.Tag}}")
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
    }

    private List<String> labelled(String... question) {
        return engine.docker(Engine.concat(List.of(question), "--filter", "label=com.docker.compose.project=" + project)
                        .toArray(String[]::new))
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
    }

    /** Removes the installation with its volumes and images. The engine's build cache stays. */
    @Override
    public void close() throws IOException {
        compose(Duration.ofMinutes(2), "down", "-v", "--remove-orphans");
        List<String> images = images();
        if (!images.isEmpty()) {
            engine.docker(
                    Engine.concat(List.of("rmi"), images.toArray(String[]::new)).toArray(String[]::new));
        }
        delete(directory);
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
