package io.github.multiclientauth.testbed.e2e;

import io.github.multiclientauth.testbed.backend.ServerHome;
import io.github.multiclientauth.testbed.keycloak.KeycloakBuild;
import io.github.multiclientauth.testbed.keycloak.KeycloakServer;
import io.github.multiclientauth.testbed.launch.Artifacts;
import io.github.multiclientauth.testbed.launch.Ports;
import io.github.multiclientauth.testbed.process.JavaChild;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts nodes of one Keycloak on this machine. */
final class ClusterNode {

    private ClusterNode() {}

    /**
     * Starts a node, and returns at once. All nodes have the same address, because Keycloak's own addresses must not depend on the node.
     *
     * @param accountSecret of the facade's account in the realm file
     */
    static KeycloakServer start(
            Artifacts artifacts,
            SharedDatabase database,
            URI hostname,
            Ports ports,
            Path log,
            String password,
            String accountSecret)
            throws IOException, InterruptedException {
        String lifeline = lifeline(artifacts);
        List<String> jvm = new ArrayList<>(KeycloakServer.SHORT_LIVED);
        // The port of JGroups' failure detection. Its default, 50000 more than the other port, does not exist here.
        jvm.add("-Djgroups.fd.port-offset=1");
        List<String> options =
                new ArrayList<>(List.of("--hostname=" + hostname, "--db-url=" + database.address(), "--cache=ispn"));
        if (KeycloakIsNewEnough.is("26.4")) {
            options.add("--cache-embedded-network-bind-address=127.0.0.1");
            options.add("--cache-embedded-network-bind-port=" + ports.portfolio());
        } else {
            jvm.add("-Djgroups.bind.address=127.0.0.1");
            jvm.add("-Djgroups.bind.port=" + ports.portfolio());
        }
        return KeycloakServer.start(
                KeycloakBuild.of(
                        ServerHome.extended(artifacts),
                        artifacts.extensionJar(),
                        log.resolveSibling("keycloak-build.log"),
                        lifeline,
                        passed -> {}),
                new KeycloakServer.Settings(
                        ports.keycloak(),
                        artifacts.realmFile(),
                        Map.of("FACADE_CLIENT_SECRET", accountSecret),
                        options,
                        jvm,
                        password,
                        log),
                lifeline);
    }

    /** Ends the servers with this JVM. */
    static String lifeline(Artifacts artifacts) throws IOException {
        return JavaChild.lifelineOption(artifacts.workDirectory().resolve("lifeline"));
    }
}
