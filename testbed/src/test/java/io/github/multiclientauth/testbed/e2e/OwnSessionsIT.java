package io.github.multiclientauth.testbed.e2e;

import static io.github.multiclientauth.testbed.e2e.SessionsRealm.APP;
import static io.github.multiclientauth.testbed.e2e.SessionsRealm.BLOG;
import static io.github.multiclientauth.testbed.e2e.SessionsRealm.JSON;
import static io.github.multiclientauth.testbed.e2e.SessionsRealm.OTHER;
import static io.github.multiclientauth.testbed.e2e.SessionsRealm.SHOP;
import static io.github.multiclientauth.testbed.e2e.SessionsRealm.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.multiclientauth.testbed.e2e.SessionsRealm.SignedIn;
import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.provider.Person;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.Connection.KeyVal;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.FormElement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** People see and end their own sessions, and nobody else's. */
@EndToEnd
class OwnSessionsIT {

    /** The goal is two seconds. The machine may be busy. */
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private static final String[] AS_A_BROWSER = {"Accept", "text/html", "Accept-Language", "en"};

    /** At the facade, in two browsers. */
    @Nested
    class AtAnApplication {

        private final Chain chain;
        private final Visitor here;
        private final Visitor there;
        private final Auth portfolio;
        private final Person person;
        private String userId;

        AtAnApplication(Chain chain) {
            this.chain = chain;
            this.here = chain.visitor();
            this.there = chain.visitor();
            this.portfolio = new Auth(here, chain.portfolio());
            this.person = chain.somebody();
        }

        @BeforeEach
        void sign_in_twice() {
            userId = chain.atPortfolio(here)
                    .as(person.login())
                    .path("user")
                    .path("id")
                    .asText();
            chain.atPortfolio(there).as(person.login());
            chain.atDashboard(there).start();
            assertThat(chain.administrator().sessions(userId)).hasSize(2);
        }

        private List<Auth> thereEverywhere() {
            return List.of(new Auth(there, chain.portfolio()), new Auth(there, chain.dashboard()));
        }

        private void assertOverThere() throws Exception {
            for (Auth application : thereEverywhere()) {
                Soon.see(LIMIT, application::session, JsonNode::isNull);
            }
            assertThat(portfolio.session().isNull()).isFalse();
            assertThat(chain.administrator().sessions(userId)).hasSize(1);
        }

        private Answer page() {
            return here.get(portfolio.at("sessions"), AS_A_BROWSER);
        }

        /** Presses a button of the page, as a browser without scripts does. */
        private Answer press(Answer page, String button) {
            Element pressed = page.document().selectFirst(button);
            Map<String, String> fields = new LinkedHashMap<>();
            FormElement form = (FormElement) pressed.closest("form");
            for (KeyVal field : form.formData()) {
                fields.put(field.key(), field.value());
            }
            Answer answer =
                    here.post(portfolio.at(form.attr("action").replace("/api/auth/", "")), fields, AS_A_BROWSER);
            return here.get(answer.location().orElseThrow(), AS_A_BROWSER);
        }

        @Test
        void what_ends_in_one_browser_is_over_in_the_other_at_all_applications() throws Exception {
            JsonNode list = portfolio.sessions();

            assertThat(list.path("more").intValue()).isZero();
            assertThat(list.path("sessions")).hasSize(2);
            JsonNode own = list.path("sessions").path(0);
            JsonNode other = list.path("sessions").path(1);
            assertThat(own.path("current").booleanValue()).isTrue();
            assertThat(own.path("provider").asText()).isEqualTo("github");
            assertThat(own.path("address").asText()).isNotEmpty();
            assertThat(own.path("applications").findValuesAsText("origin"))
                    .containsExactly(chain.portfolio().toString());
            assertThat(other.path("current").booleanValue()).isFalse();
            assertThat(other.path("applications").findValuesAsText("origin"))
                    .containsExactly(
                            chain.portfolio().toString(), chain.dashboard().toString());
            assertThat(thereEverywhere())
                    .noneMatch(application -> application.session().isNull());
            long begin = System.nanoTime();

            assertThat(portfolio.endSessions("session", other.path("id").asText()))
                    .hasToString("{\"ended\":1,\"left\":0}");

            assertOverThere();
            System.out.printf(
                    "Over everywhere after %d ms%n",
                    Duration.ofNanos(System.nanoTime() - begin).toMillis());
            assertThat(portfolio.endSessions("session", other.path("id").asText()))
                    .hasToString("{\"ended\":0,\"left\":0}");
        }

