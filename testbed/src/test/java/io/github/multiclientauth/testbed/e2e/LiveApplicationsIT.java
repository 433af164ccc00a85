package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.origin.Origin;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an administrator saves in the console takes effect in the facade without anybody telling it. */
@EndToEnd
class LiveApplicationsIT {

    /** Far longer than the facade needs: a fault ends the test instead of the build. */
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private static final String CLIENT_ID = "live-" + UUID.randomUUID();

    /** Nobody listens there: the requests go straight to the facade. */
    private static final Origin ORIGIN = new Origin("http", "live.example", 80);

    private final Chain chain;
    private final KeycloakAdministrator administrator;

    LiveApplicationsIT(Chain chain) {
        this.chain = chain;
        this.administrator = chain.administrator();
    }

    @AfterEach
    void delete() {
        administrator.deleteClient(CLIENT_ID);
    }

    @Test
    void a_client_lives_in_the_facade_from_its_scope_to_its_end() throws Exception {
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        settings.put("name", "Brand new").put("publicClient", true).put("standardFlowEnabled", true);
        settings.putArray("webOrigins").add(ORIGIN.toString());
        settings.putArray("redirectUris").add(ORIGIN + "/api/auth/callback/github");
        administrator.createPlainClient(CLIENT_ID, settings);
        assertThat(ask("providers")).as("a client without the scope").startsWith("HTTP/1.1 400 ");

        administrator.optIn(CLIENT_ID);
        awaits("providers", answer -> answer.contains("\"github\"") && answer.contains("\"facebook\""));
        assertThat(ask("signin")).contains("Sign in to Brand new").contains("Sign in with Facebook");

        administrator.addMapper(CLIENT_ID, MadeClient.rule("github"));
        awaits("providers", answer -> answer.contains("\"github\"") && !answer.contains("\"facebook\""));
        assertThat(ask("signin")).contains("Sign in with GitHub").doesNotContain("Sign in with Facebook");
        assertThat(ask("signin/facebook")).as("not only hidden").contains("/api/auth/error?error=Configuration");

        administrator.updateClient(
                CLIENT_ID, JsonNodeFactory.instance.objectNode().put("enabled", false));
        awaits("session", answer -> answer.startsWith("HTTP/1.1 400 ") && answer.endsWith("null"));
    }

    private void awaits(String action, Predicate<String> expected) throws IOException, InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        String answer = ask(action);
        while (!expected.test(answer) && System.nanoTime() < end) {
            Thread.sleep(200);
            answer = ask(action);
        }
        assertThat(answer).matches(expected, "what was saved");
    }

    private String ask(String action) throws IOException {
        try (Socket socket = new Socket(chain.facade().host(), chain.facade().port())) {
            socket.getOutputStream()
                    .write(("GET /api/auth/" + action + " HTTP/1.1\r\nHost: " + ORIGIN.host()
                                    + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
