package io.github.multiclientauth.testbed.proxy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The HAProxy of this machine, on loopback, with a configuration of the documentation. */
public final class HaProxy implements AutoCloseable {

    private final WebServer server;

    private HaProxy(WebServer server) {
        this.server = server;
    }

    /**
     * Starts it with this configuration, and returns when it listens.
     *
     * @param directory the folder for its files
     * @param port the port in the configuration
     */
    public static HaProxy start(Path directory, int port, String configuration)
            throws IOException, InterruptedException {
        Path program = WebServer.installed("haproxy", "haproxy");
        Path file = Files.writeString(directory.resolve("haproxy.cfg"), configuration);
        return new HaProxy(
                WebServer.start("haproxy", directory, port, List.of(program.toString(), "-db", "-f", file.toString())));
    }

    @Override
    public void close() {
        server.close();
    }
}