        @Test
        void the_page_ends_one_session() throws Exception {
            Answer page = page();

            assertThat(page.status()).isEqualTo(200);
            assertThat(page.document().select("h1").text()).isEqualTo("Where you are signed in");
            assertThat(page.document().select(".sessions li")).hasSize(2);
            assertThat(page.document().select("script")).isEmpty();
            for (JsonNode session : chain.administrator().sessions(userId)) {
                assertThat(page.body() + portfolio.sessions())
                        .doesNotContain(session.path("id").asText());
            }

            Answer after = press(page, ".sessions li:nth-child(2) button");

            assertThat(after.document().select(".notice").text()).isEqualTo("Signed out there.");
            assertThat(after.document().select(".sessions li")).hasSize(1);
            assertOverThere();
            // The list was open in another tab, too.
            assertThat(press(page, ".sessions li:nth-child(2) button")
                            .document()
                            .select(".notice")
                            .text())
                    .isEqualTo("That session had ended already.");
        }

        @Test
        void the_page_ends_all_others() throws Exception {
            Answer after = press(page(), "form:has(input[name=others]) button");

            assertThat(after.document().select(".notice").text()).isEqualTo("Signed out everywhere else.");
            assertThat(after.document().select("input[name=others]")).isEmpty();
            assertOverThere();
        }

        @Test
        void the_page_asks_people_to_sign_in_and_comes_back() {
            Visitor nobody = chain.visitor();

            Answer signIn = nobody.get(
                    nobody.get(portfolio.at("sessions"), AS_A_BROWSER)
                            .location()
                            .orElseThrow(),
                    AS_A_BROWSER);
            assertThat(signIn.document().select(".notice").text()).isEqualTo("Please sign in to see this page.");
            Answer provider = nobody.follow(nobody.press(signIn, "form[action*=github] button"));
            Answer back = nobody.follow(nobody.press(provider, "button[name=login][value=" + person.login() + "]"));

            assertThat(back.address()).isEqualTo(portfolio.at("sessions"));
            assertThat(back.json().path("sessions")).hasSize(3);
        }

        @Test
        void another_site_ends_nothing() {
            Answer forged = here.post(portfolio.at("sessions"), Map.of("others", "true"));

            assertThat(forged.status()).isEqualTo(400);
            assertThat(chain.administrator().sessions(userId)).hasSize(2);
        }
    }

    /** In a realm whose settings may be changed, at the extension's endpoint. */
    @Nested
    class AtKeycloak {

        private static SessionsRealm realm;

        @BeforeAll
        static void create_a_realm(Chain chain) {
            realm = SessionsRealm.create(chain);
            // Users sign in many times.
            realm.administrator().updateRealm(JSON.createObjectNode().put("passwordPolicy", "hashIterations(1)"));
        }

        @AfterAll
        static void delete_the_realm() {
            realm.administrator().deleteRealm();
        }

        private HttpResponse<String> send(String method, String client, SignedIn asking, String other) {
            return send(method, realm.facadeToken(), client, asking, other);
        }

        private HttpResponse<String> send(String method, String token, String client, SignedIn asking, String other) {
            return realm.send(method, path(client, asking, other), token, null, "");
        }

        private HttpResponse<String> narrowed(String method, SignedIn asking, String other) {
            return realm.send(method, path(SHOP, asking, other) + "&only=client", realm.facadeToken(), null, "");
        }

        private static String path(String client, SignedIn asking, String other) {
            return "/" + asking.sid() + "/siblings" + other + "?client=" + client + "&confirmedAt=" + asking.at();
        }

        private JsonNode list(String client, SignedIn asking) {
            HttpResponse<String> answer = send("GET", client, asking, "");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
            return json(answer.body());
        }

        private int end(SignedIn asking, SignedIn other) {
            return send("DELETE", SHOP, asking, "/" + other.sid()).statusCode();
        }

        private boolean isAlive(String client, SignedIn session) {
            return realm.askOne(SessionsRealm.question(client, session))
                    .path("alive")
                    .booleanValue();
        }

        @Test
        void lists_the_users_sessions_wherever_they_are() {
            String name = realm.newUser();
            SignedIn other = realm.signIn(OTHER, name, "openid");
            SignedIn offline = realm.signIn(BLOG, name, "openid offline_access");
            SignedIn own = realm.signIn(SHOP, name, "openid");
            realm.signIn(SHOP);

            JsonNode sessions = list(SHOP, own).path("sessions");

            assertThat(sessions.findValuesAsText("id"))
                    .startsWith(own.sid())
                    .containsExactlyInAnyOrder(own.sid(), other.sid(), offline.sid());
            for (JsonNode session : sessions) {
                assertThat(session.path("offline").booleanValue())
                        .isEqualTo(session.path("id").asText().equals(offline.sid()));
                assertThat(session.path("impersonated").booleanValue()).isFalse();
                assertThat(session.path("started").longValue()).isGreaterThan(1_700_000_000);
                assertThat(session.path("lastUsed").longValue())
                        .isGreaterThanOrEqualTo(session.path("started").longValue());
            }
            assertThat(sessions.findValuesAsText("client")).containsExactlyInAnyOrder(SHOP, BLOG, OTHER);
        }

