package io.github.multiclientauth.testbed.facade;

import io.github.multiclientauth.testbed.process.JavaChild;
import io.github.multiclientauth.testbed.process.Readiness;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** The shipped facade in a separate process. */
public final class FacadeServer implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(1);

    private final JavaChild process;
    private final URI address;
    private final URI health;

    private FacadeServer(JavaChild process, URI address, URI health) {
        this.process = process;
        this.address = address;
        this.health = health;
    }

    /**
     * The settings of a facade.
     *
     * @param managementPort the port of its health checks
     * @param accountSecret the secret of the service account that reads the directory; empty if it has none
     * @param clientSecrets the applications' secrets by client id
     * @param more other settings, as environment variables
     */
    public record Settings(
            int port,
            int managementPort,
            URI issuer,
            String authSecret,
            String accountSecret,
            Map<String, String> clientSecrets,
            Map<String, String> more,
            Path log) {

        /** Keeps the secrets out of messages. */
        @Override
        public String toString() {
            return "Settings[port=" + port + ", clients=" + clientSecrets.keySet() + "]";
        }
    }

    /** Starts the facade and returns at once; {@link #awaitReady} waits. */
    public static FacadeServer start(Path jar, Settings settings, String lifeline) throws IOException {
        Map<String, String> environment = new HashMap<>(settings.more());
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(settings.port()));
        environment.put("AUTH_SECRET", settings.authSecret());
        environment.putIfAbsent("MCA_ISSUER", settings.issuer().toString());
        environment.put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
        environment.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(settings.managementPort()));
        if (!settings.accountSecret().isEmpty()) {
            environment.put("MCA_DIRECTORY_CLIENT_SECRET", settings.accountSecret());
        }
        settings.clientSecrets()
                .forEach((clientId, secret) ->
                        environment.put("MCA_CLIENTS_" + clientId.toUpperCase(Locale.ROOT) + "_SECRET", secret));
        List<String> command =
                List.of(JavaChild.java().toString(), lifeline, "-XX:TieredStopAtLevel=1", "-jar", jar.toString());
        return new FacadeServer(
                JavaChild.start("The facade", command, environment, settings.log()),
                URI.create("http://127.0.0.1:" + settings.port()),
                URI.create("http://127.0.0.1:" + settings.managementPort() + "/q/health/ready"));
    }

    /** Returns when the facade answers. It refuses a bare {@code /api/auth} for every host, so this works without an application. */
    public void awaitStart(Consumer<Duration> progress) {
        new Readiness().await(process, address.resolve("/api/auth"), 400, START_LIMIT, progress);
    }

    /** Returns when the facade is ready: it answers and has read the applications from Keycloak. */
    public void awaitReady(Consumer<Duration> progress) {
        new Readiness().await(process, health, 200, START_LIMIT, progress);
    }

    public URI address() {
        return address;
    }

    /** The address of its readiness check. */
    public URI health() {
        return health;
    }

    public JavaChild process() {
        return process;
    }

    @Override
    public void close() {
        process.close();
    }
}
