package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What has changed is known to the facade's account soon, whoever changed it, although the realm saves no events. */
@EndToEnd
class ChangesIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final AtomicInteger PEOPLE = new AtomicInteger();

    private static KeycloakAdministrator administrator;
    private static ChangesReader asker;
    private static ChangesReader application;

    private final Chain chain;
    private final String person = ChangesRealm.person("changes", PEOPLE.getAndIncrement());

    ChangesIT(Chain chain) {
        this.chain = chain;
    }

    @BeforeAll
    static void createRealm(Chain chain) {
        administrator = chain.administrator().createRealm(ChangesRealm.of("changes", 20));
        asker = reader(chain, "changes", ChangesRealm.ASKER);
        application = reader(chain, "changes", ChangesRealm.APPLICATION);
    }

    @AfterAll
    static void deleteRealm() {
        administrator.deleteRealm();
    }

    private static ChangesReader reader(Chain chain, String realm, String clientId) {
        return new ChangesReader(issuer(chain, realm), clientId, ChangesRealm.SECRET);
    }

    private static URI issuer(Chain chain, String realm) {
        return chain.issuer().resolve("/realms/" + realm);
    }

    @Test
    void is_for_accounts_with_the_role_only() {
        assertThat(asker.ask("", "").statusCode()).isEqualTo(401);
        assertThat(asker.ask("nonsense", "").statusCode()).isEqualTo(401);
        String stranger = reader(chain, "changes", ChangesRealm.STRANGER).accessToken();
        assertThat(asker.ask(stranger, "").statusCode()).isEqualTo(403);
        assertThat(asker.ask(asker.accessToken(), "?since=yesterday").statusCode())
                .isEqualTo(400);
        assertThat(asker.ask(asker.accessToken(), "").headers().firstValue("Cache-Control"))
                .contains("no-store");
    }

    @Test
    void is_a_few_bytes_if_nothing_has_changed() throws Exception {
        String answer = Soon.see(
                () -> asker.ask(asker.accessToken(), "?since=" + System.currentTimeMillis())
                        .body(),
                body -> body.contains("[]"));

        assertThat(answer).hasSizeLessThan(80);
        assertThat(JSON.readTree(answer).path("since").longValue())
                .isLessThanOrEqualTo(JSON.readTree(answer).path("now").longValue());
    }

    @Test
    void sign_in_and_refresh_change_nothing() throws Exception {
        long before = fromNowOn();
        String refreshToken = signIn().path("refresh_token").asText();
        application.token(Map.of("grant_type", "refresh_token", "refresh_token", refreshToken));
        // Later than what a sign-in would have noted.
        administrator.updateClient(
                ChangesRealm.STRANGER, JSON.createObjectNode().put("name", UUID.randomUUID() + ""));
        seen(before, "{\"client\":\"" + ChangesRealm.STRANGER + "\"}");

        assertThat(ChangesReader.concerned(asker.since(before)))
                .noneMatch(change -> change.contains(person))
                .noneMatch(change -> change.contains("session"));
    }

    @Test
    void a_sign_out_at_an_application_ends_the_session() throws Exception {
        JsonNode tokens = signIn();
        long before = fromNowOn();
        application.post(
                "/protocol/openid-connect/logout",
                Map.of("refresh_token", tokens.path("refresh_token").asText()));

        seen(before, session(tokens));
    }

    @Test
    void an_administrator_ends_a_session() throws Exception {
        JsonNode tokens = signIn();
        long before = fromNowOn();
        administrator.endSession(sid(tokens));

        seen(before, session(tokens));
    }

    @Test
    void an_offline_session_that_is_left_is_only_due() throws Exception {
        JsonNode tokens = signIn("openid offline_access");
        assumeThat(administrator.sessions(person))
                .as("this Keycloak makes an online session, too")
                .isNotEmpty();
        long before = fromNowOn();
        administrator.endSession(sid(tokens));

        seen(before, user());
        assertThat(ChangesReader.concerned(asker.since(before))).doesNotContain(session(tokens));
    }

    @Test
    void an_administrator_signs_a_user_out() throws Exception {
        signIn();
        long before = fromNowOn();
        administrator.logOut(person);

        seen(before, user());
    }

    @Test
    void an_administrator_signs_everybody_out() throws Exception {
        signIn();
        long before = fromNowOn();
        administrator.logOutAll();

        seen(before, "{\"realm\":true}");
    }

    @Test
    void an_administrator_changes_disables_and_deletes_a_user() throws Exception {
        long before = fromNowOn();
        administrator.rename(person, "Other", "Name");
        seen(before, user());

        before = fromNowOn();
        administrator.disable(person);
        seen(before, user());

        before = fromNowOn();
        administrator.deleteUser(person);
        seen(before, user());
    }

    @Test
    void a_role_is_given_to_a_user() throws Exception {
        long before = fromNowOn();
        administrator.giveRealmRole(person, "multi-client-auth-sessions");

        seen(before, user());
    }

    @Test
    void the_realm_and_a_client_change() throws Exception {
        long before = fromNowOn();
        administrator.updateClient(
                ChangesRealm.APPLICATION, JSON.createObjectNode().put("notBefore", 1));
        seen(before, "{\"client\":\"application\"}");

        before = fromNowOn();
        administrator.addMapper(ChangesRealm.APPLICATION, mapper());
        seen(before, "{\"client\":\"application\"}");

        before = fromNowOn();
        administrator.updateRealm(JSON.createObjectNode().put("notBefore", 1));
        seen(before, "{\"realm\":true}");

        before = fromNowOn();
        administrator.addMapperToScope("profile", mapper());
        seen(before, "{\"realm\":true}");
    }

    private static ObjectNode mapper() {
        ObjectNode mapper = JSON.createObjectNode()
                .put("name", UUID.randomUUID().toString())
                .put("protocol", "openid-connect")
                .put("protocolMapper", "oidc-hardcoded-claim-mapper");
        mapper.putObject("config").put("claim.name", "made").put("claim.value", "up");
        return mapper;
    }

    @Test
    void a_user_changes_the_profile_in_the_account_console() throws Exception {
        String accessToken = signIn().path("access_token").asText();
        long before = fromNowOn();
        int status = account(
                "POST",
                "",
                accessToken,
                "{\"username\":\"" + person + "\",\"email\":\"" + person
                        + "@example.com\",\"firstName\":\"Other\",\"lastName\":\"Name\"}");

        assertThat(status).isEqualTo(204);
        seen(before, user());
    }

    @Test
    @FromKeycloak(value = "26.5", does = "reports a sign-out in the account console")
    void a_user_ends_a_session_in_the_account_console() throws Exception {
        JsonNode other = signIn();
        String accessToken = signIn().path("access_token").asText();
        long before = fromNowOn();
        assertThat(account("DELETE", "/sessions/" + sid(other), accessToken, ""))
                .isEqualTo(204);

        seen(before, session(other));
    }

    @Test
    @FromKeycloak(value = "26.5", does = "reports a sign-out in the account console")
    void a_user_ends_all_other_sessions_in_the_account_console() throws Exception {
        JsonNode other = signIn();
        String accessToken = signIn().path("access_token").asText();
        long before = fromNowOn();
        assertThat(account("DELETE", "/sessions", accessToken, "")).isEqualTo(204);

        seen(before, session(other));
    }

    @Test
    void a_user_withdraws_a_consent() throws Exception {
        String accessToken = signIn().path("access_token").asText();
        long before = fromNowOn();
        assertThat(account("POST", "/applications/application/consent", accessToken, "{\"grantedScopes\":[]}"))
                .isEqualTo(200);
        assertThat(account("DELETE", "/applications/application/consent", accessToken, ""))
                .isEqualTo(204);

        seen(before, user());
    }

    @Test
    void too_many_wrong_passwords_disable_a_user() throws Exception {
        long before = fromNowOn();

        // Keycloak counts in the background, where two wrong passwords at nearly the same time may count as one.
        Soon.see(
                () -> {
                    application.post(
                            "/protocol/openid-connect/token",
                            Map.of("grant_type", "password", "username", person, "password", "wrong"));
                    return ChangesReader.concerned(asker.since(before));
                },
                changes -> changes.contains(user()));
    }

    @Test
    @Timeout(value = 6, unit = TimeUnit.MINUTES)
    void a_flood_becomes_one_change_of_the_realm() throws Exception {
        int people = 1_200;
        KeycloakAdministrator flooding = chain.administrator().createRealm(ChangesRealm.of("flood", people));
        try {
            ChangesReader reader = reader(chain, "flood", ChangesRealm.ASKER);
            long before = reader.all().path("now").longValue();
            ExecutorService workers = Executors.newFixedThreadPool(8);
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < people; i++) {
                String user = ChangesRealm.person("flood", i);
                all.add(workers.submit(() -> flooding.deleteUser(user)));
            }
            for (Future<?> each : all) {
                each.get();
            }
            workers.shutdown();
            JsonNode answer = reader.since(before);

            assertThat(answer.path("changes").size()).isLessThanOrEqualTo(1_000);
            boolean isGap = answer.path("since").longValue() > before;
            assertThat(isGap || ChangesReader.concerned(answer).contains("{\"realm\":true}"))
                    .as("everybody is due")
                    .isTrue();
        } finally {
            flooding.deleteRealm();
        }
    }

    private JsonNode signIn() {
        return signIn("openid");
    }

    private JsonNode signIn(String scope) {
        return application.token(Map.of(
                "grant_type", "password", "username", person, "password", ChangesRealm.PASSWORD, "scope", scope));
    }

    private static String sid(JsonNode tokens) throws Exception {
        return new OidcClient.Tokens(tokens).accessClaims().path("sid").asText();
    }

    private static String session(JsonNode tokens) throws Exception {
        return "{\"session\":\"" + sid(tokens) + "\"}";
    }

    private String user() {
        return "{\"user\":\"" + person + "\"}";
    }

    /** A time for the question, so that only what comes from now on is told: the answer goes back five seconds further. */
    private static long fromNowOn() {
        return asker.all().path("now").longValue() + 5_000;
    }

    private int account(String method, String path, String accessToken, String body) {
        return ChangesReader.send(HttpRequest.newBuilder(URI.create(issuer(chain, "changes") + "/account" + path))
                        .header("Authorization", "Bearer " + accessToken)
                        .header("Accept", "application/json")
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body)))
                .statusCode();
    }

    private static void seen(long since, String change) throws Exception {
        Soon.see(() -> ChangesReader.concerned(asker.since(since)), changes -> changes.contains(change));
    }
}
