package io.github.multiclientauth.testbed.e2e;

import static io.github.multiclientauth.testbed.e2e.SessionsRealm.APP;
import static io.github.multiclientauth.testbed.e2e.SessionsRealm.BLOG;
import static io.github.multiclientauth.testbed.e2e.SessionsRealm.JSON;
import static io.github.multiclientauth.testbed.e2e.SessionsRealm.OTHER;
import static io.github.multiclientauth.testbed.e2e.SessionsRealm.SHOP;
import static io.github.multiclientauth.testbed.e2e.SessionsRealm.body;
import static io.github.multiclientauth.testbed.e2e.SessionsRealm.extending;
import static io.github.multiclientauth.testbed.e2e.SessionsRealm.json;
import static io.github.multiclientauth.testbed.e2e.SessionsRealm.question;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.testbed.e2e.SessionsRealm.SignedIn;
import io.github.multiclientauth.testbed.proof.Visitor;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The extension confirms and ends sessions by Keycloak's own rules, without a refresh token. */
@EndToEnd
class SessionsIT {

    private static SessionsRealm realm;

    @BeforeAll
    static void create_a_realm(Chain chain) {
        realm = SessionsRealm.create(chain);
    }

    @AfterAll
    static void delete_the_realm() {
        realm.administrator().deleteRealm();
    }

    @Nested
    class Alive {

        @Test
        void a_session_is_alive_with_its_end_and_the_claims_of_an_id_token() {
            SignedIn person = realm.signIn(SHOP);

            HttpResponse<String> answer = realm.post(realm.facadeToken(), body(question(SHOP, person)));

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
            assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
            assertThat(json(answer.body()).path("now").longValue())
                    .isCloseTo(System.currentTimeMillis(), within(10_000L));
            JsonNode session = json(answer.body()).path("sessions").path(0);
            assertThat(session.path("alive").booleanValue()).isTrue();
            assertThat(session.path("user").asText()).isEqualTo(person.userId());
            assertThat(session.path("endsAt").longValue()).isEqualTo(person.refreshUntil());
            JsonNode claims = session.path("claims");
            assertThat(claims.path("sub").asText()).isEqualTo(person.userId());
            assertThat(claims.path("sid").asText()).isEqualTo(person.sid());
            assertThat(claims.path("name").asText()).isEqualTo("Local User");
            assertThat(claims.path("clientId").asText()).isEqualTo(SHOP);
        }

        @Test
        void a_changed_name_shows() {
            SignedIn person = realm.signIn(SHOP);
            realm.administrator().rename(person.userId(), "Ada", "Lovelace");

            assertThat(realm.askOne(question(SHOP, person))
                            .path("claims")
                            .path("name")
                            .asText())
                    .isEqualTo("Ada Lovelace");
        }

        @Test
        void the_sessions_of_a_public_client_are_confirmed_too() {
            SignedIn person = realm.signIn(APP);

            assertThat(isAlive(question(APP, person))).isTrue();
        }

        /** Nothing is signed or issued, so nothing is used up. */
        @Test
        void a_hundred_questions_at_once_lose_no_session_and_no_refresh_token() throws Exception {
            realm.administrator()
                    .updateRealm(JSON.createObjectNode()
                            .put("revokeRefreshToken", true)
                            .put("refreshTokenMaxReuse", 0));
            ExecutorService threads = Executors.newFixedThreadPool(100);
            try {
                SignedIn person = realm.signIn(SHOP);
                String token = realm.facadeToken();
                Callable<String> ask = () -> {
                    HttpResponse<String> answer = realm.post(token, body(extending(SHOP, person)));
                    while (answer.statusCode() == 503) {
                        assertThat(answer.headers().firstValue("Retry-After")).contains("1");
                        Thread.sleep(100);
                        answer = realm.post(token, body(extending(SHOP, person)));
                    }
                    return answer.body();
                };

                for (Future<String> answer : threads.invokeAll(Collections.nCopies(100, ask))) {
                    assertThat(json(answer.get())
                                    .path("sessions")
                                    .path(0)
                                    .path("alive")
                                    .booleanValue())
                            .as(answer.get())
                            .isTrue();
                }
                assertThat(realm.refresh(SHOP, person).path("access_token").asText())
                        .isNotEmpty();
            } finally {
                threads.shutdownNow();
                realm.administrator().updateRealm(JSON.createObjectNode().put("revokeRefreshToken", false));
            }
        }

