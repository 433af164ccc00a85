package io.github.multiclientauth.testbed.proxy;

import io.github.multiclientauth.testbed.process.JavaChild;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/**
 * The nginx of this machine, on loopback, with server blocks of the documentation. Where there is none, tests are skipped
 * and say so; with {@code CI=true} they fail.
 */
public final class Nginx implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(30);

    private final JavaChild process;

    private Nginx(JavaChild process) {
        this.process = process;
    }

    /**
     * Starts it with these server blocks, and returns when it listens.
     *
     * @param directory for everything that it writes
     * @param port that the server blocks listen on
     */
    public static Nginx start(Path directory, int port, List<String> servers) throws IOException, InterruptedException {
        Path program = installed();
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
        JavaChild process = JavaChild.start(
                "nginx",
                List.of(
                        "bash",
                        lifeline(directory).toString(),
                        program.toString(),
                        "-p",
                        directory.toString(),
                        "-e",
                        "stderr",
                        "-c",
                        configuration.toString()),
                Map.of(),
                directory.resolve("nginx.log"));
        Nginx nginx = new Nginx(process);
        try {
            nginx.await(port);
            return nginx;
        } catch (RuntimeException | Error failed) {
            nginx.close();
            throw failed;
        }
    }

    private void await(int port) throws InterruptedException {
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (!listens(port)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new AssertionError("nginx does not start:\n" + process.logTail());
            }
            Thread.sleep(50);
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 500);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static Path lifeline(Path directory) throws IOException {
        Path script = directory.resolve("lifeline.sh");
        try (InputStream content = Nginx.class.getResourceAsStream("lifeline.sh")) {
            Files.write(script, content.readAllBytes());
        }
        return script;
    }

    private static Path installed() {
        Optional<Path> found = Stream.concat(
                        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)),
                        // Debian's place, which is on the path of root only.
                        Stream.of("/usr/sbin"))
                .map(directory -> Path.of(directory, "nginx"))
                .filter(Files::isExecutable)
                .findFirst();
        return found.orElseThrow(() -> {
            String message = "There is no nginx. On Debian: apt-get install nginx-light";
            if (Boolean.parseBoolean(System.getenv("CI"))) {
                throw new AssertionError(message);
            }
            System.err.println("THE TESTS OF THE TOPOLOGIES ARE SKIPPED. " + message);
            return new TestAbortedException(message);
        });
    }

    @Override
    public void close() {
        process.close();
    }
}
