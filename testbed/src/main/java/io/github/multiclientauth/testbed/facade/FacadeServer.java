package io.github.multiclientauth.testbed.facade;

import io.github.multiclientauth.origin.Origin;
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

/** The facade as it is shipped, in a process of its own. */
public final class FacadeServer implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(1);

    private final JavaChild process;
    private final URI address;

    private FacadeServer(JavaChild process, URI address) {
        this.process = process;
        this.address = address;
    }

    /** An application as the facade's configuration names it. */
    public record Application(String clientId, String name, Origin origin, String secret, List<String> providers) {

        /** Keeps the secret out of messages. */
        @Override
        public String toString() {
            return clientId + " at " + origin;
        }
    }

    /** What a run decides about its facade. */
    public record Settings(int port, URI issuer, String authSecret, List<Application> applications, Path log) {

        /** Keeps the secrets out of messages. */
        @Override
        public String toString() {
            return "Settings[port=" + port + ", applications=" + applications + "]";
        }
    }

    /** Starts the facade and returns at once; {@link #awaitReady} waits. */
    public static FacadeServer start(Path jar, Settings settings, String lifeline) throws IOException {
        Map<String, String> environment = new HashMap<>();
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(settings.port()));
        environment.put("AUTH_SECRET", settings.authSecret());
        environment.put("MCA_ISSUER", settings.issuer().toString());
        for (Application application : settings.applications()) {
            String prefix = "MCA_CLIENTS_" + application.clientId().toUpperCase(Locale.ROOT) + "_";
            environment.put(prefix + "NAME", application.name());
            environment.put(prefix + "ORIGINS", application.origin().toString());
            environment.put(prefix + "SECRET", application.secret());
            environment.put(prefix + "PROVIDERS", String.join(",", application.providers()));
        }
        List<String> command =
                List.of(JavaChild.java().toString(), lifeline, "-XX:TieredStopAtLevel=1", "-jar", jar.toString());
        return new FacadeServer(
                JavaChild.start("The facade", command, environment, settings.log()),
                URI.create("http://127.0.0.1:" + settings.port()));
    }

    /** Returns when the facade answers. A bare {@code /api/auth} is one spelling it refuses for every host. */
    public void awaitReady(Consumer<Duration> progress) {
        new Readiness().await(process, address.resolve("/api/auth"), 400, START_LIMIT, progress);
    }

    public URI address() {
        return address;
    }

    public JavaChild process() {
        return process;
    }

    @Override
    public void close() {
        process.close();
    }
}
