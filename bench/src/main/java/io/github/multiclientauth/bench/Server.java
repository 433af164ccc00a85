package io.github.multiclientauth.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A server under measurement: a process tree on loopback. */
final class Server implements AutoCloseable {

    /** The time limit of the process. It ends even if the benchmark is killed. */
    private static final Duration LONGEST_LIFE = Duration.ofMinutes(30);

    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    /** Settings of the person who measures, which the servers must not get. */
    private static final Predicate<String> FOREIGN =
            name -> name.matches("(QUARKUS|MCA|AUTH|JAVA|JDK|NODE|NPM|npm)_.*");

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final int port;
    private final Duration firstAnswer;

    private Server(Process process, int port, Duration firstAnswer) {
        this.process = process;
        this.port = port;
        this.firstAnswer = firstAnswer;
    }

    /**
     * Starts a server and waits for its first answer.
     *
     * @param core that all its threads stay on; negative for all cores
     */
    static Server start(
            int port, int core, List<String> command, Path directory, Map<String, String> environment, Path log)
            throws IOException, InterruptedException {
        List<String> bounded =
                new ArrayList<>(List.of("timeout", "--signal=KILL", Long.toString(LONGEST_LIFE.toSeconds())));
        if (core >= 0) {
            bounded.addAll(List.of("taskset", "--cpu-list", Integer.toString(core)));
        }
        bounded.addAll(command);
        Files.createDirectories(log.getParent());
        ProcessBuilder builder = new ProcessBuilder(bounded)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(FOREIGN);
        builder.environment().putAll(environment);
        long began = System.nanoTime();
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process)));
        while (!answers(port)) {
            if (!process.isAlive() || System.nanoTime() - began > START_LIMIT.toNanos()) {
                end(process);
                throw new IOException("It did not start; see " + log);
            }
            // More frequent requests would take CPU time from what is measured.
            TimeUnit.MILLISECONDS.sleep(10);
        }
        return new Server(process, port, Duration.ofNanos(System.nanoTime() - began));
    }

    /** Asks over a bare socket, because an HTTP client would have to start first. */
    private static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
            socket.setSoTimeout(5000);
            socket.getOutputStream()
                    .write(("GET /api/auth/session HTTP/1.1\r\nHost: 127.0.0.1:" + port
                                    + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            byte[] start = socket.getInputStream().readNBytes(12);
            return new String(start, StandardCharsets.US_ASCII).equals("HTTP/1.1 200");
        } catch (IOException notYet) {
            return false;
        }
    }

    int port() {
        return port;
    }

    /** The time from the start of the process until the first answer began to arrive. */
    Duration firstAnswer() {
        return firstAnswer;
    }

    ProcessUsage usage() {
        return new ProcessUsage(process.toHandle());
    }

    URI at(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** Gets one answer to these cookies, to check that the right thing is measured. */
    HttpResponse<String> ask(Question question, String cookies) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(at(question.path())).header("Cookie", cookies);
        question.headers().forEach(request::header);
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        end(process);
    }

    /** Ends the process, first with a signal that it can handle. Ends its descendants as well, because {@code timeout} does not pass such a signal on. */
    private static void end(Process process) {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroy);
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                all.forEach(ProcessHandle::destroyForcibly);
                process.waitFor(10, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            all.forEach(ProcessHandle::destroyForcibly);
            Thread.currentThread().interrupt();
        }
    }
}