        @Test
        void a_remembered_session_ends_later() {
            realm.administrator().updateRealm(JSON.createObjectNode().put("ssoSessionIdleTimeoutRememberMe", 20_000));
            try {
                SignedIn person = realm.signInByBrowser(SHOP, new Visitor(), true);

                assertThat(realm.askOne(question(SHOP, person)).path("endsAt").longValue())
                        .isCloseTo(person.at() + 20_000, within(5L));
            } finally {
                realm.administrator().updateRealm(JSON.createObjectNode().put("ssoSessionIdleTimeoutRememberMe", 0));
            }
        }

        @Test
        void an_offline_session_outlives_the_session() {
            SignedIn person = realm.signIn(SHOP, "openid offline_access");
            if (realm.administrator().sessions(person.userId()).size() > 0) {
                realm.administrator().endSession(person.sid());
            }

            assertThat(isAlive(extending(SHOP, person))).isTrue();

            realm.administrator().delete("/sessions/" + person.sid() + "?isOffline=true");
            assertThat(reason(question(SHOP, person))).isEqualTo("No such session");
        }

        /** Keycloak keeps it, but notes the second (<i>Not before</i>), and refuses what was confirmed earlier. */
        @ParameterizedTest
        @ValueSource(booleans = {false, true})
        void an_offline_session_ends_with_the_sign_out_of_all_sessions(boolean ofTheRealm) throws Exception {
            SignedIn person = realm.signIn(SHOP, "openid offline_access");
            Thread.sleep(1_100);

            if (ofTheRealm) {
                realm.administrator().logOutAll();
            } else {
                realm.administrator().logOut(person.userId());
            }

            assertThat(reason(question(SHOP, person))).isNotBlank();
        }
    }

    @Nested
    class Ended {

        @Test
        void by_an_administrator_who_disables_the_user() {
            SignedIn person = realm.signIn(SHOP);
            realm.administrator().disable(person.userId());

            assertThat(reason(question(SHOP, person))).isEqualTo("User disabled");
        }

        @Test
        void by_an_administrator_who_deletes_the_user() {
            SignedIn person = realm.signIn(SHOP);
            realm.administrator().delete("/users/" + person.userId());

            assertThat(reason(question(SHOP, person))).isNotBlank();
        }

        @Test
        void by_an_administrator_who_ends_the_session() {
            SignedIn person = realm.signIn(SHOP);
            realm.administrator().endSession(person.sid());

            assertThat(reason(question(SHOP, person))).isEqualTo("No such session");
        }

        @Test
        void by_an_administrator_who_disables_the_client() {
            SignedIn person = realm.signIn(BLOG);
            enable(BLOG, false);
            try {
                assertThat(reason(question(BLOG, person))).isEqualTo("Client disabled");
            } finally {
                enable(BLOG, true);
            }
            assertThat(isAlive(question(BLOG, person))).isTrue();
        }

        @Test
        void by_not_before_of_the_realm() throws Exception {
            SignedIn person = realm.signIn(SHOP);
            awaitSecond(person.at() + 2);
            setNotBefore("", person.at() + 1);
            try {
                assertThat(reason(question(SHOP, person))).isEqualTo("Stale token");
                assertThat(isAlive(question(SHOP, person.sid(), person.at() + 1)))
                        .isTrue();
            } finally {
                setNotBefore("", 0);
            }
        }

        @Test
        void by_not_before_of_the_client() throws Exception {
            SignedIn person = realm.signIn(SHOP);
            awaitSecond(person.at() + 2);
            setNotBefore("/clients/" + realm.administrator().idOfClient(SHOP), person.at() + 1);
            try {
                assertThat(reason(question(SHOP, person))).isEqualTo("Stale token");
                assertThat(isAlive(question(SHOP, person.sid(), person.at() + 1)))
                        .isTrue();
            } finally {
                setNotBefore("/clients/" + realm.administrator().idOfClient(SHOP), 0);
            }
        }

        @Test
        void by_not_before_of_the_user() {
            String name = "imported-" + UUID.randomUUID();
            ObjectNode users = JSON.createObjectNode().put("ifResourceExists", "FAIL");
            ObjectNode user = users.putArray("users")
                    .addObject()
                    .put("username", name)
                    .put("email", name + "@example.com")
                    .put("firstName", "Local")
                    .put("lastName", "User")
                    .put("enabled", true)
                    .put("notBefore", System.currentTimeMillis() / 1000 + 1_000);
            user.putArray("credentials").addObject().put("type", "password").put("value", name);
            realm.administrator().post("/partialImport", users);
            SignedIn person = realm.signIn(SHOP, name, "openid");

            assertThat(reason(question(SHOP, person))).isEqualTo("Stale token");
        }

