package io.github.multiclientauth.testbed.keycloak;

import io.github.multiclientauth.testbed.process.JavaChild;
import io.github.multiclientauth.testbed.process.Readiness;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A Keycloak from the server zip. */
public final class KeycloakServer implements RunningKeycloak {

    /** The administrator in the realm {@code master}. Each run has its own password. */
    public static final String ADMINISTRATOR = "admin";

    /** The name of the realm. Keycloak requires that an import file is named after its realm. */
    public static final String REALM = "multi-client-auth";

    /**
     * Options of a JVM that runs only for minutes. For so short a time, the second compiler costs more than it saves, and the threads of
     * Keycloak's usual collector compete with those that start it.
     */
    public static final List<String> SHORT_LIVED =
            List.of("-XX:TieredStopAtLevel=1", "-XX:-UseG1GC", "-XX:+UseSerialGC");

    /** Generous: a busy two-core machine took 66 s. */
    private static final Duration START_LIMIT = Duration.ofMinutes(5);

    private final JavaChild process;
    private final KeycloakBuild build;
    private final URI address;
    private final Path vault;
    private final boolean tellsHealth;

    private KeycloakServer(JavaChild process, KeycloakBuild build, URI address, Path vault, boolean tellsHealth) {
        this.process = process;
        this.build = build;
        this.address = address;
        this.vault = vault;
        this.tellsHealth = tellsHealth;
    }

    /**
     * The settings of a Keycloak.
     *
     * @param realmVariables values for the placeholders in the realm file
     * @param options more options of {@code start}; {@code --cache} and {@code --hostname} replace the usual ones
     * @param jvmOptions more options of its JVM, such as {@link #SHORT_LIVED}; without blanks
     */
    public record Settings(
            int port,
            Path realmFile,
            Map<String, String> realmVariables,
            List<String> options,
            List<String> jvmOptions,
            String administratorPassword,
            Path log) {

        private boolean leavesOpen(String option) {
            return options.stream().noneMatch(given -> given.startsWith(option));
        }

        /** Keeps the secrets out of messages. */
        @Override
        public String toString() {
            return "Settings[port=" + port + "]";
        }
    }

    /**
     * Starts Keycloak and returns at once; {@link #awaitReady} waits. Releases the build on close.
     *
     * <p>Clustering is off unless the settings say otherwise, because JGroups listens on all interfaces by default. The option
     * {@code --cache=local} works only at start. The server listens on the IPv4 loopback address only. Browsers that try {@code ::1} first
     * for {@code localhost} fall back to it.
     */
    public static KeycloakServer start(KeycloakBuild build, Settings settings, String lifeline) throws IOException {
        Path imports = Files.createDirectories(build.home().resolve("data").resolve("import"));
        Path copy = Files.createTempFile(imports, "realm", ".tmp");
        Files.copy(settings.realmFile(), copy, StandardCopyOption.REPLACE_EXISTING);
        Files.move(copy, imports.resolve(REALM + "-realm.json"), StandardCopyOption.REPLACE_EXISTING);

        URI address = address(settings.port());
        Path vault = Files.createDirectories(build.home().resolve("data").resolve("vault-" + settings.port()));
        Map<String, String> environment = new HashMap<>(settings.realmVariables());
        environment.put("KC_BOOTSTRAP_ADMIN_USERNAME", ADMINISTRATOR);
        environment.put("KC_BOOTSTRAP_ADMIN_PASSWORD", settings.administratorPassword());
        environment.put(
                "JAVA_OPTS_APPEND",
                String.join(" ", KeycloakBuild.quoted(lifeline), String.join(" ", settings.jvmOptions())));
        List<String> command = new ArrayList<>(List.of(
                KeycloakBuild.script(build.home()),
                "start",
                "--optimized",
                "--import-realm",
                "--http-enabled=true",
                "--http-host=127.0.0.1",
                "--http-port=" + settings.port(),
                "--vault-dir=" + vault));
        List.of("--cache=local", "--hostname=" + address).stream()
                .filter(option -> settings.leavesOpen(option.substring(0, option.indexOf('=') + 1)))
                .forEach(command::add);
        for (String option : settings.options()) {
            command.add(build.spelled(option));
        }
        return new KeycloakServer(
                JavaChild.start("Keycloak", command, environment, settings.log()),
                build,
                address,
                vault,
                build.tellsHealth());
    }

    /** Waits for the health check as well, because since 26.7 the port opens much earlier. */
    @Override
    public void awaitReady(Consumer<Duration> progress) {
        URI realm = URI.create(issuer() + "/.well-known/openid-configuration");
        if (tellsHealth) {
            new Readiness().await(process, address.resolve("/health/ready"), 200, START_LIMIT, progress);
            new Readiness().await(process, realm, 200, START_LIMIT, passed -> {});
        } else {
            new Readiness().await(process, realm, 200, START_LIMIT, progress);
        }
    }

    @Override
    public URI address() {
        return address;
    }

    @Override
    public URI issuer() {
        return issuer(address.getPort());
    }

    /** The issuer of the realm of a server on {@code port}, also before the server runs. */
    public static URI issuer(int port) {
        return address(port).resolve("/realms/" + REALM);
    }

    /** The address of a server on {@code port}. */
    public static URI address(int port) {
        return URI.create("http://localhost:" + port);
    }

    @Override
    public Path vaultFile(String key) {
        return vault.resolve(REALM + "_" + key);
    }

    @Override
    public JavaChild process() {
        return process;
    }

    @Override
    public void close() {
        try {
            process.close();
        } finally {
            build.close();
        }
    }
}
