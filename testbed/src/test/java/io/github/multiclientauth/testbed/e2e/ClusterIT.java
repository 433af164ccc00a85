package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.origin.Origin;
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
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two nodes of one Keycloak: the administrator uses one of them, and the facade reads the directory from the other. */
@Tag("zip")
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class ClusterIT {

    private static final String CLIENT_ID = "clustered";
    private static final String PASSWORD = UUID.randomUUID().toString();
    private static final String ACCOUNT_SECRET = UUID.randomUUID().toString();
    private static final String AUTH_SECRET = UUID.randomUUID() + "-" + UUID.randomUUID();

    @RegisterExtension
    static final Started STARTED = new Started();

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static KeycloakServer first;
    private static KeycloakServer second;
    private static KeycloakAdministrator administrator;
    private static Origin application;

    // Slow: it starts two nodes of Keycloak, one after the other, and their database.
    @BeforeAll
    @Timeout(value = 12, unit = TimeUnit.MINUTES)
    static void start() throws IOException, InterruptedException {
        Artifacts artifacts = Artifacts.of(System.getProperties());
        Path logs = artifacts.workDirectory().resolve("logs").resolve("cluster");
        String lifeline = ClusterNode.lifeline(artifacts);
        Ports ports = Ports.free();
        SharedDatabase database = STARTED.add(
                SharedDatabase.start(artifacts.keycloakHome(), ports.providers(), lifeline, logs.resolve("h2.log")));
        Ports firsts = Ports.free();
        URI hostname = URI.create("http://localhost:" + firsts.keycloak());
        first = STARTED.add(ClusterNode.start(
                artifacts, database, hostname, firsts, logs.resolve("first.log"), PASSWORD, ACCOUNT_SECRET));
        first.awaitReady(passed -> {});
        second = STARTED.add(ClusterNode.start(
                artifacts, database, hostname, Ports.free(), logs.resolve("second.log"), PASSWORD, ACCOUNT_SECRET));
        second.awaitReady(passed -> {});
        administrator = new KeycloakAdministrator(first.address(), PASSWORD);
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

    /**
     * Reads each state at both nodes before and right after the change. Without a message to the other node, its cached state
     * would stay for seconds.
     */
    @Test
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