        @Test
        void by_a_consent_that_the_user_has_not_given() {
            SignedIn person = realm.signIn(SHOP);
            realm.administrator().updateClient(SHOP, JSON.createObjectNode().put("consentRequired", true));
            try {
                assertThat(reason(question(SHOP, person)))
                        .isEqualTo("Client no longer has requested consent from user");
            } finally {
                realm.administrator().updateClient(SHOP, JSON.createObjectNode().put("consentRequired", false));
            }
            assertThat(isAlive(question(SHOP, person))).isTrue();
        }

        @Test
        void by_a_rule_about_identity_providers() {
            SignedIn person = realm.signIn(APP);
            realm.administrator().addMapper(APP, MadeClient.rule("github"));
            try {
                assertThat(reason(question(APP, person))).isEqualTo("provider_not_allowed");
            } finally {
                realm.administrator()
                        .removeMapper(APP, MadeClient.rule().path("name").asText());
            }
            assertThat(isAlive(question(APP, person))).isTrue();
        }

        @Test
        void for_another_client() {
            SignedIn person = realm.signIn(SHOP);

            assertThat(reason(question(BLOG, person))).isEqualTo("The session has no such client");
            assertThat(isAlive(question(SHOP, person))).isTrue();
        }

        /** A question that extends is as good as a refresh, and one that only looks changes nothing. */
        @Test
        void after_the_idle_time_unless_a_question_extends_it() throws Exception {
            realm.administrator().updateRealm(JSON.createObjectNode().put("ssoSessionIdleTimeout", 8));
            try {
                SignedIn extended = realm.signIn(SHOP);
                SignedIn looked = realm.signIn(SHOP);
                long first =
                        realm.askOne(extending(SHOP, extended)).path("endsAt").longValue();
                assertThat(first).isCloseTo(System.currentTimeMillis() / 1000 + 8, within(3L));

                for (int i = 0; i < 5; i++) {
                    Thread.sleep(2_500);
                    assertThat(isAlive(extending(SHOP, extended))).isTrue();
                    realm.ask(question(SHOP, looked));
                }

                assertThat(realm.askOne(question(SHOP, extended)).path("endsAt").longValue())
                        .isGreaterThan(first + 5);
                assertThat(realm.askOne(question(SHOP, looked)).path("alive").booleanValue())
                        .isFalse();
                assertThat(isAlive(question(SHOP, extended))).isTrue();
            } finally {
                realm.administrator().updateRealm(JSON.createObjectNode().put("ssoSessionIdleTimeout", 1_800));
            }
        }

        @Test
        void after_the_clients_longest_time() throws Exception {
            setAttribute(SHOP, "client.session.max.lifespan", "3");
            try {
                SignedIn person = realm.signIn(SHOP);
                assertThat(realm.askOne(extending(SHOP, person)).path("endsAt").longValue())
                        .isCloseTo(person.at() + 3, within(1L));
                Thread.sleep(4_000);

                assertThat(reason(extending(SHOP, person))).isNotBlank();
            } finally {
                setAttribute(SHOP, "client.session.max.lifespan", "");
            }
        }

        @Test
        void after_the_realms_longest_time() throws Exception {
            realm.administrator().updateRealm(JSON.createObjectNode().put("ssoSessionMaxLifespan", 3));
            try {
                SignedIn person = realm.signIn(SHOP);
                assertThat(realm.askOne(extending(SHOP, person)).path("endsAt").longValue())
                        .isCloseTo(person.at() + 3, within(1L));
                Thread.sleep(4_000);

                assertThat(realm.askOne(extending(SHOP, person)).path("alive").booleanValue())
                        .isFalse();
            } finally {
                realm.administrator().updateRealm(JSON.createObjectNode().put("ssoSessionMaxLifespan", 36_000));
            }
        }
    }

    @Nested
    class Bounds {

