package io.github.multiclientauth.testbed.e2e;

import static io.github.multiclientauth.testbed.e2e.SameSession.assertSameSession;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.provider.Person;
import io.github.multiclientauth.testbed.web.Parameters;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Sign-ins that demand something of the authentication, and users who try to get around it: between the facade and Keycloak, the address is
 * in their hands.
 *
 * <p>Slow: an authentication has to become seven seconds old, and the clients and a flow with levels are made first.
 */
@EndToEnd
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StepUpIT {

    private static final String PASSWORD = "of-the-person-who-steps-up";

    /** Older than max_age=1 with the skew that the facade allows. */
    private static final Duration OLD = Duration.ofSeconds(7);

    private final Chain chain;
    private final KeycloakAdministrator administrator;
    private final LocalNames names;
    private final StepUpFlow flow;
    private final String local = MadeClient.id();
    private App plain;
    private App levels;
    private App strict;
    private App withoutBasic;
    private App forging;
    private App misconfigured;
    private Visitor old;
    private JsonNode before;
    private Person person;

    StepUpIT(Chain chain) {
        this.chain = chain;
        this.administrator = chain.administrator();
        this.names = new LocalNames(chain.facade().port());
        this.flow = new StepUpFlow(administrator, "step-up");
    }

    /** An application at the facade. */
    private record App(String clientId, Origin origin) {

        URI at(String action) {
            return URI.create(origin + "/api/auth/" + action);
        }
    }

    @BeforeAll
    void make_the_applications() throws Exception {
        flow.create();
        administrator.createUser(local, PASSWORD);
        plain = app(settings -> settings);
        levels = app(settings -> withLevels(settings));
        strict = app(settings -> {
            withLevels(settings).withArray("protocolMappers").add(mapper("minimum.acr", "gold", "maximum.age", "3600"));
            return settings;
        });
        withoutBasic = app(settings -> settings);
        takeBasicFrom(withoutBasic);
        misconfigured = app(settings -> {
            settings.withArray("protocolMappers").add(mapper("maximum.age", "soon"));
            return settings;
        });
        forging = app(settings -> settings);
        takeBasicFrom(forging);
        Soon.see(() -> browser().get(forging.at("session")).status(), status -> status == 200);
        person = chain.somebody();
        old = browser();
        assertThat(signIn(old, plain, "").isNull()).isFalse();
        Thread.sleep(OLD.toMillis());
        before = session(old, plain);
    }

    @AfterAll
    void delete() {
        Stream.of(plain, levels, strict, withoutBasic, forging, misconfigured)
                .forEach(app -> administrator.deleteClient(app.clientId()));
        administrator.deleteFlow(flow.alias());
        names.close();
    }

    static Stream<Arguments> edits() {
        return Stream.of(
                edit("max_age=1", "parameter removed", query -> without(query, "max_age")),
                edit("max_age=1", "parameter raised", query -> with(query, "max_age", "99999")),
                edit("max_age=0", "parameter removed", query -> without(query, "max_age")),
                edit("prompt=login", "parameter removed", query -> without(query, "prompt")),
                edit("prompt=login", "parameter lowered", query -> with(query, "prompt", "none")),
                edit(
                        "prompt=login&max_age=1",
                        "prompt=none",
                        query -> with(without(query, "max_age"), "prompt", "none")),
                edit("acr_values=gold", "parameter removed", query -> without(query, "acr_values")));
    }

    /** The user has a session at Keycloak (SSO), and Keycloak answers without asking anything. */
    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("edits")
    void is_refused_when_the_address_of_keycloak_is_edited(
            String demand, String how, UnaryOperator<Map<String, String>> edit) {
        Answer started = start(old, plain, demand);

        assertRefused(old, comesBack(old, plain, edited(started, edit)), demand);
    }

    @ParameterizedTest
    @ValueSource(strings = {"max_age=99999", "prompt=none"})
    void is_not_finished_when_a_parameter_is_doubled(String second) {
        URI address = start(old, plain, "max_age=1&prompt=login").location().orElseThrow();

        Answer answer = old.get(URI.create(address + "&" + second));
        old.follow(answer);

        assertSameSession(before, session(old, plain));
    }

    @ParameterizedTest
    @ValueSource(strings = {"max_age=1&max_age=99999", "prompt=login&prompt=none", "acr_values=gold&acr_values=1"})
    void does_not_start_when_a_parameter_is_doubled(String demand) {
        assertThat(start(old, plain, demand).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"max_age=soon", "max_age=-1", "max_age=99999999999", "max_age=", "acr_values=", "prompt=Login"})
    void does_not_start_when_the_demand_is_malformed(String demand) {
        Answer answer = start(old, plain, demand);

        assertThat(answer.location().orElseThrow().toString())
                .startsWith(plain.at("error?error=Configuration&code=malformed_demand")
                        .toString());
        assertThat(old.follow(answer).status()).isEqualTo(400);
    }

    /** Anybody can push a request of a public client, with the state and the challenge of a sign-in that has begun. */
    @Test
    void is_refused_when_the_request_is_replaced_by_a_pushed_one() {
        Answer started = start(old, plain, "max_age=1");
        Map<String, String> pushed =
                without(Parameters.ofQuery(started.location().orElseThrow()), "max_age");
        String reference = chain.visitor()
                .post(URI.create(chain.issuer() + "/protocol/openid-connect/ext/par/request"), pushed)
                .json()
                .path("request_uri")
                .asText();
        Answer back = comesBack(
                old, plain, edited(started, query -> Map.of("client_id", plain.clientId(), "request_uri", reference)));

        assertRefused(old, back, "max_age=1");
    }

    @Test
    void is_refused_with_the_code_of_an_older_sign_in_or_another_tab() {
        URI without = toApplication(old, plain, start(old, plain, "").location().orElseThrow());
        Answer demanding = start(old, plain, "max_age=1");
        String state = Parameters.ofQuery(demanding.location().orElseThrow()).get("state");
        Map<String, String> mixed = with(Parameters.ofQuery(without), "state", state);

        Answer answer =
                old.get(URI.create(Parameters.append(plain.at("callback/github").toString(), mixed)));

        assertThat(answer.location().orElseThrow().toString()).contains("/api/auth/error?", "code=code_refused");
        assertSameSession(before, session(old, plain));
    }

    /** The user has just authenticated for another application, in another browser. */
    @Test
    void is_refused_with_the_code_of_another_application() {
        Answer demanding = start(old, plain, "max_age=1");
        Visitor fresh = browser();
        URI callback = toApplication(
                fresh,
                levels,
                asPerson(fresh, start(fresh, levels, "").location().orElseThrow())
                        .location()
                        .orElseThrow());
        Map<String, String> mixed = with(
                Parameters.ofQuery(callback),
                "state",
                Parameters.ofQuery(demanding.location().orElseThrow()).get("state"));

        Answer answer =
                old.get(URI.create(Parameters.append(plain.at("callback/github").toString(), mixed)));

        assertThat(answer.location().orElseThrow().toString()).contains("/api/auth/error?");
        assertSameSession(before, session(old, plain));
    }

    /** Keycloak asks again. What the session then says stays, also when Keycloak confirms it. */
    @Test
    void is_met_when_the_user_authenticates_again() {
        Visitor browser = browser();
        assertThat(signIn(browser, plain, "").has("authTime"))
                .as("nobody has asked")
                .isFalse();
        JsonNode first = signIn(browser, plain, "max_age=0&prompt=login");
        Instant authenticated = Instant.parse(first.path("authTime").asText());

        assertThat(authenticated)
                .isBetween(Instant.now().minusSeconds(30), Instant.now().plusSeconds(5));
        assertThat(first.path("acr").asText()).isEqualTo("1");
        assertThat(browser.get(plain.at("session")).json().path("authTime")).isEqualTo(first.path("authTime"));
        Auth auth = new Auth(browser, plain.origin());
        assertThat(auth.update("{}").json().path("authTime")).isEqualTo(first.path("authTime"));
        assertThat(auth.update("{}").json().path("acr")).isEqualTo(first.path("acr"));
    }

    /** The error page leads to a new sign-in with the same demand, and on to the page that the user wanted. */
    @Test
    void can_be_tried_again_from_the_error_page() throws Exception {
        Visitor browser = browser();
        signIn(browser, plain, "");
        // Keycloak counts whole seconds: who signed in within the second of the start did so after it.
        Thread.sleep(1_200);
        Answer started = start(browser, plain, "prompt=login");
        Answer refused = comesBack(browser, plain, edited(started, query -> without(query, "prompt")));
        Answer page = browser.follow(refused);
        assertThat(page.status()).isEqualTo(403);

        URI again = URI.create(page.document().selectFirst("a.button").absUrl("href"));
        Answer end = asPerson(browser, browser.get(again).location().orElseThrow());
        Answer last = browser.get(toApplication(browser, plain, end.location().orElseThrow()));

        assertThat(last.location().orElseThrow().toString()).isEqualTo(plain.origin() + "/after");
        assertThat(session(browser, plain).path("acr").asText()).isEqualTo("1");
    }

    @Test
    @FromKeycloak(value = "26.1", does = "reads how long a level lasts from the client's own browser flow")
    void reaches_a_level_for_which_the_flow_asks_more() {
        Visitor browser = browser();
        JsonNode silver = signInLocally(browser, levels, "acr_values=silver", 1);
        assertThat(silver.path("acr").asText()).isEqualTo("silver");

        Answer stripped = comesBack(
                browser,
                levels,
                edited(
                        browser.get(levels.at("signin/keycloak?callbackUrl=%2Fafter&acr_values=gold")),
                        query -> without(query, "acr_values")));
        assertThat(stripped.location().orElseThrow().toString()).contains("error=StepUpRequired");
        Answer lowered = comesBack(
                browser,
                levels,
                edited(
                        browser.get(levels.at("signin/keycloak?callbackUrl=%2Fafter&acr_values=gold")),
                        query -> with(query, "acr_values", "silver")));
        assertThat(lowered.location().orElseThrow().toString()).contains("error=StepUpRequired");
        assertThat(session(browser, levels).path("acr").asText()).isEqualTo("silver");

        JsonNode gold = signInLocally(browser, levels, "acr_values=gold", 1);
        assertThat(gold.path("acr").asText()).isEqualTo("gold");
        assertThat(signInLocally(browser, levels, "acr_values=silver", 0)
                        .path("acr")
                        .asText())
                .as("gold is more than silver")
                .isIn("silver", "gold");
    }

    @Test
    void is_demanded_by_the_administrator_for_every_sign_in() {
        Visitor browser = browser();
        Answer started = browser.get(strict.at("signin/keycloak?callbackUrl=%2Fafter"));
        assertThat(Parameters.ofQuery(started.location().orElseThrow()))
                .containsEntry("acr_values", "gold")
                .containsEntry("max_age", "3600");
        assertThat(signInLocally(browser, strict, "acr_values=silver&max_age=99999", 2)
                        .path("acr")
                        .asText())
                .isEqualTo("gold");

        Visitor other = browser();
        signInLocally(other, levels, "", 1);
        Answer refused = comesBack(
                other, strict, edited(other.get(strict.at("signin/keycloak")), query -> without(query, "acr_values")));
        assertThat(refused.location().orElseThrow().toString()).contains("error=StepUpRequired");
        assertThat(session(other, strict).isNull()).isTrue();
    }

    @Test
    void of_an_administrator_that_cannot_be_understood_stops_the_application() {
        assertThat(browser().get(misconfigured.at("session")).body()).isEqualTo("null");
        assertThat(browser().get(misconfigured.at("signin/github")).status()).isEqualTo(400);
    }

    @Test
    void is_refused_when_the_client_lacks_the_scope_basic_and_the_log_names_it() throws Exception {
        Visitor browser = browser();
        assertThat(signIn(browser, withoutBasic, "").isNull()).isFalse();
        JsonNode signedIn = session(browser, withoutBasic);
        Answer end = asPerson(
                browser, start(browser, withoutBasic, "prompt=login").location().orElseThrow());
        Answer refused =
                browser.get(toApplication(browser, withoutBasic, end.location().orElseThrow()));

        assertThat(refused.location().orElseThrow().toString()).contains("error=StepUpRequired");
        assertSameSession(signedIn, session(browser, withoutBasic));
        Soon.see(
                () -> Files.readString(chain.logs().resolve("facade.log")),
                log -> log.lines()
                        .anyMatch(line -> line.contains("MCA00226")
                                && line.contains(withoutBasic.clientId())
                                && line.contains("client scope basic")));
    }

    /** A mapper that somebody has made writes what it likes. */
    @ParameterizedTest
    @CsvSource({"9999999999, long", "1, long", "soon, String", "99999999999999999, long"})
    void is_refused_with_an_auth_time_that_cannot_be(String value, String type) {
        ObjectNode mapper = mapperOf("Forged", "oidc-hardcoded-claim-mapper");
        mapper.withObject("/config")
                .put("claim.name", "auth_time")
                .put("claim.value", value)
                .put("jsonType.label", type)
                .put("id.token.claim", "true");
        administrator.addMapper(forging.clientId(), mapper);
        try {
            Visitor browser = browser();
            Answer end = asPerson(
                    browser, start(browser, forging, "max_age=300").location().orElseThrow());
            Answer refused =
                    browser.get(toApplication(browser, forging, end.location().orElseThrow()));

            assertThat(refused.location().orElseThrow().toString()).contains("error=StepUpRequired");
            assertThat(session(browser, forging).isNull()).isTrue();
        } finally {
            administrator.removeMapper(forging.clientId(), "Forged");
        }
    }

    @Test
    void an_administrator_who_impersonates_a_user_is_visible() {
        Visitor browser = browser();
        String user = administrator.user(local + "@example.com").path("id").asText();
        Answer impersonated = browser.postJson(
                URI.create(chain.keycloak() + "/admin/realms/" + realm() + "/users/" + user + "/impersonation"),
                "{}",
                "Authorization",
                "Bearer " + administrator.accessToken());
        assertThat(impersonated.status()).isEqualTo(200);

        browser.follow(browser.get(levels.at("signin/keycloak?callbackUrl=%2Fapi%2Fauth%2Fsession")));

        JsonNode session = session(browser, levels);
        assertThat(session.path("user").path("id").asText()).isEqualTo(user);
        assertThat(session.path("actor").path("name").asText()).isEqualTo("admin");
        assertThat(session.path("actor").path("id").asText()).isNotEmpty().isNotEqualTo(user);
        assertThat(new Auth(browser, levels.origin()).update("{}").json().path("actor"))
                .isEqualTo(session.path("actor"));
    }

    private void assertRefused(Visitor visitor, Answer answer, String demand) {
        String location = answer.location().orElseThrow().toString();
        if (location.contains("/api/auth/signin?")) {
            // Keycloak itself has refused prompt=none.
            assertThat(location).contains("error=OAuthCallbackError");
        } else {
            assertThat(location)
                    .startsWith(plain.at("error?error=StepUpRequired&").toString());
            assertThat(Parameters.ofQuery(URI.create(location)))
                    .containsAllEntriesOf(Parameters.ofQuery(URI.create("/?" + demand)))
                    .containsEntry("provider", "github")
                    .containsEntry("callbackUrl", plain.origin() + "/after")
                    .containsKey("reference");
        }
        assertSameSession(before, session(visitor, plain));
    }

    private Answer start(Visitor visitor, App app, String demand) {
        return visitor.get(app.at("signin/github?callbackUrl=%2Fafter" + (demand.isEmpty() ? "" : "&" + demand)));
    }

    /** The answer of the facade when Keycloak has answered at once. */
    private Answer comesBack(Visitor visitor, App app, URI keycloak) {
        return visitor.get(toApplication(visitor, app, keycloak));
    }

    private static URI toApplication(Visitor visitor, App app, URI address) {
        if (Origin.ofUrl(address.toString()).equals(Optional.of(app.origin()))) {
            return address;
        }
        return visitor.followTo(visitor.get(address), app.origin()).location().orElseThrow();
    }

    /** Goes to the provider, chooses the person, and stops at the redirect to the application. */
    private Answer asPerson(Visitor visitor, URI keycloak) {
        Answer page = visitor.browse(keycloak);
        Answer pressed = visitor.press(page, "button[name=login][value=" + person.login() + "]");
        Answer current = pressed;
        while (!current.location().orElseThrow().toString().contains("/api/auth/callback/")) {
            current = visitor.get(current.location().orElseThrow());
        }
        return current;
    }

    private JsonNode signIn(Visitor visitor, App app, String demand) {
        Answer started = start(visitor, app, demand);
        visitor.get(
                asPerson(visitor, started.location().orElseThrow()).location().orElseThrow());
        return session(visitor, app);
    }

    /** @param forms how often Keycloak's login page asks something */
    private JsonNode signInLocally(Visitor visitor, App app, String demand, int forms) {
        Answer page =
                visitor.get(app.at("signin/keycloak?callbackUrl=%2Fafter" + (demand.isEmpty() ? "" : "&" + demand)));
        for (int form = 0; form < forms; form++) {
            page = visitor.follow(page);
            String action = page.document().selectFirst("form#kc-form-login").absUrl("action");
            page = visitor.post(URI.create(action), Map.of("username", local, "password", PASSWORD));
        }
        visitor.get(visitor.followTo(page, app.origin()).location().orElseThrow());
        return session(visitor, app);
    }

    private static JsonNode session(Visitor visitor, App app) {
        return visitor.get(app.at("session")).json();
    }

    private Visitor browser() {
        return new Visitor(names.client());
    }

    private String realm() {
        String issuer = chain.issuer().toString();
        return issuer.substring(issuer.lastIndexOf('/') + 1);
    }

    private App app(UnaryOperator<ObjectNode> change) {
        String clientId = MadeClient.id();
        Origin origin = new Origin("http", clientId + ".localhost", 80);
        ObjectNode settings = MadeClient.application(origin);
        settings.withArray("redirectUris").add(origin + "/api/auth/callback/keycloak");
        administrator.createPlainClient(clientId, change.apply(settings));
        administrator.optIn(clientId);
        return new App(clientId, origin);
    }

    private ObjectNode withLevels(ObjectNode settings) {
        settings.putObject("attributes").put("acr.loa.map", StepUpFlow.LEVELS);
        settings.putObject("authenticationFlowBindingOverrides").put("browser", administrator.flowId(flow.alias()));
        return settings;
    }

    private void takeBasicFrom(App app) {
        String client = administrator.idOfClient(app.clientId());
        for (JsonNode scope : administrator.get("/client-scopes")) {
            if (scope.path("name").asText().equals("basic")) {
                administrator.delete("/clients/" + client + "/default-client-scopes/"
                        + scope.path("id").asText());
            }
        }
    }

    private static ObjectNode mapper(String... settings) {
        ObjectNode mapper = mapperOf("Demands", "oidc-client-origin-mapper");
        ObjectNode config = mapper.withObject("/config");
        for (int i = 0; i < settings.length; i += 2) {
            config.put(settings[i], settings[i + 1]);
        }
        return mapper;
    }

    private static ObjectNode mapperOf(String name, String type) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", name)
                .put("protocol", "openid-connect")
                .put("protocolMapper", type);
    }

    private static Arguments edit(String demand, String how, UnaryOperator<Map<String, String>> edit) {
        return Arguments.of(demand, how, edit);
    }

    private static URI edited(Answer started, UnaryOperator<Map<String, String>> edit) {
        URI address = started.location().orElseThrow();
        String endpoint = address.toString().replaceFirst("\\?.*", "");
        return URI.create(Parameters.append(endpoint, edit.apply(Parameters.ofQuery(address))));
    }

    private static Map<String, String> without(Map<String, String> query, String name) {
        Map<String, String> edited = new LinkedHashMap<>(query);
        edited.remove(name);
        return edited;
    }

    private static Map<String, String> with(Map<String, String> query, String name, String value) {
        Map<String, String> edited = new LinkedHashMap<>(query);
        edited.put(name, value);
        return edited;
    }
}
