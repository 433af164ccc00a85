package io.github.multiclientauth.testbed.proxy;

import io.github.multiclientauth.testbed.Skipped;
import io.github.multiclientauth.testbed.process.JavaChild;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A web server of this machine, with a lifeline. Without one, tests are skipped with a message. With {@code CI=true} they fail.
 */
final class WebServer implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(30);

    private final String name;
    private final JavaChild process;

    private WebServer(String name, JavaChild process) {
        this.name = name;
        this.process = process;
    }

    /**
     * Finds where it is installed.
     *
     * @param debianPackage the Debian package that contains it
     */
    static Path installed(String name, String debianPackage) {
        Optional<Path> found = Stream.concat(
                        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)),
                        // Debian's folder, which is only on root's path.
                        Stream.of("/usr/sbin"))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
        return found.orElseThrow(() -> Skipped.because(
                "THE TESTS BEHIND " + name, "There is no " + name + ". On Debian: apt-get install " + debianPackage));
    }

    /**
     * Starts it, and returns when it listens.
     *
     * @param directory the folder for its files
     * @param port the configured port
     * @param command the command that runs it in the foreground
     */
    static WebServer start(String name, Path directory, int port, List<String> command)
            throws IOException, InterruptedException {
        List<String> held = new ArrayList<>(List.of("bash", lifeline(directory).toString()));
        held.addAll(command);
        WebServer server = new WebServer(name, JavaChild.start(name, held, Map.of(), directory.resolve(name + ".log")));
        try {
            server.await(port);
            return server;
        } catch (RuntimeException | Error failed) {
            server.close();
            throw failed;
        }
    }

    private void await(int port) throws InterruptedException {
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (!listens(port)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new AssertionError(name + " does not start:\n" + process.logTail());
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
        try (InputStream content = WebServer.class.getResourceAsStream("lifeline.sh")) {
            Files.write(script, content.readAllBytes());
        }
        return script;
    }

    @Override
    public void close() {
        process.close();
    }
}
