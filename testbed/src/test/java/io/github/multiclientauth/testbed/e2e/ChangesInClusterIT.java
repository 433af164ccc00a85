package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.multiclientauth.testbed.keycloak.KeycloakServer;
import io.github.multiclientauth.testbed.launch.Artifacts;
import io.github.multiclientauth.testbed.launch.Ports;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two nodes of one Keycloak: what changes at one of them is known at the other. */
@Tag("zip")
@Timeout(value = 6, unit = TimeUnit.MINUTES)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ChangesInClusterIT {

    private static final String PASSWORD = UUID.randomUUID().toString();
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    @RegisterExtension
    static final Started STARTED = new Started();

    private static final Ports SECONDS = Ports.free();

    private static Artifacts artifacts;
    private static SharedDatabase database;
    private static Path logs;
    private static URI hostname;
    private static KeycloakServer second;
    private static KeycloakAdministrator administrator;

    // Slow: it starts two nodes of Keycloak, one after the other, and their database.
    @BeforeAll
    @Timeout(value = 12, unit = TimeUnit.MINUTES)
    static void start() throws IOException, InterruptedException {
        artifacts = Artifacts.of(System.getProperties());
        logs = artifacts.workDirectory().resolve("logs").resolve("changes-in-cluster");
        database = STARTED.add(SharedDatabase.start(
                artifacts.keycloakHome(),
                SECONDS.providers(),
                ClusterNode.lifeline(artifacts),
                logs.resolve("h2.log")));
        Ports firsts = Ports.free();
        hostname = URI.create("http://localhost:" + firsts.keycloak());
        KeycloakServer first = STARTED.add(node(firsts, "first.log"));
        first.awaitReady(passed -> {});
        second = STARTED.add(node(SECONDS, "second.log"));
        second.awaitReady(passed -> {});
        administrator = new KeycloakAdministrator(first.address(), PASSWORD).createRealm(ChangesRealm.of("changes", 5));
    }

    private static KeycloakServer node(Ports ports, String log) throws IOException, InterruptedException {
        return ClusterNode.start(
                artifacts, database, hostname, ports, logs.resolve(log), PASSWORD, UUID.randomUUID() + "");
    }

    @Test
    @Order(1)
    void a_change_at_one_node_is_known_at_the_other() throws Exception {
        JsonNode tokens = atSecond(ChangesRealm.APPLICATION)
                .token(Map.of(
                        "grant_type",
                        "password",
                        "username",
                        person(0),
                        "password",
                        ChangesRealm.PASSWORD,
                        "scope",
                        "openid"));
        String sid = new OidcClient.Tokens(tokens).accessClaims().path("sid").asText();
        atFirst(ChangesRealm.APPLICATION)
                .post(
                        "/protocol/openid-connect/logout",
                        Map.of("refresh_token", tokens.path("refresh_token").asText()));
        seesAtSecond("{\"session\":\"" + sid + "\"}");

        administrator.rename(person(1), "Other", "Name");
        seesAtSecond("{\"user\":\"" + person(1) + "\"}");

        administrator.logOutAll();
        seesAtSecond("{\"realm\":true}");
    }

    /** In the first seconds a node says that it remembers nothing, because clocks differ. */
    @Test
    @Order(2)
    void both_remember_since_their_start() throws Exception {
        Soon.see(() -> remembered(atFirst(ChangesRealm.ASKER)), millis -> millis > 1_000);
        Soon.see(() -> remembered(atSecond(ChangesRealm.ASKER)), millis -> millis > 1_000);
    }

    private static long remembered(ChangesReader reader) {
        JsonNode answer = reader.all();
        return answer.path("now").longValue() - answer.path("since").longValue();
    }

    @Test
    @Order(3)
    void a_node_that_starts_again_says_since_when_it_remembers() throws Exception {
        long before = System.currentTimeMillis();
        second.close();
        second = STARTED.add(node(SECONDS, "second-again.log"));
        second.awaitReady(passed -> {});

        assertThat(since(atSecond(ChangesRealm.ASKER))).isGreaterThan(before);
        administrator.rename(person(2), "Other", "Name");
        seesAtSecond("{\"user\":\"" + person(2) + "\"}");
    }

    /** It may have been killed before it told of a change. */
    @Test
    @Order(4)
    void a_node_begins_anew_when_another_one_is_killed() throws Exception {
        long before = System.currentTimeMillis();
        ProcessHandle killed = ProcessHandle.of(second.process().pid()).orElseThrow();
        killed.descendants().forEach(ProcessHandle::destroyForcibly);
        killed.destroyForcibly();

        Soon.see(() -> since(atFirst(ChangesRealm.ASKER)), since -> since > before);
    }

    private static String person(int number) {
        return ChangesRealm.person("changes", number);
    }

    private static long since(ChangesReader reader) {
        return reader.all().path("since").longValue();
    }

    private static void seesAtSecond(String change) throws Exception {
        Soon.see(
                AT_ONCE,
                () -> ChangesReader.concerned(atSecond(ChangesRealm.ASKER).all()),
                changes -> changes.contains(change));
    }

    private static ChangesReader atFirst(String clientId) {
        return reader(hostname, clientId);
    }

    private static ChangesReader atSecond(String clientId) {
        return reader(second.address(), clientId);
    }

    private static ChangesReader reader(URI node, String clientId) {
        return new ChangesReader(node.resolve("/realms/changes"), clientId, ChangesRealm.SECRET);
    }
}
