package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.origin.Origin;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Changes that an administrator saves in the console take effect in the facade by themselves. */
@EndToEnd
class LiveApplicationsIT {

    private static final String CLIENT_ID = "live-" + UUID.randomUUID();

    private static final String RIVAL = "rival-" + UUID.randomUUID();

    /** No server listens there. The requests go directly to the facade. */
    private static final Origin ORIGIN = new Origin("http", "live.example", 80);

    private static final Origin ANOTHER = new Origin("http", "another.live.example", 80);

    private final Chain chain;
    private final KeycloakAdministrator administrator;
    private final Set<String> created = new HashSet<>();

    LiveApplicationsIT(Chain chain) {
        this.chain = chain;
        this.administrator = chain.administrator();
    }

    /** Deletes the clients and waits until the facade has seen that, so that the next test starts without them. */
    @AfterEach
    void delete() throws Exception {
        created.forEach(administrator::deleteClient);
        awaits(ORIGIN, "providers", answer -> answer.startsWith("HTTP/1.1 400 "));
        awaits(ANOTHER, "providers", answer -> answer.startsWith("HTTP/1.1 400 "));
    }

    @Test
    void the_facade_serves_a_client_from_getting_the_scope_until_its_deletion() throws Exception {
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        settings.put("name", "Brand new").put("publicClient", true).put("standardFlowEnabled", true);
        settings.putArray("webOrigins").add(ORIGIN.toString());
        settings.putArray("redirectUris").add(ORIGIN + "/api/auth/callback/github");
        administrator.createPlainClient(CLIENT_ID, settings);
        created.add(CLIENT_ID);
        assertThat(ask("providers")).as("a client without the scope").startsWith("HTTP/1.1 400 ");

        administrator.optIn(CLIENT_ID);
        awaits("providers", answer -> answer.contains("\"github\""));
        assertThat(ask("providers")).as("without a redirect URI for it").doesNotContain("\"facebook\"");
        assertThat(ask("signin/facebook")).startsWith("HTTP/1.1 404 ").contains("Sign in with GitHub");

        ObjectNode everywhere = JsonNodeFactory.instance.objectNode();
        everywhere.putArray("redirectUris").add(ORIGIN + "/api/auth/callback/*");
        administrator.updateClient(CLIENT_ID, everywhere);
        awaits("providers", answer -> answer.contains("\"github\"") && answer.contains("\"facebook\""));
        assertThat(ask("signin")).contains("Sign in to Brand new").contains("Sign in with Facebook");

        administrator.addMapper(CLIENT_ID, MadeClient.rule("github"));
        awaits("providers", answer -> answer.contains("\"github\"") && !answer.contains("\"facebook\""));
        assertThat(ask("signin")).contains("Sign in with GitHub").doesNotContain("Sign in with Facebook");
        assertThat(ask("signin/facebook")).as("not only hidden").startsWith("HTTP/1.1 404 ");

        administrator.updateClient(
                CLIENT_ID, JsonNodeFactory.instance.objectNode().put("enabled", false));
        awaits("signin", answer -> answer.startsWith("HTTP/1.1 403 "));
        assertThat(ask("session")).startsWith("HTTP/1.1 200 ").endsWith("null");
    }

    @Test
    void the_facade_serves_an_origin_from_web_origins_until_the_client_loses_the_scope() throws Exception {
        create(CLIENT_ID, ORIGIN);
        awaits(ORIGIN, "session", answer -> answer.startsWith("HTTP/1.1 200 "));
        assertThat(ask(ANOTHER, "session")).startsWith("HTTP/1.1 400 ");

        ObjectNode more = JsonNodeFactory.instance.objectNode();
        more.putArray("webOrigins").add(ORIGIN.toString()).add(ANOTHER.toString());
        administrator.updateClient(CLIENT_ID, more);
        awaits(ANOTHER, "session", answer -> answer.startsWith("HTTP/1.1 200 "));

        administrator.optOut(CLIENT_ID);
        awaits(ANOTHER, "session", answer -> answer.startsWith("HTTP/1.1 400 "));
        assertThat(ask(ORIGIN, "session")).startsWith("HTTP/1.1 400 ");
    }

    /** The name is resolved as on Keycloak's own pages, and its login page has the name of the realm. */
    @Test
    void the_pages_have_the_names_that_people_know() throws Exception {
        ObjectNode texts = JsonNodeFactory.instance.objectNode();
        texts.put("live_name", "Caf\u00e9 Fran\u00e7ois");
        administrator.post("/localization/en", texts);
        try {
            create(CLIENT_ID, ORIGIN);
            ObjectNode named = JsonNodeFactory.instance.objectNode().put("name", "${live_name}");
            named.putArray("redirectUris").add(ORIGIN + "/api/auth/callback/*");
            administrator.updateClient(CLIENT_ID, named);

            awaits("signin", answer -> answer.contains("Sign in to Caf\u00e9 Fran\u00e7ois"));
            assertThat(ask("signin")).contains("Sign in with Multi-Client Auth").doesNotContain("with Keycloak");
        } finally {
            administrator.delete("/localization/en/live_name");
        }
    }

