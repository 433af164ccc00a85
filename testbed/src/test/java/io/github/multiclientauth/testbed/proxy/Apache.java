package io.github.multiclientauth.testbed.proxy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The Apache HTTP server of this machine, on loopback, with virtual hosts of the documentation. */
public final class Apache implements AutoCloseable {

    /** Debian's modules are files of their own; what is compiled in need not be loaded. */
    private static final Path MODULES = Path.of("/usr/lib/apache2/modules");

    private static final List<String> LOADED = List.of(
            "mpm_event",
            "authz_core",
            "headers",
            "mime",
            "dir",
            "alias",
            "proxy",
            "proxy_http",
            "socache_shmcb",
            "ssl");

    private final WebServer server;

    private Apache(WebServer server) {
        this.server = server;
    }

    /**
     * Starts it with these virtual hosts, and returns when it listens.
     *
     * @param directory for everything that it writes
     * @param port that the virtual hosts are at
     */
    public static Apache start(Path directory, int port, List<String> virtualHosts)
            throws IOException, InterruptedException {
        Path program = WebServer.installed("apache2", "apache2-bin");
        String modules = LOADED.stream()
                .map(module -> "LoadModule " + module + "_module " + MODULES.resolve("mod_" + module + ".so"))
                .collect(Collectors.joining("\n"));
        // Started as root, it gives up its rights for those of a user; a test has none to spare.
        String user = System.getProperty("user.name").equals("root") ? "User www-data\nGroup www-data\n" : "";
        Path configuration = Files.writeString(
                directory.resolve("apache.conf"),
                Stream.of(
                                modules,
                                user + "ServerName localhost",
                                "ServerRoot " + directory,
                                "DefaultRuntimeDir " + directory,
                                "PidFile " + directory.resolve("apache.pid"),
                                "Mutex file:" + directory,
                                "ErrorLog /dev/stderr",
                                "LogLevel warn",
                                "TypesConfig /dev/null",
                                "Listen 127.0.0.1:" + port,
                                String.join("\n", virtualHosts))
                        .collect(Collectors.joining("\n")));
        return new Apache(WebServer.start(
                "apache2",
                directory,
                port,
                List.of(program.toString(), "-D", "FOREGROUND", "-f", configuration.toString())));
    }

    @Override
    public void close() {
        server.close();
    }
}
