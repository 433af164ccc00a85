package io.github.multiclientauth.testbed.backend;

import io.github.multiclientauth.testbed.launch.Artifacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/**
 * Folders of Keycloak's server for one JVM alone. A server writes there: what is built, the realm to import, the certificates that
 * it trusts. Two JVMs with tests would take these from each other.
 */
public final class ServerHome {

    private static final String FORMER = "testbed.former.home";
    private static final String STOCK = "testbed.stock.home";

    private ServerHome() {}

    /** Of the server that all tests share, and of others with the extension. */
    public static Path extended(Artifacts artifacts) throws IOException {
        return own(artifacts, "server", artifacts.keycloakHome());
    }

    /** Of a server without the extension. */
    public static Path stock(Artifacts artifacts) throws IOException {
        return named(artifacts, "stock");
    }

    /** Of the version from which an upgrade starts. */
    public static Path former(Artifacts artifacts) throws IOException {
        return own(artifacts, "former", Path.of(System.getProperty(FORMER)));
    }

    /** Of a server that has something built in which no other one has. */
    public static Path named(Artifacts artifacts, String name) throws IOException {
        return own(artifacts, name, Path.of(System.getProperty(STOCK)));
    }

    /** A copy of what is unpacked, without its bytes where nothing writes: 200 MB for each would be much. Of a former run it is there already. */
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
