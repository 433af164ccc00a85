package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.testbed.e2e.SessionsRealm.SignedIn;
import io.github.multiclientauth.testbed.facade.FacadeServer;
import io.github.multiclientauth.testbed.keycloak.KeycloakServer;
import io.github.multiclientauth.testbed.launch.Artifacts;
import io.github.multiclientauth.testbed.launch.Ports;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.web.Parameters;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two nodes of one Keycloak: what an administrator does at one of them reaches those who ask the other. */
@Tag("zip")
@Timeout(value = 6, unit = TimeUnit.MINUTES)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterIT {

    private static final String CLIENT_ID = "clustered";
    private static final String PASSWORD = UUID.randomUUID().toString();
    private static final String ACCOUNT_SECRET = UUID.randomUUID().toString();
    private static final String AUTH_SECRET = UUID.randomUUID() + "-" + UUID.randomUUID();

    /** Without the check of the database, nine of ten sessions come back. */
    private static final int ROUNDS = 5;

    @RegisterExtension
    static final Started STARTED = new Started();

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static final Ports SECONDS = Ports.free();

    private static Artifacts artifacts;
    private static SharedDatabase database;
    private static Path logs;
    private static URI hostname;
    private static KeycloakServer first;
    private static KeycloakServer second;
    private static KeycloakAdministrator administrator;
    private static KeycloakAdministrator changing;
    private static SessionsRealm used;
    private static Origin application;

    // Slow: it starts two nodes of Keycloak, one after the other, and their database.
    @BeforeAll
    @Timeout(value = 12, unit = TimeUnit.MINUTES)
    static void start() throws IOException, InterruptedException {
        artifacts = Artifacts.of(System.getProperties());
        logs = artifacts.workDirectory().resolve("logs").resolve("cluster");
        String lifeline = ClusterNode.lifeline(artifacts);
        Ports ports = Ports.free();
        database = STARTED.add(
                SharedDatabase.start(artifacts.keycloakHome(), ports.providers(), lifeline, logs.resolve("h2.log")));
        Ports firsts = Ports.free();
        hostname = URI.create("http://localhost:" + firsts.keycloak());
        first = STARTED.add(node(firsts, "first.log"));
        first.awaitReady(passed -> {});
        second = STARTED.add(node(SECONDS, "second.log"));
        second.awaitReady(passed -> {});
        administrator = new KeycloakAdministrator(first.address(), PASSWORD);
        used = SessionsRealm.create(administrator, first.issuer());
        changing = administrator.createRealm(ChangesRealm.of("changes", 5));
        application = new Origin("http", "localhost", ports.facade());
        FacadeServer facade = STARTED.add(FacadeServer.start(
                artifacts.facadeJar(),
                new FacadeServer.Settings(
                        ports.facade(),
                        ports.facadeManagement(),
                        first.issuer(),
                        AUTH_SECRET,
                        ACCOUNT_SECRET,
                        Map.of(),
                        Map.of("MCA_DIRECTORY_URL", directory(second).toString(), "MCA_DIRECTORY_POLL_INTERVAL", "1S"),
                        logs.resolve("facade.log")),
                lifeline));
        facade.awaitReady(passed -> {});
    }

    private static KeycloakServer node(Ports ports, String log) throws IOException, InterruptedException {
        return ClusterNode.start(artifacts, database, hostname, ports, logs.resolve(log), PASSWORD, ACCOUNT_SECRET);
    }

    /**
     * Reads each state at both nodes before and right after the change. Without a message to the other node, its cached state
     * would stay for seconds.
     */
    @Test
    @Order(0)
    void a_change_at_one_node_reaches_a_facade_that_reads_the_other() throws Exception {
        String before = sameTag();
        assertThat(status("providers")).isEqualTo(400);

        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        settings.put("publicClient", true).put("standardFlowEnabled", true);
        settings.putArray("webOrigins").add(application.toString());
        // Relative and without a root URL, so Keycloak resolves it against its own address.
        settings.putArray("redirectUris").add("/elsewhere").add(application + "/api/auth/callback/*");
        administrator.createPlainClient(CLIENT_ID, settings);
        assertThat(sameTag()).as("a client without the scope").isEqualTo(before);
        administrator.optIn(CLIENT_ID);
        String created = sameTag();
        assertThat(created).isNotEqualTo(before);
        awaitStatus("providers", 200);

        administrator.enableProvider("github", false);
        assertThat(sameTag()).isNotEqualTo(created);
        Soon.see(ClusterIT::providers, offered -> !offered.contains("\"github\""));

        administrator.enableProvider("github", true);
        assertThat(sameTag()).as("the former state, the former tag").isEqualTo(created);
        Soon.see(ClusterIT::providers, offered -> offered.contains("\"github\""));

        administrator.updateClient(
                CLIENT_ID, JsonNodeFactory.instance.objectNode().put("enabled", false));
        assertThat(sameTag()).isNotEqualTo(created);
        awaitStatus("signin", 403);

        administrator.optOut(CLIENT_ID);
        assertThat(sameTag()).isEqualTo(before);
        awaitStatus("signin", 400);
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

        changing.rename(person(1), "Other", "Name");
        seesAtSecond("{\"user\":\"" + person(1) + "\"}");

        changing.logOutAll();
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
        changing.rename(person(2), "Other", "Name");
        seesAtSecond("{\"user\":\"" + person(2) + "\"}");
    }

    /** While a node extends a session that another one deletes, Keycloak's cache takes the session back. */
    @ParameterizedTest
    @EnumSource
    @Order(4)
    void a_session_that_is_used_without_a_pause_can_be_ended(End end) throws Exception {
        SessionsRealm one = used;
        SessionsRealm other = used.at(second.address());
        List<SignedIn> ended = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            SignedIn signedIn = one.signIn(SessionsRealm.SHOP);
            ObjectNode question = SessionsRealm.extending(SessionsRealm.SHOP, signedIn);
            List<Use> uses = List.of(new Use(one, question), new Use(other, question));
            TimeUnit.MILLISECONDS.sleep(50);
            end.at(round % 2 == 0 ? one : other, signedIn);
            TimeUnit.MILLISECONDS.sleep(50);
            uses.forEach(Use::stop);
            ended.add(signedIn);
        }
        ended.forEach(each -> {
            ObjectNode question = SessionsRealm.question(SessionsRealm.SHOP, each);
            assertThat(one.askOne(question).path("alive").asBoolean()).isFalse();
            assertThat(other.askOne(question).path("alive").asBoolean()).isFalse();
        });
        Soon.see(
                () -> ended.stream()
                        .filter(each -> one.isRefreshable(SessionsRealm.SHOP, each))
                        .toList(),
                List::isEmpty);
    }

    enum End {
        BY_AN_ADMINISTRATOR {
            @Override
            void at(SessionsRealm realm, SignedIn signedIn) {
                realm.administrator().send("DELETE", "/sessions/" + signedIn.sid(), null);
            }
        },
        AT_AN_APPLICATION {
            @Override
            void at(SessionsRealm realm, SignedIn signedIn) {
                realm.end(realm.facadeToken(), signedIn.sid(), SessionsRealm.SHOP);
            }
        },
        WITH_ALL_OF_THE_USER {
            @Override
            void at(SessionsRealm realm, SignedIn signedIn) {
                realm.administrator().send("POST", "/users/" + signedIn.userId() + "/logout", null);
            }
        };

        abstract void at(SessionsRealm realm, SignedIn signedIn);
    }

    /** Asks about a session without a pause, so that it is extended, until it is stopped. */
    private static final class Use {

        private final AtomicBoolean open = new AtomicBoolean(true);
        private final Thread thread;

        private Use(SessionsRealm realm, ObjectNode question) {
            String token = realm.facadeToken();
            thread = new Thread(() -> {
                while (open.get()) {
                    realm.post(token, SessionsRealm.body(question));
                }
            });
            thread.start();
        }

        void stop() {
            open.set(false);
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** It may have been killed before it told of a change. */
    @Test
    @Order(5)
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
                () -> ChangesReader.concerned(atSecond(ChangesRealm.ASKER).all()), changes -> changes.contains(change));
    }

    private static ChangesReader atFirst(String clientId) {
        return reader(first.address(), clientId);
    }

    private static ChangesReader atSecond(String clientId) {
        return reader(second.address(), clientId);
    }

    private static ChangesReader reader(URI node, String clientId) {
        return new ChangesReader(node.resolve("/realms/changes"), clientId, ChangesRealm.SECRET);
    }

    /** The tag of the directory, which must be the same at both nodes. */
    private static String sameTag() throws IOException, InterruptedException {
        String tag = tagAt(first);
        assertThat(tagAt(second)).isEqualTo(tag);
        return tag;
    }

    private static String tagAt(KeycloakServer node) throws IOException, InterruptedException {
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(directory(node))
                        .header("Authorization", "Bearer " + accessToken())
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.headers().firstValue("ETag").orElseThrow();
    }

    private static String accessToken() throws IOException, InterruptedException {
        String form = Parameters.encode(Map.of(
                "grant_type",
                "client_credentials",
                "client_id",
                DirectoryReader.CLIENT_ID,
                "client_secret",
                ACCOUNT_SECRET));
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(URI.create(first.issuer() + "/protocol/openid-connect/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form))
                        .build(),
                BodyHandlers.ofString());
        return new ObjectMapper().readTree(answer.body()).path("access_token").asText();
    }

    private static URI directory(KeycloakServer node) {
        return URI.create(node.issuer() + "/multi-client-auth/directory");
    }

    private static void awaitStatus(String action, int expected) throws Exception {
        Soon.see(() -> status(action), status -> status == expected);
    }

    private static int status(String action) {
        return new Visitor().get(at(action)).status();
    }

    private static String providers() {
        return new Visitor().get(at("providers")).body();
    }

    private static URI at(String action) {
        return URI.create(application + "/api/auth/" + action);
    }
}