        @Test
        void five_hundred_questions_are_answered_in_their_order() throws Exception {
            SignedIn person = realm.signIn(SHOP);
            SignedIn other = realm.signIn(BLOG);
            JsonNode[] questions = Stream.iterate(0, i -> i + 1)
                    .limit(500)
                    .map(i -> i % 2 == 0 ? extending(SHOP, person) : extending(BLOG, other))
                    .toArray(JsonNode[]::new);

            // Again if a slow machine has not checked all of them within the time for one request.
            JsonNode answers = Soon.see(
                    () -> realm.ask(questions), seen -> seen.findValues("error").isEmpty());

            assertThat(answers).hasSize(500);
            assertThat(answers.path(0).path("user").asText()).isEqualTo(person.userId());
            assertThat(answers.path(499).path("user").asText()).isEqualTo(other.userId());
            assertThat(answers.findValues("alive")).hasSize(500).allMatch(JsonNode::booleanValue);
        }

        @Test
        void an_odd_element_spoils_only_itself() {
            SignedIn person = realm.signIn(SHOP);

            JsonNode answers = realm.ask(
                    JSON.createObjectNode(),
                    question("no-such-client", person),
                    question(OTHER, person),
                    question(SHOP, "no-such-session", 1),
                    question("realm-management", person),
                    JSON.getNodeFactory().textNode("nonsense"),
                    question(SHOP, person));

            assertThat(answers).hasSize(7);
            for (int odd : List.of(0, 1, 2, 4, 5)) {
                assertThat(answers.path(odd).path("error").asText())
                        .as("answer " + odd)
                        .isNotBlank();
                assertThat(answers.path(odd).has("alive")).isFalse();
            }
            assertThat(answers.path(3).path("reason").asText()).isEqualTo("No such session");
            assertThat(answers.path(6).path("alive").booleanValue()).isTrue();
        }

        /** Keycloak's mapper of role names fails without its settings, at each token. */
        @Test
        void a_mapper_that_fails_spoils_only_its_client() {
            SignedIn person = realm.signIn(SHOP);
            SignedIn other = realm.signIn(BLOG);
            ObjectNode broken = JSON.createObjectNode()
                    .put("name", "broken")
                    .put("protocol", "openid-connect")
                    .put("protocolMapper", "oidc-role-name-mapper");
            realm.administrator().addMapper(BLOG, broken);
            try {
                JsonNode answers = realm.ask(question(SHOP, person), question(BLOG, other), question(SHOP, person));

                assertThat(answers.path(0).path("alive").booleanValue()).isTrue();
                assertThat(answers.path(1).path("error").asText()).isNotBlank();
                assertThat(answers.path(1).has("alive")).isFalse();
                assertThat(answers.path(2).path("alive").booleanValue()).isTrue();
            } finally {
                realm.administrator().removeMapper(BLOG, "broken");
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "nonsense", "[]", "{\"sessions\":[]}"})
        void what_is_no_list_of_questions_is_refused(String text) {
            assertEmpty(realm.post(realm.facadeToken(), text), 400);
        }

        @Test
        void more_than_five_hundred_questions_are_refused() {
            JsonNode[] questions =
                    Collections.nCopies(501, question(SHOP, "s", 1)).toArray(JsonNode[]::new);

            assertEmpty(realm.post(realm.facadeToken(), body(questions)), 400);
        }

        @Test
        void a_long_body_is_refused() {
            assertEmpty(realm.post(realm.facadeToken(), " ".repeat(256 * 1024 + 1)), 413);
        }

        @ParameterizedTest
        @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded"})
        void another_type_is_refused(String type) {
            assertEmpty(realm.send("POST", "", realm.facadeToken(), type, body(question(SHOP, "s", 1))), 415);
        }

        @ParameterizedTest
        @ValueSource(strings = {"GET", "PUT"})
        void another_method_is_refused(String method) {
            assertThat(realm.send(method, "", realm.facadeToken(), "application/json", "")
                            .statusCode())
                    .isEqualTo(405);
        }
    }

    @Nested
    class Access {

        @Test
        void needs_a_token() {
            HttpResponse<String> answer = realm.post(null, body(question(SHOP, "s", 1)));

            assertEmpty(answer, 401);
            assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
            assertEmpty(realm.end(null, "s", SHOP), 401);
        }

        @Test
        void needs_a_valid_token() {
            HttpResponse<String> answer = realm.post("e30.e30.e30", body(question(SHOP, "s", 1)));

            assertEmpty(answer, 401);
            assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer error=\"invalid_token\"");
        }

        @Test
        void needs_a_token_of_the_same_realm() {
            assertEmpty(realm.post(realm.administrator().accessToken(), body(question(SHOP, "s", 1))), 401);
        }