        @Test
        void ends_online_and_offline_sessions_at_clients_that_are_no_applications_too() {
            String name = realm.newUser();
            SignedIn other = realm.signIn(OTHER, name, "openid");
            SignedIn offline = realm.signIn(BLOG, name, "openid offline_access");
            SignedIn own = realm.signIn(SHOP, name, "openid");

            assertThat(end(own, other)).isEqualTo(204);
            assertThat(end(own, offline)).isEqualTo(204);

            assertThat(realm.isRefreshable(OTHER, other)).isFalse();
            assertThat(realm.isRefreshable(BLOG, offline)).isFalse();
            assertThat(list(SHOP, own).path("sessions")).hasSize(1);
            assertThat(isAlive(SHOP, own)).isTrue();
            assertThat(end(own, other)).isEqualTo(404);
        }

        @Test
        void sessions_of_other_users_are_neither_listed_nor_ended() {
            SignedIn own = realm.signIn(SHOP);
            SignedIn stranger = realm.signIn(SHOP);

            assertThat(end(own, stranger)).isEqualTo(404);
            assertThat(send("DELETE", SHOP, own, "").body()).isEqualTo("{\"left\":0,\"ended\":[]}");

            assertThat(isAlive(SHOP, stranger)).isTrue();
        }

        @Test
        void the_session_that_asks_does_not_end() {
            SignedIn own = realm.signIn(SHOP);

            assertThat(end(own, own)).isEqualTo(404);
            assertThat(isAlive(SHOP, own)).isTrue();
        }

        @Test
        void a_session_that_is_not_alive_at_the_client_lists_and_ends_nothing() {
            String name = realm.newUser();
            SignedIn own = realm.signIn(SHOP, name, "openid");
            SignedIn other = realm.signIn(BLOG, name, "openid");

            assertThat(send("GET", BLOG, own, "").statusCode()).isEqualTo(404);
            assertThat(send("GET", OTHER, own, "").statusCode()).isEqualTo(404);
            realm.administrator().endSession(own.sid());
            assertThat(send("GET", SHOP, own, "").statusCode()).isEqualTo(404);
            assertThat(send("DELETE", SHOP, own, "").statusCode()).isEqualTo(404);
            assertThat(end(own, other)).isEqualTo(404);
            assertThat(isAlive(BLOG, other)).isTrue();
        }

        /** Keycloak keeps the offline session, and never accepts it again. */
        @Test
        void sessions_that_keycloak_does_not_accept_any_more_are_not_listed() throws Exception {
            String name = realm.newUser();
            SignedIn before = realm.signIn(SHOP, name, "openid offline_access");
            // Keycloak counts the time of the sign-in and of not-before in whole seconds.
            Thread.sleep(1_100);
            realm.administrator().logOut(before.userId());
            SignedIn own = realm.signIn(SHOP, name, "openid");

            assertThat(list(SHOP, own).path("sessions").findValuesAsText("id")).containsExactly(own.sid());
        }

        @Test
        void an_application_may_be_limited_to_its_own_sessions() {
            String name = realm.newUser();
            SignedIn elsewhere = realm.signIn(BLOG, name, "openid");
            SignedIn phone = realm.signIn(SHOP, name, "openid");
            SignedIn own = realm.signIn(SHOP, name, "openid");
            realm.administrator().addMapper(SHOP, MadeClient.showingOwnSessionsOnly());
            try {
                JsonNode sessions = list(SHOP, own).path("sessions");
                assertThat(sessions.findValuesAsText("id")).containsExactly(own.sid(), phone.sid());
                assertThat(sessions.findValuesAsText("client")).containsOnly(SHOP);
                assertThat(list(BLOG, elsewhere).path("sessions")).hasSize(3);
                assertThat(end(own, elsewhere)).isEqualTo(404);
                assertThat(json(send("DELETE", SHOP, own, "").body())
                                .path("ended")
                                .path(0)
                                .asText())
                        .isEqualTo(phone.sid());
                assertThat(isAlive(BLOG, elsewhere)).isTrue();
            } finally {
                realm.administrator().removeMapper(SHOP, "Client origin");
            }
            assertThat(list(SHOP, own).path("sessions")).hasSize(2);
        }

