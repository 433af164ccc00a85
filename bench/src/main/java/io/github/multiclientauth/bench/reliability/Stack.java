package io.github.multiclientauth.bench.reliability;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.adopt.AdminApi;
import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.testbed.keycloak.KeycloakServer;
import io.github.multiclientauth.testbed.launch.Artifacts;
import io.github.multiclientauth.testbed.launch.Ports;
import io.github.multiclientauth.testbed.launch.RunSecrets;
import io.github.multiclientauth.testbed.launch.Running;
import io.github.multiclientauth.testbed.process.JavaChild;
import io.github.multiclientauth.testbed.web.Loop;
import io.github.multiclientauth.testbed.web.Parameters;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * PostgreSQL, nodes of Keycloak behind a proxy, and facades with the same secrets behind another, which sends each request to the next one.
 * Both applications of the realm file are at the facades' proxy, at two host names.
 */
final class Stack implements AutoCloseable {

    private static final Duration REVALIDATE_AFTER = Duration.ofSeconds(5);

    private static final String PASSWORD = UUID.randomUUID().toString();

    /** A heap that a leak would fill within the run. */
    private static final String JVM_OF_FACADES = "-Xmx160m";

    private final Running running;
    private final Artifacts artifacts;
    private final Path logs;
    private final Outage outage = new Outage();
    private final Postgres database;
    private final List<KeycloakNode> nodes = new ArrayList<>();
    private final List<Replica> replicas = new ArrayList<>();
    private final List<Map<String, String>> settings = new ArrayList<>();
    private final Balancer line;
    private final Balancer front;
    private final AdminApi administrator;
    private final Site portfolio;
    private final Site dashboard;
    private final Path keys;
    private String authSecret;

    private Stack(Running running, Artifacts artifacts, Path logs, int nodeCount, int replicaCount)
            throws IOException, InterruptedException {
        this.running = running;
        this.artifacts = artifacts;
        this.logs = logs;
        RunSecrets secrets = RunSecrets.random(Map.of());
        authSecret = secrets.auth();
        String lifeline = JavaChild.lifelineOption(artifacts.workDirectory().resolve("lifeline"));
        Ports ports = Ports.free();
        URI hostname = URI.create("http://localhost:" + ports.keycloak());
        portfolio = new Site(new Origin("http", "localhost", ports.facade()), PASSWORD);
        dashboard = new Site(new Origin("http", "127.0.0.1", ports.facade()), PASSWORD);
        Loop loop = running.add(new Loop());
        database = running.add(Postgres.start(ports.providers(), logs.resolve("postgres.log")));
        KeycloakNode.Plan nodePlan = new KeycloakNode.Plan(
                artifacts,
                database,
                hostname,
                Map.of(
                        "FACADE_CLIENT_SECRET", secrets.facadeAccount(),
                        "DASHBOARD_CLIENT_SECRET", secrets.dashboard(),
                        "PORTFOLIO_ORIGIN", portfolio.origin().toString(),
                        "DASHBOARD_ORIGIN", dashboard.origin().toString()),
                secrets.administrator(),
                KeycloakServer.SHORT_LIVED,
                logs,
                lifeline);
        for (int i = 0; i < nodeCount; i++) {
            KeycloakNode node = running.add(new KeycloakNode(nodePlan, Ports.free(), "keycloak-" + i));
            node.start();
            nodes.add(node);
        }
        List<Integer> nodePorts = nodes.stream().map(KeycloakNode::port).toList();
        line = running.add(Balancer.start(loop.vertx(), ports.keycloak(), nodePorts));
        Balancer console = running.add(Balancer.start(loop.vertx(), ports.portfolio(), nodePorts));
        administrator = AdminApi.administrator(
                URI.create("http://localhost:" + console.port()),
                KeycloakServer.REALM,
                KeycloakServer.ADMINISTRATOR,
                secrets.administrator());
        authenticateWithKey();
        keys = Files.createDirectories(logs.resolve("keys")).resolve("keys.json");
        Files.deleteIfExists(keys);
        Replica.Plan replicaPlan = new Replica.Plan(
                artifacts.facadeJar(),
                URI.create(hostname + "/realms/" + KeycloakServer.REALM),
                secrets.facadeAccount(),
                Map.of(
                        "MCA_SESSION_REVALIDATE_AFTER",
                        REVALIDATE_AFTER.toString(),
                        "MCA_LIMITS_SIGN_INS_PER_MINUTE",
                        "0",
                        "MCA_CLIENT_KEY_FILE",
                        keys.toString(),
                        "MCA_CLIENT_KEY_PUBLISH_FIRST",
                        "PT15S",
                        "MCA_CLIENTS_DASHBOARD_SECRET",
                        secrets.dashboard(),
                        "QUARKUS_SHUTDOWN_TIMEOUT",
                        "15S",
                        "JAVA_TOOL_OPTIONS",
                        JVM_OF_FACADES),
                logs,
                lifeline);
        for (int i = 0; i < replicaCount; i++) {
            Replica replica = running.add(new Replica(replicaPlan, "facade-" + i));
            replica.start(authSecret, Map.of());
            replicas.add(replica);
            settings.add(Map.of());
        }
        front = running.add(Balancer.start(
                loop.vertx(),
                ports.facade(),
                replicas.stream().map(Replica::port).toList()));
    }

