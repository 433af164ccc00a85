package io.github.multiclientauth.testbed.proxy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The nginx of this machine, on loopback, with the server blocks of the documentation. */
public final class Nginx implements AutoCloseable {

    private final WebServer server;

    private Nginx(WebServer server) {
        this.server = server;
    }

    /**
     * Starts it with these server blocks, and returns when it listens.
     *
     * @param directory the folder for its files
     * @param port the port of the server blocks
     */
    public static Nginx start(Path directory, int port, List<String> servers) throws IOException, InterruptedException {
        Path program = WebServer.installed("nginx", "nginx-light");
        Path configuration =
                Files.writeString(directory.resolve("nginx.conf"), """
                        pid nginx.pid;
                        error_log stderr warn;
                        worker_processes 1;
                        daemon off;
                        events { worker_connections 256; }
                        http {
                            access_log off;
                            default_type text/html;
                            client_body_temp_path body;
                            proxy_temp_path proxy;
                            fastcgi_temp_path fastcgi;
                            uwsgi_temp_path uwsgi;
                            scgi_temp_path scgi;
                        """ + String.join("\n", servers) + "\n}\n");
        return new Nginx(WebServer.start(
                "nginx",
                directory,
                port,
                List.of(
                        program.toString(),
                        "-p",
                        directory.toString(),
                        "-e",
                        "stderr",
                        "-c",
                        configuration.toString())));
    }

    @Override
    public void close() {
        server.close();
    }
}
