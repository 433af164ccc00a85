package io.github.multiclientauth.bench.reliability;

import io.github.multiclientauth.bench.ProcessUsage;
import io.github.multiclientauth.testbed.keycloak.KeycloakBuild;
import io.github.multiclientauth.testbed.keycloak.KeycloakServer;
import io.github.multiclientauth.testbed.launch.Artifacts;
import io.github.multiclientauth.testbed.launch.Ports;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A node of Keycloak on PostgreSQL. It can be killed and started again at the same port. */
final class KeycloakNode implements AutoCloseable {

    private final Plan plan;
    private final String name;
    private final Ports ports;
    private KeycloakServer server;
    private int starts;

    /**
     * What all nodes have in common.
     *
     * @param hostname the address that browsers and facades use
     * @param jvm options of its JVM
     */
    record Plan(
            Artifacts artifacts,
            Postgres database,
            URI hostname,
            Map<String, String> realmVariables,
            String administratorPassword,
            List<String> jvm,
            Path logs,
            String lifeline) {

        /** Keeps the secrets out of messages. */
        @Override
        public String toString() {
            return "Plan[" + hostname + "]";
        }
    }

    KeycloakNode(Plan plan, Ports ports, String name) {
        this.plan = plan;
        this.ports = ports;
        this.name = name;
    }

    int port() {
        return ports.keycloak();
    }

    /** Starts it, and returns when it is ready. */
    void start() throws IOException, InterruptedException {
        List<String> jvm = new ArrayList<>(plan.jvm());
        // The port of JGroups' failure detection. Its default, 50000 more than the other port, does not exist here.
        jvm.add("-Djgroups.fd.port-offset=1");
        Map<String, String> environment = new HashMap<>(plan.realmVariables());
        environment.put("KC_DB_USERNAME", Postgres.NAME);
        environment.put("KC_DB_PASSWORD", "not checked");
        server = KeycloakServer.start(
                KeycloakBuild.onPostgres(
                        plan.artifacts().keycloakHome(),
                        plan.artifacts().extensionJar(),
                        plan.logs().resolve("keycloak-build.log"),
                        plan.lifeline(),
                        passed -> {}),
                new KeycloakServer.Settings(
                        ports.keycloak(),
                        plan.artifacts().realmFile(),
                        environment,
                        List.of(
                                "--hostname=" + plan.hostname(),
                                "--db-url=" + plan.database().address(),
                                "--cache=ispn",
                                "--cache-embedded-network-bind-address=127.0.0.1",
                                "--cache-embedded-network-bind-port=" + ports.portfolio()),
                        jvm,
                        plan.administratorPassword(),
                        plan.logs().resolve(name + "-" + starts++ + ".log")),
                plan.lifeline());
        server.awaitReady(passed -> {});
    }

    void signal(Signal signal) throws IOException, InterruptedException {
        signal.send(handle());
    }

    /** Ends it without warning. */
    void kill() throws IOException, InterruptedException {
        signal(Signal.KILL);
        server.close();
    }

    ProcessUsage usage() {
        return new ProcessUsage(handle());
    }

    private ProcessHandle handle() {
        return ProcessHandle.of(server.process().pid()).orElseThrow();
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }
}
