package io.github.multiclientauth.facade.packaging;

import io.github.multiclientauth.facade.seal.ApplicationSeals;
import io.github.multiclientauth.facade.seal.ApplicationSecrets;
import io.github.multiclientauth.facade.seal.KeyHolder;
import io.github.multiclientauth.facade.seal.MasterSecrets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs after packaging. It starts the packaged facade once, sends the requests of a first browser, and lets the JVM
 * write the loaded classes to {@code app-cds.jsa} beside it. A start with that archive does not parse and verify them
 * again.
 *
 * <p>The JVM options for such a start are in {@code fast-start}, for {@code java @fast-start -jar quarkus-run.jar}.
 *
 * <p>Quarkus can make an archive too, but its run ends before the HTTP server starts. Netty, the routes and the classes
 * of a first answer would be missing.
 *
 * <p>An archive works only with the JVM that made it, and with {@code quarkus-app} as the working directory. Any other
 * start ignores it. So a build that cannot make one only says so.
 */
final class ClassArchive {

    private static final Duration LIMIT = Duration.ofMinutes(3);

    private static final String OPTIONS = """
            # For a fast start, from this folder: java @fast-start -jar quarkus-run.jar
            -XX:SharedArchiveFile=app-cds.jsa
            # The optimizing compiler leaves the processor to the start, and waits for what is called often.
            -XX:Tier4InvocationThreshold=30000
            -XX:Tier4MinInvocationThreshold=10000
            -XX:Tier4CompileThreshold=60000
            -XX:Tier4BackEdgeThreshold=200000
            """;

    private static final String CLIENT_ID = "training";
    private static final String COOKIE = "authjs.session-token";

    private final Path application;
    private final int port;
    private final String master;
    private final HttpClient browser =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private ClassArchive(Path application) throws IOException {
        this.application = application;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = socket.getLocalPort();
        }
        byte[] secret = new byte[33];
        new SecureRandom().nextBytes(secret);
        this.master = Base64.getEncoder().encodeToString(secret);
    }

    /** @param arguments the folder {@code quarkus-app} */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path application = Path.of(arguments[0]);
        Path archive = application.resolve("app-cds.jsa");
        Files.deleteIfExists(archive);
        Files.writeString(application.resolve("fast-start"), OPTIONS);
        new ClassArchive(application).train(archive);
        System.out.println(
                Files.exists(archive)
                        ? "Class archive for a faster start: " + (Files.size(archive) >> 20) + " MiB"
                        : "No class archive: this JVM wrote none. The facade starts without it, only slower");
    }

    private void train(Path archive) throws IOException, InterruptedException {
        String applications = "{\"version\":1,\"applications\":[{\"clientId\":\"" + CLIENT_ID
                + "\",\"authentication\":\"none\",\"webOrigins\":[\"http://127.0.0.1:" + port
                + "\"],\"providers\":[{\"alias\":\"github\"}]}]}";
        try (TrainingRealm realm = new TrainingRealm(applications)) {
            train(archive, realm);
        }
    }

    private void train(Path archive, TrainingRealm realm) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:ArchiveClassesAtExit=" + archive.getFileName(),
                        "-jar",
                        "quarkus-run.jar")
                .directory(application.toFile())
                .redirectErrorStream(true)
                .redirectOutput(application.resolveSibling("class-archive.log").toFile());
        builder.environment().keySet().removeIf(name -> name.matches("(QUARKUS|MCA|AUTH|JAVA|JDK)_.*"));
        builder.environment()
                .putAll(Map.of(
                        "AUTH_SECRET",
                        master,
                        "QUARKUS_HTTP_HOST",
                        "127.0.0.1",
                        "QUARKUS_HTTP_PORT",
                        Integer.toString(port),
                        "MCA_ISSUER",
                        realm.issuer(),
                        "MCA_DIRECTORY_CLIENT_SECRET",
                        master,
                        "QUARKUS_MANAGEMENT_HOST",
                        "127.0.0.1",
                        "QUARKUS_MANAGEMENT_PORT",
                        "0"));
        Process facade = builder.start();
        try {
            browse(facade);
            facade.destroy();
            facade.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } finally {
            facade.destroyForcibly();
        }
    }

    /** Requests the pages as well, so that the template engine is loaded. */
    private void browse(Process facade) throws IOException, InterruptedException {
        long began = System.nanoTime();
        while (facade.isAlive() && System.nanoTime() - began < LIMIT.toNanos()) {
            try {
                if (get("session", "") != 200) {
                    // It has not read the applications yet.
                    TimeUnit.MILLISECONDS.sleep(50);
                    continue;
                }
                for (String path : List.of("session", "csrf", "providers", "signin", "error", "nothing")) {
                    get(path, "");
                }
                get("session", COOKIE + "=" + token());
                return;
            } catch (IOException notYet) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
    }

    private int get(String path, String cookies) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/api/auth/" + path))
                .header("Accept", "text/html");
        if (!cookies.isEmpty()) {
            request.header("Cookie", cookies);
        }
        return browser.send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    /** A session token that was confirmed a moment from now. One from before the start would be due. */
    private String token() {
        Instant confirmed = Instant.now().plusSeconds(5);
        Instant end = confirmed.plusSeconds(600);
        String claims = "{\"name\":\"Somebody\",\"sub\":\"subject\",\"sid\":\"sid\",\"clientId\":\"" + CLIENT_ID
                + "\",\"signedInAt\":" + confirmed.toEpochMilli() + ",\"checkedAt\":" + confirmed.getEpochSecond()
                + ",\"endsAt\":" + end.toEpochMilli() + ",\"exp\":" + end.getEpochSecond() + "}";
        ApplicationSeals seals = new ApplicationSeals(
                new ApplicationSecrets(MasterSecrets.read(Map.of("AUTH_SECRET", master)::get)), new SecureRandom());
        return seals.session(KeyHolder.application(CLIENT_ID), COOKIE).seal(claims.getBytes(StandardCharsets.UTF_8));
    }
}