    /**
     * Starts everything, and returns when it is ready.
     *
     * @param people the number of people who can sign in
     */
    static Stack start(Path logs, int nodes, int replicas, int people) throws IOException, InterruptedException {
        Running running = new Running();
        boolean complete = false;
        try {
            Stack stack = new Stack(running, Artifacts.of(System.getProperties()), logs, nodes, replicas);
            People.invite(stack.administrator, people, PASSWORD);
            complete = true;
            return stack;
        } finally {
            if (!complete) {
                running.close();
            }
        }
    }

    /** The portfolio's client expects a signed JWT. The dashboard's has a secret. */
    private void authenticateWithKey() {
        ObjectNode client = (ObjectNode) administrator
                .get("/clients?" + Parameters.encode(Map.of("clientId", "portfolio")))
                .get(0);
        client.put("clientAuthenticatorType", "client-jwt");
        ((ObjectNode) client.path("attributes"))
                .put("use.jwks.url", "true")
                .put("jwks.url", portfolio.at("jwks.json").toString())
                .put("token.endpoint.auth.signing.alg", "ES256");
        administrator.put("/clients/" + client.path("id").asText(), client);
    }

    Outage outage() {
        return outage;
    }

    Postgres database() {
        return database;
    }

    KeycloakNode node(int index) {
        return nodes.get(index);
    }

    int nodes() {
        return nodes.size();
    }

    Replica replica(int index) {
        return replicas.get(index);
    }

    int replicas() {
        return replicas.size();
    }

    /** The proxy between facades or browsers and Keycloak. */
    Balancer line() {
        return line;
    }

    /** The proxy between browsers and the facades. */
    Balancer front() {
        return front;
    }

    /** The administrator, who reaches Keycloak also when the proxy breaks answers. */
    AdminApi administrator() {
        return administrator;
    }

    Site portfolio() {
        return portfolio;
    }

    Site dashboard() {
        return dashboard;
    }

    Path logs() {
        return logs;
    }

    /** Starts a node that was killed. It gets requests when it is ready. */
    void restart(KeycloakNode node) throws IOException, InterruptedException {
        int index = nodes.indexOf(node);
        line.drain(index);
        node.start();
        line.restore(index);
    }

    /** Starts a replica that has ended, with its last settings. It gets requests when it is ready. */
    void restart(int index) throws IOException {
        front.drain(index);
        replicas.get(index).start(authSecret, settings.get(index));
        front.restore(index);
    }

    /** Restarts the facades so that sessions are due soon after each confirmation, and each fault meets some that are. */
    void confirmOften() throws IOException, InterruptedException {
        for (int i = 0; i < replicas.size(); i++) {
            configure(i, Map.of("MCA_SESSION_REVALIDATE_AFTER", REVALIDATE_AFTER.toString()));
            replicas.get(i).terminate();
            restart(i);
        }
    }

    /** Changes the settings of a replica; they hold from its next start on. */
    void configure(int index, Map<String, String> changed) {
        Map<String, String> all = new HashMap<>(settings.get(index));
        all.putAll(changed);
        settings.set(index, Map.copyOf(all));
    }

    String authSecret() {
        return authSecret;
    }

    /** Changes the master secret; it holds for each replica from its next start on. */
    void authSecret(String changed) {
        authSecret = changed;
    }

    /** The documented command that adds a key to the facades' file. */
    void rotateKey() throws IOException, InterruptedException {
        ProcessBuilder command = new ProcessBuilder(
                JavaChild.java().toString(), "-jar", artifacts.facadeJar().toString(), "client-key", "rotate");
        command.environment().put("MCA_CLIENT_KEY_FILE", keys.toString());
        int status = command.redirectErrorStream(true)
                .redirectOutput(logs.resolve("rotate.log").toFile())
                .start()
                .waitFor();
        if (status != 0) {
            throw new IOException("client-key rotate ended with status " + status);
        }
    }

    /** Returns when Keycloak answers again, through the proxy and with data from its database. */
    void awaitKeycloak() throws InterruptedException, IOException {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + line.port() + "/realms/"
                        + KeycloakServer.REALM + "/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .timeout(Duration.ofSeconds(3))
                .POST(HttpRequest.BodyPublishers.ofString(
                        "grant_type=client_credentials&client_id=multi-client-auth-facade&client_secret=wrong"))
                .build();
        long end = System.nanoTime() + Duration.ofMinutes(5).toNanos();
        int good = 0;
        while (good < 2 * nodes.size()) {
            if (System.nanoTime() - end > 0) {
                throw new IOException("Keycloak does not answer");
            }
            try {
                good = client.send(request, BodyHandlers.discarding()).statusCode() == 401 ? good + 1 : 0;
            } catch (IOException notYet) {
                good = 0;
            }
            if (good == 0) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }

    @Override
    public void close() {
        running.close();
    }
}