        /** The facade asks so for a preview. */
        @Test
        void a_question_about_one_application_is_about_its_sessions_only() {
            String name = realm.newUser();
            SignedIn elsewhere = realm.signIn(BLOG, name, "openid");
            SignedIn phone = realm.signIn(SHOP, name, "openid");
            SignedIn own = realm.signIn(SHOP, name, "openid");

            JsonNode sessions = json(narrowed("GET", own, "").body()).path("sessions");
            assertThat(sessions.findValuesAsText("id")).containsExactly(own.sid(), phone.sid());
            assertThat(sessions.findValuesAsText("client")).containsOnly(SHOP);
            assertThat(narrowed("DELETE", own, "/" + elsewhere.sid()).statusCode())
                    .isEqualTo(404);
            assertThat(narrowed("DELETE", own, "").body())
                    .isEqualTo("{\"left\":0,\"ended\":[\"" + phone.sid() + "\"]}");
            assertThat(isAlive(BLOG, elsewhere)).isTrue();
        }

        @Test
        void an_administrator_who_acts_as_the_user_sees_and_ends_no_other_session() {
            SignedIn users = realm.signIn(SHOP);
            SignedIn administrators = realm.impersonate(SHOP, users.userId());

            assertThat(list(SHOP, administrators).path("sessions").findValuesAsText("id"))
                    .containsExactly(administrators.sid());
            assertThat(end(administrators, users)).isEqualTo(404);
            assertThat(json(send("DELETE", SHOP, administrators, "").body()).path("ended"))
                    .isEmpty();
            assertThat(isAlive(SHOP, users)).isTrue();

            JsonNode sessions = list(SHOP, users).path("sessions");
            assertThat(sessions).hasSize(2);
            assertThat(sessions.path(1).path("impersonated").booleanValue()).isTrue();
            assertThat(end(users, administrators)).isEqualTo(204);
            assertThat(isAlive(SHOP, administrators)).isFalse();
        }

        @Test
        void very_many_sessions_are_listed_in_part_and_end_together() {
            String name = realm.newUser();
            SignedIn own = realm.signIn(APP, name, "openid");
            for (int i = 0; i < 104; i++) {
                realm.signIn(SHOP, name, "openid");
            }
            JsonNode list = list(APP, own);
            assertThat(list.path("sessions")).hasSize(100);
            assertThat(list.path("sessions").path(0).path("id").asText()).isEqualTo(own.sid());
            assertThat(list.path("more").intValue()).isEqualTo(5);

            int ended = 0;
            JsonNode answer;
            do {
                answer = json(send("DELETE", APP, own, "").body());
                assertThat(answer.path("ended")).isNotEmpty();
                ended += answer.path("ended").size();
            } while (answer.path("left").intValue() > 0);

            assertThat(ended).isEqualTo(104);
            assertThat(realm.administrator().sessions(own.userId())).hasSize(1);
            assertThat(isAlive(APP, own)).isTrue();
        }

        @Test
        void each_end_is_an_event() {
            String name = realm.newUser();
            SignedIn own = realm.signIn(SHOP, name, "openid");
            SignedIn other = realm.signIn(BLOG, name, "openid");
            end(own, other);

            JsonNode event = realm.administrator()
                    .get("/events?type=LOGOUT&user=" + own.userId())
                    .path(0);
            assertThat(event.path("sessionId").asText()).isEqualTo(other.sid());
            assertThat(event.path("clientId").asText()).isEqualTo(SHOP);
        }

        @ParameterizedTest
        @ValueSource(strings = {"GET", "DELETE"})
        void needs_the_role(String method) {
            SignedIn own = realm.signIn(SHOP);
            SignedIn user = realm.signIn(SHOP);
            String userToken = user.tokens().path("access_token").asText();

            assertThat(send(method, null, SHOP, own, "").statusCode()).isEqualTo(401);
            assertThat(send(method, userToken, SHOP, own, "").statusCode()).isEqualTo(403);
            assertThat(send("DELETE", userToken, SHOP, own, "/" + user.sid()).statusCode())
                    .isEqualTo(403);
            assertThat(isAlive(SHOP, user)).isTrue();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "?client=shop",
                    "?confirmedAt=1",
                    "?client=shop&confirmedAt=",
                    "?client=shop&confirmedAt=x",
                    "?client=shop&confirmedAt=-1",
                    "?client=shop&confirmedAt=99999999999999999999",
                    "?client=&confirmedAt=1",
                    "?client=shop&confirmedAt=1&only=user"
                })
        void a_malformed_request_lists_nothing(String query) {
            SignedIn own = realm.signIn(SHOP);

            assertThat(realm.send("GET", "/" + own.sid() + "/siblings" + query, realm.facadeToken(), null, "")
                            .statusCode())
                    .isEqualTo(400);
        }
    }
}
