package io.github.multiclientauth.testbed.proxy;

import io.github.multiclientauth.testbed.Skipped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The Apache HTTP server of this machine, on loopback, with the virtual hosts of the documentation. */
public final class Apache implements AutoCloseable {

    /** Debian's modules are separate files. Modules that are compiled in do not have to be loaded. */
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
            "ssl",
            "lua");

    private final WebServer server;

    private Apache(WebServer server) {
        this.server = server;
    }

    /**
     * Starts it with these virtual hosts, and returns when it listens.
     *
     * @param directory the folder for its files
     * @param port the port of the virtual hosts
     */
    public static Apache start(Path directory, int port, List<String> virtualHosts)
            throws IOException, InterruptedException {
        Path program = WebServer.installed("apache2", "apache2-bin");
        String modules = LOADED.stream()
                .map(module -> "LoadModule " + module + "_module " + MODULES.resolve("mod_" + module + ".so"))
                .collect(Collectors.joining("\n"));
        // When it is started as root, it switches to another user, and tests have no user for that.
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

    /** Skips the test if Debian's lua-socket is missing, with which the configuration for forward authentication asks the facade. */
    public static void requireLuaSocket() {
        if (Files.notExists(Path.of("/usr/share/lua/5.3/socket/http.lua"))
                && Files.notExists(Path.of("/usr/share/lua/5.4/socket/http.lua"))) {
            throw Skipped.because(
                    "THE TESTS OF FORWARD AUTHENTICATION BEHIND apache2",
                    "There is no LuaSocket. On Debian: apt-get install lua-socket");
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
