package io.github.multiclientauth.facade.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.fake.MovableClock;
import io.github.multiclientauth.facade.oidc.SessionKeeper.Ending;
import io.github.multiclientauth.facade.oidc.SessionKeeper.Question;
import io.github.multiclientauth.facade.oidc.SessionKeeper.Verdict;
import io.github.multiclientauth.facade.seal.Secret;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests requests and answers against a small server on loopback. */
class KeycloakSessionKeeperTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ClientId PORTFOLIO = new ClientId("portfolio");
    private static final Instant CONFIRMED = Instant.ofEpochSecond(1_764_466_200);

    private final MovableClock machine = new MovableClock();
    private final KeycloakClock clock = new KeycloakClock(machine);
    private final StandInKeycloak realm = new StandInKeycloak();
    private final URI directory = URI.create(realm.issuer() + "/multi-client-auth/directory");
    private final SessionKeeper keeper = new KeycloakSessionKeeper(
            realm.account(() -> new Secret("canary-secret"), clock), clock, directory, realm.issuerUri());
    private final Instant now = machine.instant().plusSeconds(120);

    @BeforeEach
    void grantTokens() {
        realm.accessToken("canary-token");
    }

    @AfterEach
    void close() {
        realm.close();
    }

    private static Question question(String sid) {
        return new Question(PORTFOLIO, sid, CONFIRMED, true);
    }

    private static ObjectNode alive(String sid) {
        ObjectNode alive = JSON.createObjectNode()
                .put("alive", true)
                .put("user", "the-user")
                .put("endsAt", 1_764_468_060L);
        alive.putObject("claims")
                .put("sub", "the-user")
                .put("sid", sid)
                .put("azp", "portfolio")
                .put("name", "Ada Lovelace")
                .put("email", "Ada@Example.COM")
                .put("email_verified", true)
                .put("provider", "github")
                .put("clientOrigin", "http://localhost:3000")
                .put("clientId", "portfolio");
        return alive;
    }

    private static ObjectNode claim(String name, JsonNode value) {
        ObjectNode alive = alive("the-sid");
        ((ObjectNode) alive.path("claims")).set(name, value);
        return alive;
    }

    private static JsonNode without(String field) {
        ObjectNode alive = alive("the-sid");
        alive.remove(field);
        return alive;
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private void answer(JsonNode... sessions) {
        ObjectNode document = JSON.createObjectNode().put("now", now.toEpochMilli());
        document.putArray("sessions").addAll(List.of(sessions));
        realm.sessions(200, document.toString());
    }

    private Verdict ask() {
        List<Verdict> verdicts = keeper.ask(List.of(question("the-sid")));
        assertThat(verdicts).hasSize(1);
        return verdicts.get(0);
    }

    private static String unknown(Verdict verdict) {
        return verdict.match(alive -> "alive", ended -> "ended", unknown -> unknown.reason());
    }

    @Test
    void asks_about_all_sessions_in_one_request_and_keeps_their_order() {
        answer(
                alive("one"),
                json("{\"alive\":false,\"reason\":\"User disabled\"}"),
                json("{\"error\":\"not checked in time\"}"));

        List<Verdict> verdicts = keeper.ask(List.of(
                question("one"), new Question(new ClientId("dashboard"), "two", CONFIRMED, false), question("three")));

        assertThat(verdicts)
                .containsExactly(
                        new Verdict.Alive(
                                new Identity(
                                        "the-user",
                                        "one",
                                        Optional.of("Ada Lovelace"),
                                        Optional.of("ada@example.com"),
                                        true,
                                        Optional.empty(),
                                        Optional.of("github"),
                                        Optional.of("http://localhost:3000"),
                                        "portfolio",
                                        false),
                                now,
                                Optional.of(Instant.ofEpochSecond(1_764_468_060))),
                        new Verdict.Ended("User disabled"),
                        new Verdict.Unknown("not checked in time"));
        var asked = realm.asked("/multi-client-auth/sessions");
        assertThat(asked).hasSize(1);
        assertThat(asked.get(0).method()).isEqualTo("POST");
        assertThat(asked.get(0).authorization()).hasValue("Bearer canary-token");
        assertThat(json(asked.get(0).body()))
                .isEqualTo(json("{\"sessions\":["
                        + "{\"client\":\"portfolio\",\"sid\":\"one\",\"confirmedAt\":1764466200,\"extend\":true},"
                        + "{\"client\":\"dashboard\",\"sid\":\"two\",\"confirmedAt\":1764466200,\"extend\":false},"
                        + "{\"client\":\"portfolio\",\"sid\":\"three\",\"confirmedAt\":1764466200,\"extend\":true}]}"));
    }

    @Test
    void learns_keycloaks_time() {
        answer(alive("the-sid"));

        ask();

        assertThat(Duration.between(clock.instant(), now)).isBetween(Duration.ofSeconds(-1), Duration.ofSeconds(1));
    }

    @Test
    void a_subject_that_is_not_the_user_is_pairwise() {
        answer(claim("sub", json("\"another\"")));

        assertThat(ask()).isInstanceOfSatisfying(Verdict.Alive.class, alive -> {
            assertThat(alive.identity().subject()).isEqualTo("another");
            assertThat(alive.identity().pairwise()).isTrue();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "null", "absent"})
    void a_session_may_never_end(String endsAt) {
        ObjectNode endless = alive("the-sid");
        endless.remove("endsAt");
        answer(endsAt.equals("absent") ? endless : endless.set("endsAt", json(endsAt)));

        assertThat(ask())
                .isInstanceOfSatisfying(
                        Verdict.Alive.class, alive -> assertThat(alive.endsAt()).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("odd")
    void an_odd_element_is_unknown_and_spoils_only_itself(JsonNode element) {
        answer(alive("one"), element, alive("three"));

        List<Verdict> verdicts = keeper.ask(List.of(question("one"), question("the-sid"), question("three")));

        assertThat(verdicts.get(0)).isInstanceOf(Verdict.Alive.class);
        assertThat(verdicts.get(1))
                .isInstanceOfSatisfying(
                        Verdict.Unknown.class,
                        unknown -> assertThat(unknown.reason())
                                .startsWith("Keycloak's answer has")
                                .doesNotContain("canary"));
        assertThat(verdicts.get(2)).isInstanceOf(Verdict.Alive.class);
    }

    static Stream<Named<JsonNode>> odd() {
        return Stream.of(
                Named.of("null", json("null")),
                Named.of("a list", json("[]")),
                Named.of("a text", json("\"alive\"")),
                Named.of("an empty object", json("{}")),
                Named.of("alive as text", json("{\"alive\":\"false\"}")),
                Named.of("alive as a number", json("{\"alive\":0}")),
                Named.of("an error and a verdict", json("{\"alive\":false,\"reason\":\"x\",\"error\":\"y\"}")),
                Named.of("no user", without("user")),
                Named.of("a user of another type", alive("the-sid").put("user", 7)),
                Named.of("a user of two lines", alive("the-sid").put("user", "canary\n")),
                Named.of("a negative end", alive("the-sid").put("endsAt", -1)),
                Named.of("an end in milliseconds", alive("the-sid").put("endsAt", 1_764_468_060_000L)),
                Named.of("an end with a fraction", alive("the-sid").put("endsAt", 1.5)),
                Named.of("an end as text", alive("the-sid").put("endsAt", "1764468060")),
                Named.of("an end beyond 64 bits", alive("the-sid").set("endsAt", json("1" + "0".repeat(30)))),
                Named.of("no claims", without("claims")),
                Named.of("claims as a list", alive("the-sid").set("claims", json("[]"))),
                Named.of("another session", alive("canary-sid")),
                Named.of("no sid", claim("sid", null)),
                Named.of("a sid of another type", claim("sid", json("[\"the-sid\"]"))),
                Named.of("no sub", claim("sub", null)),
                Named.of("an empty sub", claim("sub", json("\"\""))),
                Named.of("a sub of another type", claim("sub", json("true"))),
                Named.of("a sub of 10 KB", claim("sub", json("\"" + "s".repeat(10_000) + "\""))),
                Named.of("another clientId", claim("clientId", json("\"dashboard\""))),
                Named.of("another authorized party", claim("azp", json("\"dashboard\""))),
                Named.of("a provider of another type", claim("provider", json("{}"))));
    }

    @Test
    void an_odd_claim_that_is_only_displayed_is_left_out() {
        answer(claim("picture", json("\"javascript:alert(1)\"")));

        assertThat(ask())
                .isInstanceOfSatisfying(
                        Verdict.Alive.class,
                        alive -> assertThat(alive.identity().picture()).isEmpty());
    }

    @Test
    void a_reason_is_one_short_line() {
        answer(json("{\"alive\":false,\"reason\":\"one\\ntwo" + "x".repeat(1000) + "\"}"));

        assertThat(ask())
                .isInstanceOfSatisfying(
                        Verdict.Ended.class,
                        ended ->
                                assertThat(ended.reason()).startsWith("one two").hasSize(200));
    }

    @Test
    void a_session_may_end_without_a_reason() {
        answer(json("{\"alive\":false}"));

        assertThat(ask()).isEqualTo(new Verdict.Ended("Keycloak gives no reason"));
    }

    @ParameterizedTest
    @MethodSource("garbage")
    void an_answer_that_is_none_leaves_all_unknown(String body) {
        realm.sessions(200, body);

        assertThat(keeper.ask(List.of(question("one"), question("two"))))
                .hasSize(2)
                .allSatisfy(verdict -> assertThat(verdict)
                        .isInstanceOfSatisfying(
                                Verdict.Unknown.class,
                                unknown -> assertThat(unknown.reason())
                                        .contains("/multi-client-auth/sessions answered")
                                        .doesNotContain("canary")));
        assertThat(clock.ahead()).isZero();
    }

    static Stream<Named<String>> garbage() {
        String ended = "{\"alive\":false}";
        String both = ended + "," + ended;
        return Stream.of(
                Named.of("nothing", ""),
                Named.of("a page", "<html>canary</html>"),
                Named.of("null", "null"),
                Named.of("a list", "[]"),
                Named.of("half of it", "{\"now\":1764466260123,\"sessions\":[" + ended),
                Named.of("more after it", "{\"now\":1764466260123,\"sessions\":[" + both + "]} {}"),
                Named.of("no time", "{\"sessions\":[" + both + "]}"),
                Named.of("a time as text", "{\"now\":\"1764466260123\",\"sessions\":[" + both + "]}"),
                Named.of("a time before all times", "{\"now\":-1,\"sessions\":[" + both + "]}"),
                Named.of("a time after all times", "{\"now\":9223372036854775807,\"sessions\":[" + both + "]}"),
                Named.of("two times", "{\"now\":1764466260123,\"now\":1764466260124,\"sessions\":[" + both + "]}"),
                Named.of("no sessions", "{\"now\":1764466260123}"),
                Named.of("sessions as an object", "{\"now\":1764466260123,\"sessions\":{\"a\":1,\"b\":2}}"),
                Named.of("too few", "{\"now\":1764466260123,\"sessions\":[" + ended + "]}"),
                Named.of("too many", "{\"now\":1764466260123,\"sessions\":[" + both + "," + ended + "]}"),
                Named.of("very deep", "[".repeat(100_000)),
                Named.of("very many", "[" + "1,".repeat(1_100_000) + "1]"));
    }

    @Test
    void an_answer_that_is_too_large_leaves_all_unknown() {
        realm.sessions(200, " ".repeat(KeycloakEndpoint.SESSIONS.maxBytes() + 1));

        assertThat(unknown(ask())).contains("larger than");
    }

    /** Groups and roles are claims, too. */
    @Test
    void five_hundred_sessions_with_many_claims_fit_into_an_answer() {
        ObjectNode large = claim("groups", JSON.valueToTree(Collections.nCopies(200, "/a/group/of/this/person")));
        JsonNode[] sessions = Collections.nCopies(SessionKeeper.MOST, large).toArray(JsonNode[]::new);
        answer(sessions);

        assertThat(keeper.ask(Collections.nCopies(SessionKeeper.MOST, question("the-sid"))))
                .hasSize(SessionKeeper.MOST)
                .allSatisfy(verdict -> assertThat(verdict).isInstanceOf(Verdict.Alive.class));
    }

    @ParameterizedTest
    @CsvSource({
        "204, answered with status 204",
        "302, answered with status 302",
        "400, answered with status 400",
        "401, answered with status 401",
        "403, the realm role multi-client-auth-sessions",
        "404, older than this facade",
        "413, answered with status 413",
        "500, answered with status 500",
        "503, answered with status 503",
    })
    void says_what_to_fix(int status, String says) {
        realm.sessions(status, status == 204 ? "" : "canary-body");

        assertThat(unknown(ask())).contains(says).doesNotContain("canary");
        if (status != 204) {
            assertThat(keeper.end(PORTFOLIO, "the-sid"))
                    .isInstanceOfSatisfying(
                            Ending.Failed.class,
                            failed -> assertThat(failed.reason()).contains(says).doesNotContain("canary"));
        }
    }

    @Test
    void a_refused_token_is_replaced_once() {
        answer(alive("the-sid"));
        ask();
        realm.refuse("canary-token");
        assertThat(unknown(ask())).contains("answered with status 401");

        realm.accessToken("another");
        assertThat(ask()).isInstanceOf(Verdict.Alive.class);
    }

    @Test
    void says_so_when_the_account_is_refused() {
        realm.token(401, "{\"error\":\"unauthorized_client\"}");

        assertThat(unknown(ask())).contains("unauthorized_client", "mca.directory.client-secret");
        assertThat(realm.asked("/multi-client-auth/sessions")).isEmpty();
    }

    @Test
    void says_so_when_keycloak_is_away() {
        realm.close();

        assertThat(unknown(ask())).contains("mca.issuer");
        assertThat(keeper.end(PORTFOLIO, "the-sid"))
                .isInstanceOfSatisfying(
                        Ending.Failed.class,
                        failed -> assertThat(failed.reason()).contains("mca.issuer"));
    }

    @Test
    void waits_for_a_slow_answer_no_longer_than_configured() {
        CountDownLatch never = new CountDownLatch(1);
        KeycloakRequests impatient = new KeycloakRequests(
                Duration.ofMillis(500), Duration.ofMillis(500), Optional.empty(), KeycloakWatch.NONE);
        FacadeAccount account = realm.account(() -> new Secret("canary-secret"), clock, impatient);
        realm.beforeSessions(never);
        try {
            assertThat(unknown(new KeycloakSessionKeeper(account, clock, directory, realm.issuerUri())
                            .ask(List.of(question("the-sid")))
                            .get(0)))
                    .contains("no complete answer within 1000 ms");
        } finally {
            never.countDown();
        }
    }

    @Test
    void ends_a_session() {
        realm.sessions(204, "");

        assertThat(keeper.end(new ClientId("a client & more"), "a/sid?ä")).isEqualTo(new Ending.Ended());
        var asked = realm.asked("/multi-client-auth/sessions/a%2Fsid%3F%C3%A4").get(0);
        assertThat(asked.method()).isEqualTo("DELETE");
        assertThat(asked.query()).hasValue("client=a%20client%20%26%20more");
        assertThat(asked.authorization()).hasValue("Bearer canary-token");
        assertThat(asked.body()).isEmpty();
    }

    @Test
    void tells_where_a_browser_ends_a_session() {
        String address = realm.issuer() + "/protocol/openid-connect/logout?id_token_hint=canary-hint";
        realm.sessions(200, "{\"endAt\":\"" + address + "\"}");

        Ending ending = keeper.endInBrowser(PORTFOLIO, "the-sid", "https://app.example/bye?a=b&c");
        assertThat(ending).isEqualTo(new Ending.InBrowser(URI.create(address)));
        assertThat(ending.toString()).doesNotContain("canary");
        assertThat(realm.asked("/multi-client-auth/sessions/the-sid").get(0).query())
                .hasValue("client=portfolio&returnTo=https%3A%2F%2Fapp.example%2Fbye%3Fa%3Db%26c");
    }

    /** Also the answer of an extension that does not know that question yet. */
    @Test
    void an_older_extension_ends_the_session_without_the_browser() {
        realm.sessions(204, "");

        assertThat(keeper.endInBrowser(PORTFOLIO, "the-sid", "https://app.example/"))
                .isEqualTo(new Ending.Ended());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"endAt\":\"https://evil.example/logout\"}",
                "{\"endAt\":\"javascript:alert(1)\"}",
                "{\"endAt\":\"//evil.example\"}",
                "{\"endAt\":\"\"}",
                "{\"endAt\":7}",
                "{}",
                "[]",
                "nothing"
            })
    void a_browser_is_sent_to_keycloak_only(String answer) {
        realm.sessions(200, answer);

        assertThat(keeper.endInBrowser(PORTFOLIO, "the-sid", "https://app.example/"))
                .isInstanceOf(Ending.Failed.class);
    }

    @Test
    void a_session_that_does_not_exist_is_not_there() {
        realm.sessions(404, "");

        assertThat(keeper.end(PORTFOLIO, "the-sid")).isEqualTo(new Ending.NotThere());
    }

    /** Without the extension, Keycloak answers 404 itself. Nothing is known about the session then. */
    @Test
    void an_endpoint_that_does_not_exist_is_a_failure() {
        realm.sessions(404, "{\"error\":\"HTTP 404 Not Found\"}");

        assertThat(keeper.end(PORTFOLIO, "the-sid"))
                .isInstanceOfSatisfying(
                        Ending.Failed.class,
                        failed -> assertThat(failed.reason()).contains("older than this facade"));
    }

    @ParameterizedTest
    @CsvSource({
        "https://id.example/realms/a/multi-client-auth/directory",
        "https://id.example/realms/a/multi-client-auth/directory/",
        "https://id.example/realms/a/multi-client-auth/directory?x=y",
    })
    void the_sessions_are_beside_the_directory(URI url) {
        assertThat(ExtensionAnswers.beside(url, "sessions"))
                .hasToString("https://id.example/realms/a/multi-client-auth/sessions");
    }

    @Test
    void the_host_of_the_directory_may_be_the_name_of_a_container() {
        assertThat(ExtensionAnswers.beside(URI.create("http://my_keycloak:8080/realms/a/x/directory"), "changes"))
                .hasToString("http://my_keycloak:8080/realms/a/x/changes");
    }
}
