package io.github.multiclientauth.testbed.proxy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The Caddy of this machine, on loopback, with the sites of the documentation. */
public final class Caddy implements AutoCloseable {

    private final WebServer server;

    private Caddy(WebServer server) {
        this.server = server;
    }

    /**
     * Starts it with these sites, and returns when it listens.
     *
     * @param directory the folder for its files
     * @param port the port of the sites
     */
    public static Caddy start(Path directory, int port, String sites) throws IOException, InterruptedException {
        Path program = WebServer.installed("caddy", "caddy");
        Path configuration = Files.writeString(directory.resolve("Caddyfile"), """
                        {
                            admin off
                            auto_https off
                            https_port %s
                        }
                        """.formatted(port) + sites);
        return new Caddy(WebServer.start(
                "caddy",
                directory,
                port,
                List.of(
                        "env",
                        // Otherwise it writes into the home of the user.
                        "XDG_CONFIG_HOME=" + directory,
                        "XDG_DATA_HOME=" + directory,
                        program.toString(),
                        "run",
                        "--adapter",
                        "caddyfile",
                        "--config",
                        configuration.toString())));
    }

    @Override
    public void close() {
        server.close();
    }
}
