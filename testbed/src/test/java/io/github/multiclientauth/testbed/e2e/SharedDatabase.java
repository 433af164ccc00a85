package io.github.multiclientauth.testbed.e2e;

import io.github.multiclientauth.testbed.process.JavaChild;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One H2 database in memory for several Keycloaks. It runs in a separate process, from the JAR in Keycloak's zip. */
final class SharedDatabase implements AutoCloseable {

    private final JavaChild process;
    private final int port;

    private SharedDatabase(JavaChild process, int port) {
        this.process = process;
        this.port = port;
    }

    static SharedDatabase start(Path keycloakHome, int port, String lifeline, Path log) throws IOException {
        return new SharedDatabase(
                JavaChild.start(
                        "H2",
                        List.of(
                                JavaChild.java().toString(),
                                lifeline,
                                // Otherwise it listens on all interfaces.
                                "-Dh2.bindAddress=127.0.0.1",
                                "-cp",
                                jar(keycloakHome).toString(),
                                "org.h2.tools.Server",
                                "-tcp",
                                "-tcpPort",
                                Integer.toString(port),
                                "-ifNotExists"),
                        Map.of(),
                        log),
                port);
    }

    private static Path jar(Path keycloakHome) throws IOException {
        try (Stream<Path> jars = Files.list(keycloakHome.resolve("lib/lib/main"))) {
            return jars.filter(jar -> jar.getFileName().toString().startsWith("com.h2database.h2-"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("There is no H2 in " + keycloakHome));
        }
    }

    /** The address of the database, with the options of Keycloak's own address for H2. */
    String address() {
        return "jdbc:h2:tcp://127.0.0.1:" + port + "/mem:keycloak;NON_KEYWORDS=VALUE;DB_CLOSE_DELAY=-1";
    }

    @Override
    public void close() {
        process.close();
    }
}
