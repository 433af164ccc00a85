package io.github.multiclientauth.testbed.matrix;

import io.github.multiclientauth.testbed.process.JavaChild;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Runs the end-to-end suite on one Keycloak after the other, each in a separate Maven, with the JAR that is built already.
 *
 * <p>Test classes that passed with the same JAR are not repeated. An interrupted run continues, and a failed run repeats only the failed
 * classes. {@code -Dmatrix.versions=} with a list of versions runs only those, whether or not the pom lists them, and keeps the results of
 * the others. {@code mvn clean} deletes the reports.
 *
 * <p>It runs inside Maven, which turns an exception of {@link #main} into a build failure.
 */
public final class Matrix {

    /** The time between two lines of progress. */
    private static final Duration PROGRESS = Duration.ofMinutes(1);

    private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+\\.\\d+");

    private static final String RECORD = "docs/compatibility.json";
    private static final String README = "README.md";
    private static final String PAGE = "docs/compatibility.md";

    private final Settings settings;
    private final PrintStream screen;

    /**
     * The settings that Maven passes.
     *
     * @param root the project's root folder
     * @param maven the {@code mvn} that runs
     * @param offline whether it must not use the network; the runs must not either
     * @param versions the versions of Keycloak, in the order of the runs
     * @param linked the versions whose classes the build itself compares with those that the extension uses
     * @param release our own version
     * @param extensionJar the JAR that all of them get
     * @param testClasses the folder of the compiled tests
     * @param work the folder for logs and reports
     */
    record Settings(
            Path root,
            Path maven,
            boolean offline,
            List<String> versions,
            List<String> linked,
            String release,
            Path extensionJar,
            Path testClasses,
            Path work) {

        static Settings of(Properties properties) {
            Path root = Path.of(properties.getProperty("matrix.root"))
                    .toAbsolutePath()
                    .normalize();
            return new Settings(
                    root,
                    Path.of(properties.getProperty("maven.home"), "bin", "mvn"),
                    "offline=true".equals(properties.getProperty("matrix.network")),
                    versions(properties.getProperty("matrix.versions")),
                    versions(properties.getProperty("matrix.linked")),
                    properties.getProperty("matrix.release"),
                    Path.of(properties.getProperty("testbed.extension.jar")),
                    root.resolve("testbed/target/test-classes"),
                    root.resolve("testbed/target/matrix"));
        }

        /** @throws IllegalArgumentException for what is no version of Keycloak */
        static List<String> versions(String list) {
            List<String> versions = List.of(list.strip().split("\\s*,\\s*", -1));
            for (String version : versions) {
                if (!VERSION.matcher(version).matches()) {
                    throw new IllegalArgumentException(
                            "-Dmatrix.versions= takes versions of Keycloak with commas between"
                                    + " them, such as 26.0.8,26.7.4. This is none: \"" + version + '"');
                }
            }
            return versions;
        }
    }

    Matrix(Settings settings, PrintStream screen) {
        this.settings = settings;
        this.screen = screen;
    }

    /** @throws IllegalStateException if a test failed on one of the versions, after the runs on all versions */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        new Matrix(Settings.of(System.getProperties()), System.out).run(Clock.systemUTC());
    }

    private void run(Clock clock) throws IOException, InterruptedException {
        String commit = Checkout.commit(settings.root(), List.of(RECORD, README, PAGE));
        List<String> problems = new ArrayList<>();
        for (String version : settings.versions()) {
            String today = LocalDate.now(clock).toString();
            Path folder = Files.createDirectories(settings.work().resolve(version));
            if (!settings.linked().contains(version) && !isLinked(version, folder)) {
                problems.add(
                        version + ": lacks something that the extension uses, or its classes cannot be had; log in "
                                + linkLog(folder));
            }
            SuiteResults results = complete(version, folder, new Runs.Run(today, commit));
            List<String> absent = results.absent(suite());
            if (!absent.isEmpty()) {
                // Fewer tests than there are would look like a success.
                problems.add(version + ": not recorded, because these did not run: " + absent);
                continue;
            }
            if (!results.failed().isEmpty()) {
                problems.add(version + ": " + results.failed());
            }
            Runs runs = Runs.in(folder);
            write(new Compatibility.Row(
                    version,
                    runs.date(today),
                    settings.release(),
                    runs.commits(),
                    results.tests(),
                    results.failed().size(),
                    results.skipped()));
        }
        screen.println(Compatibility.read(settings.root().resolve(RECORD)).table());
        if (!problems.isEmpty()) {
            throw new IllegalStateException("Not everything passed; the same command again repeats what did not.\n"
                    + String.join("\n", problems));
        }
    }

    /** Keeps the results of all other versions. */
    private void write(Compatibility.Row row) throws IOException {
        Path record = settings.root().resolve(RECORD);
        Path readme = settings.root().resolve(README);
        Path page = settings.root().resolve(PAGE);
        Compatibility now = Compatibility.read(record).with(row);
        now.write(record);
        Files.writeString(readme, now.intoReadme(Files.readString(readme)));
        Files.writeString(page, now.intoPage(Files.readString(page)));
    }

    private static Path linkLog(Path folder) {
        return folder.resolve("links.log");
    }

    /** Whether this Keycloak has every class, method and field that the extension uses. */
    private boolean isLinked(String version, Path folder) throws IOException, InterruptedException {
        List<String> command = maven("extension", "test");
        command.addAll(List.of(
                "-Dtest=EveryKeycloakTest", "-Dsurefire.failIfNoSpecifiedTests=false", "-Dlinks.version=" + version));
        return run(command, linkLog(folder), passed -> {}) == 0;
    }

    private int run(List<String> command, Path log, Consumer<Duration> progress)
            throws IOException, InterruptedException {
        try (JavaChild maven = JavaChild.start("mvn", command, Map.of(), log)) {
            // A signal ends this JVM without closing anything. Maven ends the servers that its tests have started.
            Thread end = new Thread(maven::close);
            Runtime.getRuntime().addShutdownHook(end);
            int status = maven.await(progress);
            Runtime.getRuntime().removeShutdownHook(end);
            if (status != 0) {
                screen.println(maven.logTail());
            }
            return status;
        }
    }

    /** Runs the test classes that have not passed on this version yet. */
    private SuiteResults complete(String version, Path folder, Runs.Run run) throws IOException, InterruptedException {
        Path reports = folder.resolve("reports");
        forgetAnotherJar(folder, reports);
        List<String> missing = SuiteResults.in(reports).missing(suite());
        if (missing.isEmpty()) {
            screen.println("Keycloak " + version + ": all has passed with this JAR already");
            return SuiteResults.in(reports);
        }
        Path log = folder.resolve("maven.log");
        screen.println("Keycloak " + version + ": " + missing.size() + " test classes; log in " + log);
        Runs.add(folder, run);
        List<String> command = maven("testbed", "verify");
        command.addAll(List.of(
                "-Pnightly",
                "-DskipUTs",
                "-DskipCompose",
                "-Dfailsafe.failIfNoSpecifiedTests=false",
                "-Dtestbed.keycloak.version=" + version,
                "-Dtestbed.reports.directory=" + reports,
                "-Dit.test=" + String.join(",", missing)));
        run(command, log, progress(version, reports));
        return SuiteResults.in(reports);
    }

    private List<String> maven(String module, String phase) {
        List<String> command = new ArrayList<>(List.of(
                settings.maven().toString(),
                "-B",
                "-ntp",
                "-f",
                settings.root().resolve("pom.xml").toString(),
                "-pl",
                module,
                "-am",
                phase,
                "-DskipClassArchive"));
        if (settings.offline()) {
            command.add("-o");
        }
        return command;
    }

    private Consumer<Duration> progress(String version, Path reports) {
        return new Consumer<>() {

            private Duration next = PROGRESS;

            @Override
            public void accept(Duration passed) {
                if (passed.compareTo(next) >= 0) {
                    next = next.plus(PROGRESS);
                    screen.println("Keycloak " + version + ": " + passed.toMinutes() + " min, " + finished(reports)
                            + " test classes done");
                }
            }
        };
    }

    private static long finished(Path reports) {
        try {
            return SuiteResults.in(reports).classes();
        } catch (IOException beingWritten) {
            return 0;
        }
    }

    /** Deletes the results of another JAR. */
    private void forgetAnotherJar(Path folder, Path reports) throws IOException {
        Path marker = folder.resolve("extension.sha256");
        String jar = hash(settings.extensionJar());
        if (!Files.exists(marker) || !Files.readString(marker).equals(jar)) {
            if (Files.isDirectory(reports)) {
                try (Stream<Path> files = Files.walk(reports)) {
                    for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(file);
                    }
                }
            }
            Runs.forget(folder);
            Files.writeString(marker, jar);
        }
    }

    private static String hash(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    /** The end-to-end tests. Tests of containers are left out because they start their own Keycloak. */
    private List<String> suite() throws IOException {
        Path tests = settings.testClasses();
        try (Stream<Path> files = Files.walk(tests)) {
            return files.filter(file -> file.getFileName().toString().endsWith("IT.class"))
                    .map(file -> tests.relativize(file)
                            .toString()
                            .replace(".class", "")
                            .replace('/', '.'))
                    .filter(name -> name.contains(".e2e."))
                    .sorted()
                    .toList();
        }
    }
}
