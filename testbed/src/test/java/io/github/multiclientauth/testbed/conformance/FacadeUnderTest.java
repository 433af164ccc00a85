package io.github.multiclientauth.testbed.conformance;

import io.github.multiclientauth.testbed.facade.FacadeServer;
import io.github.multiclientauth.testbed.launch.Artifacts;
import io.github.multiclientauth.testbed.process.JavaChild;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The shipped facade in front of the misbehaving provider, and what it writes to its log. */
final class FacadeUnderTest implements AutoCloseable {

    private static final String SECRET = "mP4x-9vT2-kQ7b-Zr81-Lw5n-Hc3s-Yd6g-Jf0u";

    /**
     * Every message is written, not one a minute. The provider may be late by two seconds, and people may sign in as often as they
     * like.
     */
    private static final Map<String, String> SETTINGS = Map.of(
            "QUARKUS_LOG_CATEGORY__MCA_REQUEST__LEVEL", "DEBUG",
            "MCA_KEYCLOAK_CONNECT_TIMEOUT", "1S",
            "MCA_KEYCLOAK_READ_TIMEOUT", "1S",
            "MCA_LIMITS_SIGN_INS_PER_MINUTE", "0",
            "MCA_DIRECTORY_POLL_INTERVAL", "100MS",
            "MCA_SESSION_CHANGES_POLL_INTERVAL", "100MS");

    private final FacadeServer server;

    private FacadeUnderTest(FacadeServer server) {
        this.server = server;
    }

    /** Starts it, and returns at once. */
    static FacadeUnderTest launch(URI issuer, int port, int managementPort, Map<String, String> more, String log)
            throws IOException {
        Artifacts artifacts = Artifacts.of(System.getProperties());
        Map<String, String> settings = new HashMap<>(SETTINGS);
        settings.putAll(more);
        return new FacadeUnderTest(FacadeServer.start(
                artifacts.facadeJar(),
                new FacadeServer.Settings(
                        port,
                        managementPort,
                        issuer,
                        SECRET,
                        "the secret of the facade's account",
                        Map.of(),
                        settings,
                        artifacts
                                .workDirectory()
                                .resolve("logs")
                                .resolve("verify")
                                .resolve(log)),
                JavaChild.lifelineOption(artifacts.workDirectory().resolve("lifeline"))));
    }

    FacadeUnderTest awaitReady() {
        server.awaitReady(passed -> {});
        return this;
    }

    private Path log() {
        return server.process().log();
    }

    /** The present end of the log. */
    long mark() throws IOException {
        return Files.size(log());
    }

    /** The messages that were written since then. */
    List<String> messagesSince(long mark) throws IOException {
        byte[] all = Files.readAllBytes(log());
        return Arrays.stream(new String(all, (int) mark, all.length - (int) mark, StandardCharsets.UTF_8).split("\n"))
                .filter(line -> line.contains("MCA00"))
                .map(line -> line.substring(line.indexOf("MCA00")))
                .toList();
    }

    @Override
    public void close() {
        server.close();
    }
}
