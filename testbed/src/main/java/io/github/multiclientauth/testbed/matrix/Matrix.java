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
import java.util.stream.Stream;

/**
 * Runs the end-to-end suite on one Keycloak after the other, each in a separate Maven, with the JAR that is built already.
 *
 * <p>Test classes that passed with the same JAR are not repeated. An interrupted run continues, and a failed run repeats only the failed
 * classes. {@code -Dmatrix.versions=} with a list of versions runs only those. {@code mvn clean} deletes the results.
 *
 * <p>It runs inside Maven, which turns an exception of {@link #main} into a build failure.
 */
public final class Matrix {

    /** The time between two lines of progress. */
    private static final Duration PROGRESS = Duration.ofMinutes(1);

    private final Settings settings;
    private final PrintStream screen;

    /**
     * The settings that Maven passes.
     *
     * @param root the project's root folder
     * @param maven the {@code mvn} that runs
     * @param offline whether it must not use the network; the runs must not either
     * @param versions the versions of Keycloak, in the order of the runs
     * @param extensionJar the JAR that all of them get
     * @param testClasses the folder of the compiled tests
     * @param work the folder for logs and reports
     */
    record Settings(
            Path root,
            Path maven,
            boolean offline,
            List<String> versions,
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
                    List.of(properties.getProperty("matrix.versions").split("\\s*,\\s*")),
                    Path.of(properties.getProperty("testbed.extension.jar")),
                    root.resolve("testbed/target/test-classes"),
                    root.resolve("testbed/target/matrix"));
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
        Path record = settings.root().resolve("docs/compatibility.json");
        Path readme = settings.root().resolve("README.md");
        Path page = settings.root().resolve("docs/reference/compatibility.md");
        List<String> failed = new ArrayList<>();
        for (String version : settings.versions()) {
            SuiteResults results = complete(version);
            List<String> missing = results.missing(suite());
            if (!missing.isEmpty()) {
                failed.add(version + ": " + (results.failed().isEmpty() ? missing : results.failed()));
            }
            if (results.classes() > 0) {
                Compatibility now = Compatibility.read(record)
                        .with(new Compatibility.Row(
                                version,
                                LocalDate.now(clock).toString(),
                                results.tests(),
                                results.failed().size(),
                                results.skipped()));
                now.write(record);
                Files.writeString(readme, now.intoReadme(Files.readString(readme)));
                Files.writeString(page, now.intoPage(Files.readString(page)));
            }
        }
        screen.println(Compatibility.read(record).table());
        if (!failed.isEmpty()) {
            throw new IllegalStateException("Not everything passed; the same command again repeats what did not.\n"
                    + String.join("\n", failed));
        }
    }

    /** Runs the test classes that have not passed on this version yet. */
    private SuiteResults complete(String version) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(settings.work().resolve(version));
        Path reports = folder.resolve("reports");
        forgetAnotherJar(folder, reports);
        List<String> missing = SuiteResults.in(reports).missing(suite());
        if (missing.isEmpty()) {
            screen.println("Keycloak " + version + ": all has passed with this JAR already");
            return SuiteResults.in(reports);
        }
        screen.println(
                "Keycloak " + version + ": " + missing.size() + " test classes; log in " + folder.resolve("maven.log"));
        try (JavaChild maven =
                JavaChild.start("mvn", command(version, reports, missing), Map.of(), folder.resolve("maven.log"))) {
            // A signal ends this JVM without closing anything. Maven ends the servers that its tests have started.
            Thread end = new Thread(maven::close);
            Runtime.getRuntime().addShutdownHook(end);
            int status = maven.await(progress(version, reports));
            Runtime.getRuntime().removeShutdownHook(end);
            SuiteResults results = SuiteResults.in(reports);
            if (status != 0 && results.failed().isEmpty()) {
                screen.println(maven.logTail());
            }
            return results;
        }
    }

    private List<String> command(String version, Path reports, List<String> classes) {
        List<String> command = new ArrayList<>(List.of(
                settings.maven().toString(),
                "-B",
                "-ntp",
                "-f",
                settings.root().resolve("pom.xml").toString(),
                "-pl",
                "testbed",
                "-am",
                "verify",
                "-Pnightly",
                "-DskipUTs",
                "-DskipCompose",
                "-DskipClassArchive",
                "-Dfailsafe.failIfNoSpecifiedTests=false",
                "-Dtestbed.keycloak.version=" + version,
                "-Dtestbed.reports.directory=" + reports,
                "-Dit.test=" + String.join(",", classes)));
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
