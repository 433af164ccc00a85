package io.github.multiclientauth.testbed.backend;

import dasniko.testcontainers.keycloak.KeycloakContainer;
import io.github.multiclientauth.testbed.keycloak.KeycloakServer;
import io.github.multiclientauth.testbed.keycloak.RunningKeycloak;
import io.github.multiclientauth.testbed.process.Child;
import io.github.multiclientauth.testbed.process.Readiness;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.testcontainers.containers.BindMode;
import org.testcontainers.containers.output.OutputFrame;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.images.PullPolicy;
import org.testcontainers.utility.MountableFile;

/**
 * Keycloak from its public image, with the extension's JAR dropped into {@code providers/}.
 *
 * <p>The container uses the network of this machine. So the stand-ins, the applications and the addresses in the realm file are the same as
 * with the server zip, all of them on loopback. Docker supports this on Linux.
 */
final class ContainerKeycloak implements RunningKeycloak {

    /** Keycloak builds the extension in when it starts, and the machine may be busy. */
    private static final Duration START_LIMIT = Duration.ofMinutes(8);

    private static final String HOME = "/opt/keycloak/";
    private static final String VAULT = HOME + "vault";

    /** A folder that the image does not have. Docker would create one that only Docker's own user may write to. */
    private static final String DATA = HOME + "data";

    /** The option that names a file of certificates. The file gets the same path in the container. */
    private static final String TRUSTED = "--truststore-paths=";

    /** In percent of the machine's memory. */
    private static final int LEAST_HEAP = 1;

    private static final int LARGEST_HEAP = 15;

    private final KeycloakContainer container;
    private final Process process;
    private final URI address;
    private final Path vault;

    /** The container as a child process. */
    private record Process(KeycloakContainer container, Path log, BufferedWriter writer) implements Child {

        @Override
        public String name() {
            return "Keycloak in a container";
        }

        @Override
        public boolean isAlive() {
            return container.isRunning();
        }

        /** Never completes. The tests themselves fail when the container ends. */
        @Override
        public CompletableFuture<Child> end() {
            return new CompletableFuture<>();
        }

        private void write(OutputFrame frame) {
            try {
                writer.write(frame.getUtf8String());
                writer.flush();
            } catch (IOException closed) {
                throw new UncheckedIOException(closed);
            }
        }
    }

    /** Does not wait. The default strategy waits for published ports, of which there are none. */
    private static final class AtOnce extends AbstractWaitStrategy {

        @Override
        protected void waitUntilReady() {
            // awaitReady asks Keycloak itself.
        }
    }

    private ContainerKeycloak(KeycloakContainer container, Process process, URI address, Path vault) {
        this.container = container;
        this.process = process;
        this.address = address;
        this.vault = vault;
    }

    /** Starts it and returns when the container runs. */
    static ContainerKeycloak start(String image, Path extensionJar, KeycloakServer.Settings settings)
            throws IOException {
        URI address = KeycloakServer.address(settings.port());
        Files.createDirectories(settings.log().getParent());
        Path vault = Files.createDirectories(settings.log().resolveSibling("vault-" + settings.port()));
        @SuppressWarnings("resource")
        KeycloakContainer container = new KeycloakContainer(image)
                .withProductionMode()
                .withAdminUsername(KeycloakServer.ADMINISTRATOR)
                .withAdminPassword(settings.administratorPassword())
                .withRamPercentage(LEAST_HEAP, LARGEST_HEAP)
                .withProviderLibsFrom(List.of(extensionJar.toFile()))
                .withCopyFileToContainer(MountableFile.forHostPath(data(settings)), DATA)
                .withFileSystemBind(vault.toString(), VAULT, BindMode.READ_ONLY)
                .withNetworkMode("host")
                .withImagePullPolicy(PullPolicy.defaultPolicy())
                .withEnv(settings.realmVariables())
                .withEnv("JAVA_OPTS_APPEND", String.join(" ", settings.jvmOptions()))
                .waitingFor(new AtOnce());
        List.of(
                        "--db=dev-mem",
                        "--vault=file",
                        "--vault-dir=" + VAULT,
                        "--http-management-health-enabled=false",
                        "--cache=local",
                        "--http-enabled=true",
                        "--http-host=127.0.0.1",
                        "--http-port=" + settings.port(),
                        "--hostname=" + address)
                .forEach(container::withCustomCommand);
        settings.options().forEach(container::withCustomCommand);
        settings.options().stream()
                .filter(option -> option.startsWith(TRUSTED))
                .map(option -> option.substring(TRUSTED.length()))
                .forEach(file -> container.withFileSystemBind(file, file, BindMode.READ_ONLY));
        // On the machine's own network no port is published, and waiting for one would never end.
        container.setExposedPorts(List.of());
        Process process =
                new Process(container, settings.log(), Files.newBufferedWriter(settings.log(), StandardCharsets.UTF_8));
        container.withLogConsumer(process::write);
        container.start();
        return new ContainerKeycloak(container, process, address, vault);
    }

    /** Makes the server's data folder. Any user of the container may write to it. */
    private static Path data(KeycloakServer.Settings settings) throws IOException {
        Path data = settings.log().resolveSibling("data-" + settings.port());
        Path imports = Files.createDirectories(data.resolve("import"));
        Path realm = imports.resolve(KeycloakServer.REALM + "-realm.json");
        Files.copy(settings.realmFile(), realm, StandardCopyOption.REPLACE_EXISTING);
        for (Path each : List.of(data, imports)) {
            Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxrwxrwx"));
        }
        return data;
    }

    @Override
    public void awaitReady(Consumer<Duration> progress) {
        new Readiness().await(process, address.resolve("/health/ready"), 200, START_LIMIT, progress);
        new Readiness()
                .await(
                        process,
                        URI.create(issuer() + "/.well-known/openid-configuration"),
                        200,
                        START_LIMIT,
                        passed -> {});
    }

    @Override
    public URI address() {
        return address;
    }

    @Override
    public URI issuer() {
        return KeycloakServer.issuer(address.getPort());
    }

    @Override
    public Path vaultFile(String key) {
        return vault.resolve(KeycloakServer.REALM + "_" + key);
    }

    @Override
    public Child process() {
        return process;
    }

    @Override
    public void close() {
        container.close();
        try {
            process.writer().close();
        } catch (IOException alreadyGone) {
            // The container is gone, so nothing more is written.
        }
    }
}