        @Test
        void a_user_may_not_ask() {
            String token = realm.userToken();
            HttpResponse<String> answer = realm.post(token, body(question(SHOP, "s", 1)));

            assertEmpty(answer, 403);
            assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer error=\"insufficient_scope\"");
            assertEmpty(realm.end(token, "s", SHOP), 403);
        }

        /** The role counts as it is now. */
        @Test
        void the_facades_account_needs_the_role() {
            SignedIn person = realm.signIn(SHOP);
            String token = realm.facadeToken();
            realm.giveRole(false);
            try {
                assertEmpty(realm.post(token, body(question(SHOP, person))), 403);
                assertEmpty(realm.end(token, person.sid(), SHOP), 403);
            } finally {
                realm.giveRole(true);
            }
            assertThat(isAlive(question(SHOP, person))).isTrue();
        }
    }

    @Nested
    class SigningOut {

        @Test
        void ends_the_session_everywhere_and_is_repeatable() {
            SignedIn person = realm.signIn(SHOP);
            String token = realm.facadeToken();

            assertEmpty(realm.end(token, person.sid(), SHOP), 204);

            assertThat(reason(question(SHOP, person))).isEqualTo("No such session");
            assertThat(realm.administrator().sessions(person.userId())).isEmpty();
            assertEmpty(realm.end(token, person.sid(), SHOP), 404);
        }

        @Test
        void is_an_event_like_any_sign_out() {
            SignedIn person = realm.signIn(SHOP);

            realm.end(realm.facadeToken(), person.sid(), SHOP);

            JsonNode events = realm.administrator().get("/events?type=LOGOUT&user=" + person.userId());
            assertThat(events).hasSize(1);
            assertThat(events.path(0).path("clientId").asText()).isEqualTo(SHOP);
            assertThat(events.path(0).path("sessionId").asText()).isEqualTo(person.sid());
        }

        @Test
        void ends_an_offline_session_too() {
            SignedIn person = realm.signIn(SHOP, "openid offline_access");

            assertEmpty(realm.end(realm.facadeToken(), person.sid(), SHOP), 204);

            assertThat(reason(question(SHOP, person))).isEqualTo("No such session");
        }

        @Test
        void is_possible_while_the_client_is_disabled() {
            SignedIn person = realm.signIn(BLOG);
            enable(BLOG, false);
            try {
                assertEmpty(realm.end(realm.facadeToken(), person.sid(), BLOG), 204);
            } finally {
                enable(BLOG, true);
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {BLOG, OTHER, "no-such-client"})
        void needs_a_client_that_is_in_the_session(String client) {
            SignedIn person = realm.signIn(SHOP);

            assertEmpty(realm.end(realm.facadeToken(), person.sid(), client), 404);

            assertThat(isAlive(question(SHOP, person))).isTrue();
        }

        @Test
        void needs_a_client() {
            assertEmpty(realm.end(realm.facadeToken(), "s", ""), 400);
        }
    }

    private static boolean isAlive(JsonNode question) {
        JsonNode answer = realm.askOne(question);
        assertThat(answer.path("alive").isBoolean()).as(answer.toString()).isTrue();
        return answer.path("alive").booleanValue();
    }

    /** Why the session has ended. Fails if it is alive or unknown. */
    private static String reason(JsonNode question) {
        JsonNode answer = realm.askOne(question);
        assertThat(answer.path("alive").isBoolean() && !answer.path("alive").booleanValue())
                .as(answer.toString())
                .isTrue();
        return answer.path("reason").asText();
    }

    private static void assertEmpty(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).isEmpty();
    }

    private static void enable(String client, boolean enabled) {
        realm.administrator().updateClient(client, JSON.createObjectNode().put("enabled", enabled));
    }

    private static void setAttribute(String client, String name, String value) {
        ObjectNode settings = JSON.createObjectNode();
        settings.putObject("attributes").put(name, value);
        realm.administrator().updateClient(client, settings);
    }

    private static void setNotBefore(String path, long notBefore) {
        ObjectNode settings = (ObjectNode) realm.administrator().get(path);
        realm.administrator().put(path, settings.put("notBefore", notBefore));
    }

    /** Keycloak issues no token before not-before, so the second has to be over. */
    private static void awaitSecond(long second) throws InterruptedException {
        while (System.currentTimeMillis() / 1000 < second) {
            Thread.sleep(50);
        }
    }
}