    @Test
    void an_application_has_pages_of_its_own_as_soon_as_they_are_saved() throws Exception {
        create(CLIENT_ID, ORIGIN);
        awaits("signin", answer -> answer.startsWith("HTTP/1.1 200 "));
        administrator.addMapper(CLIENT_ID, MadeClient.pages("/login", "/oops?from=auth"));

        awaits(
                "signin?callbackUrl=/caf%C3%A9",
                answer -> answer.contains(
                        "ocation: " + ORIGIN + "/login?callbackUrl=http%3A%2F%2Flive.example%2Fcaf%25C3%25A9\r\n"));
        assertThat(ask("signin/nope"))
                .contains("ocation: " + ORIGIN
                        + "/oops?from=auth&error=Configuration&code=provider_not_offered&reference=");
        assertThat(ask("error?error=AccessDenied"))
                .contains("ocation: " + ORIGIN + "/oops?from=auth&error=AccessDenied");
    }

    /** An administrator of one client can enter any origin there. */
    @Test
    void a_client_keeps_its_origin_when_another_client_adds_it() throws Exception {
        create(CLIENT_ID, ORIGIN);
        awaits(ORIGIN, "session", answer -> answer.startsWith("HTTP/1.1 200 "));

        create(RIVAL, ORIGIN);
        ObjectNode more = JsonNodeFactory.instance.objectNode();
        more.putArray("webOrigins").add("HTTP://Live.Example:80").add(ANOTHER.toString());
        administrator.updateClient(RIVAL, more);
        awaits(ANOTHER, "signin", answer -> answer.contains("Sign in to " + RIVAL));

        assertThat(ask(ORIGIN, "signin")).startsWith("HTTP/1.1 200 ").contains("Sign in to " + CLIENT_ID);
        assertThat(ask(ORIGIN, "session")).startsWith("HTTP/1.1 200 ").doesNotContain(RIVAL, CLIENT_ID + ".authjs");

        administrator.deleteClient(CLIENT_ID);
        created.remove(CLIENT_ID);
        awaits(ORIGIN, "signin", answer -> answer.contains("Sign in to " + RIVAL));
    }

    /** Every application would offer it, so the facade could serve none. */
    @Test
    void an_unusable_provider_does_not_affect_other_providers() throws Exception {
        create(CLIENT_ID, ORIGIN);
        ObjectNode odd = JsonNodeFactory.instance.objectNode();
        odd.put("alias", "pr\u00fcfstelle").put("providerId", "github").put("enabled", true);
        odd.putObject("config").put("clientId", "some").put("clientSecret", "thing");
        administrator.createProvider(odd);
        try (MadeProvider usable = MadeProvider.of(chain, "oidc")) {
            awaits("providers", answer -> answer.contains("\"" + usable.alias() + "\""));

            assertThat(ask("providers"))
                    .startsWith("HTTP/1.1 200 ")
                    .contains("\"github\"")
                    .doesNotContain("stelle");
            assertThat(chain.visitor()
                            .get(URI.create(chain.portfolio() + "/api/auth/session"))
                            .status())
                    .isEqualTo(200);
        } finally {
            administrator.deleteProvider("pr%C3%BCfstelle");
        }
    }

    private void create(String clientId, Origin origin) {
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        settings.put("publicClient", true).put("standardFlowEnabled", true);
        settings.putArray("webOrigins").add(origin.toString());
        settings.putArray("redirectUris").add(origin + "/api/auth/callback/*");
        administrator.createPlainClient(clientId, settings);
        created.add(clientId);
        administrator.optIn(clientId);
    }

    private void awaits(String action, Predicate<String> expected) throws Exception {
        awaits(ORIGIN, action, expected);
    }

    private void awaits(Origin origin, String action, Predicate<String> expected) throws Exception {
        Soon.see(() -> ask(origin, action), expected);
    }

    private String ask(String action) throws IOException {
        return ask(ORIGIN, action);
    }

    private String ask(Origin origin, String action) throws IOException {
        try (Socket socket = new Socket(chain.facade().host(), chain.facade().port())) {
            socket.getOutputStream()
                    .write(("GET /api/auth/" + action + " HTTP/1.1\r\nHost: " + origin.host()
                                    + "\r\nAccept: text/html\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
