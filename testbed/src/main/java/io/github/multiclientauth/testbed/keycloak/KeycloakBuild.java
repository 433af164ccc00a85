package io.github.multiclientauth.testbed.keycloak;

import io.github.multiclientauth.testbed.process.JavaChild;
import io.github.multiclientauth.testbed.process.StartFailedException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An unpacked Keycloak server, built with the extension. It is locked as long as a server runs from it.
 *
 * <p>The build takes half a minute and depends only on the JAR and the options, so it is done once for each pair and remembered by a hash.
 * Several servers may run from one build. The lock, which holds across processes, prevents a new build from replacing the classes of a
 * running server.
 */
public final class KeycloakBuild implements AutoCloseable {

    /**
     * An H2 database in memory is new in each run and leaves no file with client secrets. It also turns off Keycloak's check for a
     * production database.
     */
    private static final String IN_MEMORY = "dev-mem";

    /** Tests keep secrets in the vault of plain files. */
    private static final String VAULT = "--vault=file";

    /** With TLS of its own, Keycloak asks clients for a certificate. The build fixes this. Without TLS it means nothing. */
    private static final String CLIENT_CERTIFICATES = "--https-client-auth=request";

    /** Health checks on the main port, so that no other port is needed. Keycloak 26.4 and newer can do this. */
    private static final List<String> HEALTH =
            List.of("--health-enabled=true", "--http-management-health-enabled=false");

    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)\\.\\d+");

    private static final int MAJOR = 26;
    private static final int FIRST_WITH_HEALTH = 4;
    private static final int FIRST_WITH_SEPARATORS = 3;

    /** The locks of this process. A process has one lock on a file, and closing any channel to the file releases it. */
    private static final Map<Path, Held> HELD = new HashMap<>();

    private final Path home;
    private boolean closed;

    private static final class Held {

        private final FileChannel lockFile;
        private int users = 1;

        Held(FileChannel lockFile) {
            this.lockFile = lockFile;
        }
    }

    private KeycloakBuild(Path home) {
        this.home = home;
    }

    Path home() {
        return home;
    }

    /** Whether the main port serves health checks. Older servers open the port only when they are ready. */
    boolean tellsHealth() throws IOException {
        return tellsHealth(home);
    }

    /**
     * Spells an option of {@code start} for this version. Up to 26.2, a single hyphen separates the SPI, the provider and the property.
     *
     * @param option the spelling of the current version, such as {@code --spi-x--y--z=value}
     */
    String spelled(String option) throws IOException {
        if (!option.startsWith("--spi-") || isFrom(home, FIRST_WITH_SEPARATORS)) {
            return option;
        }
        String[] parts = option.split("=", 2);
        return "--" + parts[0].substring(2).replace("--", "-") + '=' + parts[1];
    }

    /**
     * What is built into a server.
     *
     * @param extensionJar empty for a server without the extension
     */
    private record Content(Optional<Path> extensionJar, String database) {

        private List<String> options(Path home) throws IOException {
            return Stream.concat(
                            Stream.of("--db=" + database, VAULT, CLIENT_CERTIFICATES),
                            tellsHealth(home) ? HEALTH.stream() : Stream.of())
                    .toList();
        }
    }

    private static boolean tellsHealth(Path home) throws IOException {
        return isFrom(home, FIRST_WITH_HEALTH);
    }

    /** Whether the server is of this minor version or a later one. */
    private static boolean isFrom(Path home, int minor) throws IOException {
        Matcher version = VERSION.matcher(Files.readString(home.resolve("version.txt")));
        if (!version.find()) {
            throw new StartFailedException(home + " is no unpacked Keycloak: its version.txt names no version");
        }
        int major = Integer.parseInt(version.group(1));
        return major > MAJOR || major == MAJOR && Integer.parseInt(version.group(2)) >= minor;
    }

    /**
     * Builds the extension into the server if necessary.
     *
     * @param home the unpacked server zip
     * @param buildLog receives what {@code kc.sh build} prints
     * @param lifeline see {@link JavaChild#lifelineOption}
     * @param progress gets the time that the build has taken so far; not called if no build is needed
     * @throws StartFailedException if the build fails, or is needed while a server still runs from the previous build
     */
    public static KeycloakBuild of(
            Path home, Path extensionJar, Path buildLog, String lifeline, Consumer<Duration> progress)
            throws IOException, InterruptedException {
        return of(home, new Content(Optional.of(extensionJar), IN_MEMORY), buildLog, lifeline, progress);
    }

    /** Builds a server with the extension, as above, for a PostgreSQL database. Its address and account are options at the start. */
    public static KeycloakBuild onPostgres(
            Path home, Path extensionJar, Path buildLog, String lifeline, Consumer<Duration> progress)
            throws IOException, InterruptedException {
        return of(home, new Content(Optional.of(extensionJar), "postgres"), buildLog, lifeline, progress);
    }

    /** Builds a server without the extension, for comparison. {@code home} must not be the folder of a server with the extension. */
    public static KeycloakBuild stock(Path home, Path buildLog, String lifeline, Consumer<Duration> progress)
            throws IOException, InterruptedException {
        return of(home, new Content(Optional.empty(), IN_MEMORY), buildLog, lifeline, progress);
    }

    private static KeycloakBuild of(
            Path home, Content content, Path buildLog, String lifeline, Consumer<Duration> progress)
            throws IOException, InterruptedException {
        synchronized (HELD) {
            Held held = HELD.get(home);
            if (held == null) {
                HELD.put(home, new Held(locked(home, content, buildLog, lifeline, progress)));
            } else if (isBuilt(marker(home), hash(home, content))) {
                held.users++;
            } else {
                throw inUse();
            }
            return new KeycloakBuild(home);
        }
    }

    /** Builds if necessary. The lock is held until the channel is closed. */
    private static FileChannel locked(
            Path home, Content content, Path buildLog, String lifeline, Consumer<Duration> progress)
            throws IOException, InterruptedException {
        String wanted = hash(home, content);
        FileChannel lockFile = FileChannel.open(
                home.resolve("testbed.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        boolean done = false;
        try {
            FileLock reading = lock(lockFile, true);
            if (!isBuilt(marker(home), wanted)) {
                reading.release();
                FileLock writing = lock(lockFile, false);
                build(home, content, buildLog, lifeline, progress);
                Files.writeString(marker(home), wanted);
                writing.release();
                lock(lockFile, true);
            }
            done = true;
            return lockFile;
        } finally {
            if (!done) {
                lockFile.close();
            }
        }
    }

    private static FileLock lock(FileChannel file, boolean shared) throws IOException {
        try {
            FileLock lock = file.tryLock(0, Long.MAX_VALUE, shared);
            if (lock != null) {
                return lock;
            }
        } catch (OverlappingFileLockException sameProcess) {
            // Treated like a lock of another process.
        }
        throw inUse();
    }

    private static StartFailedException inUse() {
        return new StartFailedException(
                "Keycloak must be rebuilt because the extension has changed, but another demo or"
                        + " test run uses the previous build, or is building. Wait for it or stop it, then try again");
    }

    private static Path marker(Path home) {
        return home.resolve("testbed-build.sha256");
    }

    /** Whether the builds in two folders differ, or one of the folders has none. */
    public static boolean differ(Path home, Path other) throws IOException {
        return !Files.exists(marker(other)) || !isBuilt(marker(home), Files.readString(marker(other)));
    }

    private static boolean isBuilt(Path marker, String wanted) throws IOException {
        return Files.exists(marker) && Files.readString(marker).equals(wanted);
    }

    private static void build(Path home, Content content, Path buildLog, String lifeline, Consumer<Duration> progress)
            throws IOException, InterruptedException {
        Files.deleteIfExists(marker(home));
        if (content.extensionJar().isPresent()) {
            Files.copy(
                    content.extensionJar().get(),
                    home.resolve("providers").resolve("multi-client-auth-extension.jar"),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        List<String> command = new ArrayList<>(List.of(script(home), "build"));
        command.addAll(content.options(home));
        String options = String.join(" ", quoted(lifeline), String.join(" ", KeycloakServer.SHORT_LIVED));
        try (JavaChild build = JavaChild.start("kc.sh build", command, Map.of("JAVA_OPTS_APPEND", options), buildLog)) {
            int status = build.await(progress);
            if (status != 0) {
                throw StartFailedException.of(build, "ended with status " + status);
            }
        }
    }

    /** Quotes an option for {@code JAVA_OPTS_APPEND}. The script splits the variable at blanks, and folder names may contain blanks. */
    static String quoted(String option) {
        return '"' + option + '"';
    }

    static String script(Path home) {
        return home.resolve("bin").resolve("kc.sh").toString();
    }

    private static String hash(Path home, Content content) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(String.join(" ", content.options(home)).getBytes(StandardCharsets.UTF_8));
            if (content.extensionJar().isPresent()) {
                digest.update(Files.readAllBytes(content.extensionJar().get()));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    /** Releases the build. After its last user has released it, another extension may be built in. */
    @Override
    public void close() {
        synchronized (HELD) {
            if (closed) {
                return;
            }
            closed = true;
            Held held = HELD.get(home);
            if (--held.users == 0) {
                HELD.remove(home);
                close(held.lockFile);
            }
        }
    }

    private static void close(FileChannel lockFile) {
        try {
            lockFile.close();
        } catch (IOException alreadyGone) {
            throw new IllegalStateException(alreadyGone);
        }
    }
}
