package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.testbed.launch.Ports;
import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.proof.SignIn;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.provider.Person;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a reverse proxy learns of Keycloak's users, and how fast. The proxies themselves have tests of their own. */
@EndToEnd
class VerifyIT {

    private static final String CLIENT_ID = "behind-a-proxy";
    private static final String ROLE = "proxy-admin";
    private static final String GROUP = "staff, abroad";

    /** The goal is two seconds. The machine may be busy. */
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private static final String SECRET = "pX7vQ2mTw9PzR4sYb6NcLd1FhGjUe8Aq";

    @RegisterExtension
    static final Started STARTED = new Started();

    private static Chain chain;
    private static Origin application;
    private static KeycloakAdministrator administrator;

    private final Person person = chain.somebody();
    private final Visitor visitor = chain.visitor();
    private final String userId = new SignIn(visitor, application)
            .as(person.login())
            .path("user")
            .path("id")
            .asText();

    @BeforeAll
    static void start(Chain running) throws IOException {
        chain = running;
        administrator = chain.administrator();
        Ports ports = Ports.free();
        application = new Origin("http", "localhost", ports.facade());
        ObjectNode client = JsonNodeFactory.instance.objectNode();
        client.put("publicClient", true).put("standardFlowEnabled", true);
        client.putArray("webOrigins").add(application.toString());
        client.putArray("redirectUris").add(application + "/api/auth/callback/*");
        administrator.createPlainClient(CLIENT_ID, client);
        administrator.optIn(CLIENT_ID);
        STARTED.add(OwnFacade.start(chain, ports, Map.of("MCA_FORWARD_AUTH_SECRET", SECRET), "facade-verify.log"));
        ObjectNode named = JsonNodeFactory.instance.objectNode();
        administrator.post("/roles", named.deepCopy().put("name", ROLE));
        administrator.post("/groups", named.deepCopy().put("name", GROUP));
        administrator.post("/clients/" + administrator.idOfClient(CLIENT_ID) + "/roles", named.put("name", "editor"));
    }

    @AfterAll
    static void stop() {
        administrator.deleteClient(CLIENT_ID);
        administrator.delete("/roles/" + ROLE);
        administrator.delete("/groups/" + group());
    }

    private static String group() {
        return administrator
                .get("/groups?exact=true&search=" + GROUP.replace(" ", "%20").replace(",", "%2C"))
                .path(0)
                .path("id")
                .asText();
    }

    private Answer verify(String rules) {
        return visitor.get(
                URI.create(application + "/api/auth/verify" + rules),
                "X-Forward-Auth-Secret",
                SECRET,
                "X-Original-URL",
                application + "/orders");
    }

    private static String header(Answer answer, String name) {
        return answer.headers().firstValue(name).orElse("absent");
    }

    @Test
    void a_proxy_learns_who_is_signed_in() {
        Answer answer = verify("?provider=github");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(header(answer, "X-Auth-Request-User")).isEqualTo(userId);
        assertThat(header(answer, "X-Auth-Request-Email"))
                .as("nobody has verified the address")
                .isEmpty();
        assertThat(header(answer, "X-Auth-Request-Provider")).isEqualTo("github");
        assertThat(header(answer, "X-Auth-Request-Groups")).isEmpty();
        assertThat(header(answer, "Authorization")).isEmpty();
        assertThat(verify("?provider=google").status()).isEqualTo(403);
    }

    @Test
    void a_session_that_ends_opens_nothing_any_more() throws Exception {
        administrator.endSession(
                administrator.sessions(userId).get(0).path("id").asText());

        Answer answer = Soon.see(LIMIT, () -> verify(""), seen -> seen.status() == 401);
        assertThat(header(answer, "X-Auth-Request-Redirect"))
                .startsWith(application + "/api/auth/signin?callbackUrl=http%3A%2F%2Flocalhost");
    }

    @Test
    void a_disabled_user_opens_nothing_any_more() throws Exception {
        administrator.disable(userId);

        Soon.see(LIMIT, () -> verify(""), seen -> seen.status() == 401);
    }

    /** Only where the administrator wants it, and as fast as other changes. */
    @Test
    void a_proxy_learns_groups_and_roles_and_what_changes() throws Exception {
        administrator.put("/users/" + userId + "/groups/" + group(), JsonNodeFactory.instance.objectNode());
        administrator.giveRealmRole(userId, ROLE);
        String client = administrator.idOfClient(CLIENT_ID);
        administrator.post(
                "/users/" + userId + "/role-mappings/clients/" + client,
                JsonNodeFactory.instance.arrayNode().add(administrator.get("/clients/" + client + "/roles/editor")));
        assertThat(verify("?role=" + ROLE).status()).isEqualTo(403);

        administrator.addMapper(CLIENT_ID, MadeClient.groupsForProxies());
        try {
            Answer answer = Soon.see(LIMIT, () -> verify("?role=" + ROLE), seen -> seen.status() == 200);
            assertThat(header(answer, "X-Auth-Request-Groups").split(","))
                    .contains("/staff%2C abroad", "role:" + ROLE, "role:" + CLIENT_ID + ":editor")
                    .noneMatch(name -> name.startsWith("role:account:"));
            assertThat(header(answer, "X-Auth-Request-Preferred-Username"))
                    .isEqualTo(
                            administrator.user(person.email()).path("username").asText());
            assertThat(verify("?group=/staff%252C%20abroad&role=" + CLIENT_ID + ":editor")
                            .status())
                    .isEqualTo(200);
            assertThat(visitor.get(new Auth(visitor, application).at("session")).body())
                    .doesNotContain("staff", ROLE, "editor");

            administrator.delete("/users/" + userId + "/groups/" + group());
            Soon.see(LIMIT, () -> verify("?group=/staff%252C%20abroad"), seen -> seen.status() == 403);
        } finally {
            administrator.removeMapper(CLIENT_ID, "API access");
        }
        Soon.see(LIMIT, () -> verify("?role=" + ROLE), seen -> seen.status() == 403);
        assertThat(verify("").status()).isEqualTo(200);
    }
}
