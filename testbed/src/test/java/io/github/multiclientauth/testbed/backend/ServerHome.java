package io.github.multiclientauth.testbed.backend;

import io.github.multiclientauth.testbed.launch.Artifacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/**
 * Folders of Keycloak's server, separate for each JVM that runs tests. A server writes its build, the realm to import and trusted
 * certificates there, and two JVMs would overwrite each other's.
 */
public final class ServerHome {

    private static final String FORMER = "testbed.former.home";
    private static final String STOCK = "testbed.stock.home";

    private ServerHome() {}

    /** The folder of the server that all tests share, and of others with the extension. */
    public static Path extended(Artifacts artifacts) throws IOException {
        return own(artifacts, "server", artifacts.keycloakHome());
    }

    /** The folder of a server without the extension. */
    public static Path stock(Artifacts artifacts) throws IOException {
        return named(artifacts, "stock");
    }

    /** The folder of the version from which an upgrade starts. */
    public static Path former(Artifacts artifacts) throws IOException {
        return own(artifacts, "former", Path.of(System.getProperty(FORMER)));
    }

    /** The folder of a server with a special build. */
    public static Path named(Artifacts artifacts, String name) throws IOException {
        return own(artifacts, name, Path.of(System.getProperty(STOCK)));
    }

    /** Copies the unpacked server, with links to files that are never written, because 200 MB for each copy would be much. Reuses the copy of an earlier run. */
    private static Path own(Artifacts artifacts, String name, Path unpacked) throws IOException {
        Path home = artifacts.workDirectory().resolve(name).resolve(unpacked.getFileName());
        try (Stream<Path> files = Files.walk(unpacked)) {
            for (Path file : files.toList()) {
                String path = unpacked.relativize(file).toString();
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

    private static boolean isWritten(String path) {
        return Stream.of("lib/quarkus", "conf", "data", "providers", "testbed").anyMatch(path::startsWith);
    }
}
