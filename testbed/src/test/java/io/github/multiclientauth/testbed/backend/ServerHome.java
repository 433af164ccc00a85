package io.github.multiclientauth.testbed.backend;

import io.github.multiclientauth.testbed.keycloak.KeycloakBuild;
import io.github.multiclientauth.testbed.launch.Artifacts;
import io.github.multiclientauth.testbed.process.JavaChild;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Folders of Keycloak's server, separate for each JVM that runs tests. A server writes the realm to import and trusted certificates
 * there, and two JVMs would overwrite each other's. Builds that more than one test uses are made once for all JVMs and copied.
 */
public final class ServerHome {

    private static final String FORMER = "testbed.former.home";
    private static final String STOCK = "testbed.stock.home";

    private ServerHome() {}

    /** The folder of the server that all tests share, and of others with the extension. It is built already. */
    public static Path extended(Artifacts artifacts) throws IOException {
        return built(
                artifacts,
                "server",
                artifacts.keycloakHome(),
                (home, log, lifeline) -> KeycloakBuild.of(home, artifacts.extensionJar(), log, lifeline, passed -> {}));
    }

    /** The folder of a server without the extension. It is built already. */
    public static Path stock(Artifacts artifacts) throws IOException {
        return built(
                artifacts,
                "stock",
                Path.of(System.getProperty(STOCK)),
                (home, log, lifeline) -> KeycloakBuild.stock(home, log, lifeline, passed -> {}));
    }

    /** The folder of the version from which an upgrade starts. */
    public static Path former(Artifacts artifacts) throws IOException {
        return copy(artifacts.workDirectory().resolve("former"), Path.of(System.getProperty(FORMER)));
    }

    /** The folder of a server with a special build. */
    public static Path named(Artifacts artifacts, String name) throws IOException {
        return copy(artifacts.workDirectory().resolve(name), Path.of(System.getProperty(STOCK)));
    }

    /** The command {@code kc.sh build} in a folder. */
    private interface Build {

        KeycloakBuild in(Path home, Path log, String lifeline) throws IOException, InterruptedException;
    }

    /**
     * A copy of a build. The first JVM that needs it builds it in a folder that no server starts from, and the others wait. The build takes
     * half a minute of both processors.
     */
    private static synchronized Path built(Artifacts artifacts, String name, Path unpacked, Build build)
            throws IOException {
        Path shared = Files.createDirectories(artifacts.workDirectory().resolveSibling("built"));
        Path original;
        try (FileChannel turn =
                FileChannel.open(shared.resolve(name + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            turn.lock();
            original = copy(shared.resolve(name), unpacked);
            build.in(
                            original,
                            shared.resolve(name + "-build.log"),
                            JavaChild.lifelineOption(artifacts.workDirectory().resolve("lifeline")))
                    .close();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while Keycloak is built");
        }
        Path folder = artifacts.workDirectory().resolve(name);
        Path earlier = folder.resolve(unpacked.getFileName());
        if (Files.exists(earlier) && KeycloakBuild.differ(earlier, original)) {
            delete(earlier);
        }
        return copy(folder, original);
    }

    /** Copies a server into a folder, with links to files that are never written, because 200 MB for each copy would be much. Reuses the copy of an earlier run. */
    private static Path copy(Path folder, Path server) throws IOException {
        Path home = folder.resolve(server.getFileName());
        try (Stream<Path> files = Files.walk(server)) {
            for (Path file : files.toList()) {
                String path = server.relativize(file).toString();
                Path target = home.resolve(path);
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else if (Files.exists(target)) {
                    continue;
                } else if (isWritten(path)) {
                    Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
                } else {
                    Files.createLink(target, file);
                }
            }
        }
        return home;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static boolean isWritten(String path) {
        return Stream.of("lib/quarkus", "conf", "data", "providers", "testbed").anyMatch(path::startsWith);
    }
}
