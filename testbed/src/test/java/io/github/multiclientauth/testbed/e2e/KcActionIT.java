package io.github.multiclientauth.testbed.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.github.multiclientauth.testbed.e2e.SameSession.assertSameSession;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.gson.JsonObject;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.provider.Person;
import io.github.multiclientauth.testbed.web.Parameters;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A user links an account, or adds a passkey, from an application: Keycloak performs it, and the result comes back to the page. */
@EndToEnd
class KcActionIT {

    private static final String SINCE = "26.3";
    private static final String LINKS = "lets an application ask for a link to another provider (kc_action=idp_link)";
    private static final String PASSWORD = "of-the-person-who-links";

    private final Chain chain;
    private final KeycloakAdministrator administrator;
    private final Person person;
    private final LocalNames names;
    private final Visitor browser;
    private final String clientId = MadeClient.id();
    private final Origin origin = new Origin("http", clientId + ".localhost", 80);

    KcActionIT(Chain chain) {
        this.chain = chain;
        this.administrator = chain.administrator();
        this.person = chain.somebody();
        this.names = new LocalNames(chain.facade().port());
        this.browser = new Visitor(names.client());
    }

    @BeforeEach
    void make_the_application() throws Exception {
        make(settings -> {});
    }

    @AfterEach
    void delete_it() {
        administrator.deleteClient(clientId);
        names.close();
    }

    @Test
    @FromKeycloak(value = SINCE, does = LINKS)
    void links_an_account_and_keeps_the_session() {
        JsonNode before = signIn(browser, "github", person);
        Answer page = browser.follow(link("google", ""));
        assertThat(page.document().select("#kc-continue")).hasSize(1);

        URI end = comesBack(asPerson(browser.press(page, "#kc-continue"), person));

        assertThat(end).hasToString(origin + "/after?a=1&kc_action_status=success#b");
        assertThat(id(session())).isEqualTo(id(before));
        assertThat(provider(session())).isEqualTo("github");
        assertThat(administrator.links(id(before))).containsExactlyInAnyOrder("github", "google");
    }

    /** As after five minutes, when Keycloak wants to know first that it is still the same person. */
    @Test
    @FromKeycloak(value = SINCE, does = LINKS)
    void links_an_account_of_a_person_who_has_to_sign_in_again() {
        JsonNode before = signIn(browser, "github", person);
        Answer again = browser.follow(link("google", "&prompt=login"));
        Answer page = browser.follow(browser.press(again, button(person)));

        URI end = comesBack(asPerson(browser.press(page, "#kc-continue"), person));

        assertThat(end).hasToString(origin + "/after?a=1&kc_action_status=success#b");
        assertThat(provider(session())).isEqualTo("github");
        assertThat(administrator.links(id(before))).containsExactlyInAnyOrder("github", "google");
    }

    @Test
    @FromKeycloak(value = SINCE, does = LINKS)
    void links_with_the_applications_own_provider() {
        String alias = "google-" + clientId;
        try (OwnProviders own = new OwnProviders(chain)) {
            own.provider(alias, "google", chain.providers().google().standIn(), true, alias, Map.of());
            JsonNode before = signIn(browser, "github", person);

            Answer page = browser.follow(link("google", ""));
            URI end = comesBack(asPerson(browser.press(page, "#kc-continue"), person));

            assertThat(end).hasToString(origin + "/after?a=1&kc_action_status=success#b");
            assertThat(administrator.links(id(before))).containsExactlyInAnyOrder("github", alias);
        }
    }

    @Test
    @FromKeycloak(value = SINCE, does = LINKS)
    void cancelling_changes_nothing() {
        JsonNode before = signIn(browser, "github", person);
        Answer page = browser.follow(link("google", ""));

        URI end = comesBack(browser.press(page, "#kc-cancel"));

        assertThat(end).hasToString(origin + "/after?a=1&kc_action_status=cancelled#b");
        assertSameSession(before, session());
        assertThat(administrator.links(id(before))).containsExactly("github");
    }

    /** Keycloak would note the linked provider for the whole session, and rules of other applications look there. */
    @Test
    @FromKeycloak(value = SINCE, does = LINKS)
    void a_session_of_keycloaks_own_login_page_does_not_become_one_of_the_provider() {
        String login = clientId + "-local";
        administrator.createUser(login, PASSWORD);
        Answer form = browser.browse(at("signin/keycloak?callbackUrl=%2Fafter"));
        String action = form.document().selectFirst("form#kc-form-login").absUrl("action");
        comesBack(browser.post(URI.create(action), Map.of("username", login, "password", PASSWORD)));
        JsonNode before = session();
        assertThat(provider(before)).isEqualTo("keycloak");

        Answer page = browser.follow(link("google", ""));
        comesBack(asPerson(browser.press(page, "#kc-continue"), person));

        assertThat(administrator.links(id(before))).containsExactly("google");
        assertThat(provider(session())).isEqualTo("keycloak");
        chain.atDashboard(browser).with("keycloak").start();
        assertThat(provider(chain.atDashboard(browser).session()))
                .as("at an application that asks Keycloak's session")
                .isEqualTo("keycloak");
    }

    /** Somebody has signed in at Keycloak with the same browser, while the application still shows the first person. */
    @Test
    @FromKeycloak(value = SINCE, does = LINKS)
    void nothing_is_done_to_the_account_of_another_person() {
        JsonNode before = signIn(browser, "github", person);
        browser.cookies().clear(chain.keycloak().host());
        Person other = chain.somebody();
        String otherId = id(chain.atDashboard(browser).as(other.login()));

        Answer started = link("google", "");
        URI end = comesBack(started);

        assertThat(end.toString())
                .startsWith(at("error?error=AccessDenied&code=other_person").toString());
        assertThat(browser.browse(end).status()).isEqualTo(403);
        assertSameSession(before, session());
        assertThat(administrator.links(otherId)).containsExactly("github");

        // Without the parameter that names the person, Keycloak itself asks the other one. The facade does not sign
        // anybody in.
        URI edited = edited(link("google", ""), query -> query.remove("client_session"));
        Answer page = browser.browse(edited);
        end = comesBack(browser.press(page, "#kc-cancel"));

        assertThat(end.toString())
                .startsWith(at("error?error=AccessDenied&code=other_person").toString());
        assertSameSession(before, session());
    }

    @Test
    @FromKeycloak(value = SINCE, does = LINKS)
    void a_provider_that_a_rule_forbids_is_not_linked() throws Exception {
        administrator.addMapper(clientId, MadeClient.rule("github"));
        Soon.see(() -> browser.get(at("providers")).json(), providers -> !providers.has("google"));
        JsonNode before = signIn(browser, "github", person);

        assertThat(link("google", "").location().orElseThrow().toString())
                .startsWith(at("error?error=Configuration&code=provider_not_offered")
                        .toString());
        URI edited = edited(
                browser.get(at("signin/keycloak?kc_action=webauthn-register&callbackUrl=%2Fafter")),
                query -> query.put("kc_action", "idp_link:google"));
        assertThat(comesBack(browser.get(edited)).toString())
                .startsWith(
                        at("error?error=AccessDenied&code=provider_not_allowed").toString());
        assertThat(comesBack(browser.get(at("signin/keycloak?kc_action=webauthn-register-passwordless")))
                        .toString())
                .as("a passkey is for Keycloak's own login page")
                .startsWith(at("error?error=Configuration&code=action_not_available")
                        .toString());
        assertSameSession(before, session());
        assertThat(administrator.links(id(before))).containsExactly("github");
    }

    /** Also on a Keycloak that cannot link at all. Before 26.3, its answer would be an error page of its own. */
    @Test
    void what_keycloak_is_not_set_up_for_is_said_on_a_page() {
        administrator.updateClient(
                clientId, JsonNodeFactory.instance.objectNode().put("fullScopeAllowed", false));
        JsonNode before = signIn(browser, "github", person);

        URI end = comesBack(link("google", ""));

        assertThat(end.toString())
                .startsWith(at("error?error=Configuration&code=action_not_available")
                        .toString());
        Answer page = browser.browse(end);
        assertThat(page.status()).isEqualTo(404);
        assertThat(page.document().selectFirst("a.button").absUrl("href")).isEqualTo(origin + "/");
        assertSameSession(before, session());
    }

    @Test
    void nobody_who_is_not_signed_in_can_ask_for_an_action() {
        assertThat(link("google", "").location().orElseThrow().toString())
                .startsWith(at("signin?error=SessionRequired&callbackUrl=").toString());
    }

    @Test
    void a_passkey_is_registered() {
        try (Chromium chromium = Chromium.start();
                BrowserContext context = chromium.browser().newContext()) {
            Page page = context.newPage();
            addAuthenticator(context.newCDPSession(page));
            page.onceDialog(label -> label.accept("My passkey"));
            page.navigate(chain.portfolio() + "/api/auth/signin/github?callbackUrl=/");
            page.locator(button(person)).click();
            assertThat(page).hasURL(chain.portfolio() + "/");

            page.evaluate("() => { import('/api/auth/client.js')"
                    + ".then(({ signIn }) => signIn.passkey({ redirectTo: '/?a=1' })); }");
            page.locator("#registerWebAuthn").click();

            assertThat(page).hasURL(chain.portfolio() + "/?a=1&kc_action_status=success");
            String user = administrator.user(person.email()).path("id").asText();
            assertThat(administrator.credentials(user)).contains("webauthn-passwordless");
        }
    }

    private static void addAuthenticator(CDPSession session) {
        session.send("WebAuthn.enable");
        JsonObject options = new JsonObject();
        options.addProperty("protocol", "ctap2");
        options.addProperty("transport", "internal");
        options.addProperty("hasResidentKey", true);
        options.addProperty("hasUserVerification", true);
        options.addProperty("isUserVerified", true);
        options.addProperty("automaticPresenceSimulation", true);
        JsonObject parameters = new JsonObject();
        parameters.add("options", options);
        session.send("WebAuthn.addVirtualAuthenticator", parameters);
    }

    private void make(Consumer<ObjectNode> change) throws Exception {
        ObjectNode settings = MadeClient.application(origin);
        settings.withArray("redirectUris").add(origin + "/api/auth/callback/keycloak");
        change.accept(settings);
        administrator.createPlainClient(clientId, settings);
        administrator.optIn(clientId);
        Soon.see(() -> browser.get(at("session")).status(), status -> status == 200);
    }

    private URI at(String action) {
        return URI.create(origin + "/api/auth/" + action);
    }

    private Answer link(String provider, String more) {
        return browser.get(at("signin/keycloak?kc_action=idp_link:" + provider
                + "&callbackUrl=%2Fafter%3Fa%3D1%26kc_action_status%3Derror%23b" + more));
    }

    private JsonNode signIn(Visitor visitor, String provider, Person who) {
        Answer page = visitor.browse(at("signin/" + provider + "?callbackUrl=%2Fafter"));
        comesBack(asPerson(page, who));
        return session();
    }

    private Answer asPerson(Answer page, Person who) {
        return browser.press(browser.follow(page), button(who));
    }

    private static String button(Person who) {
        return "button[name=login][value=" + who.login() + "]";
    }

    /** Goes on to the application, and returns where it sends the browser. */
    private URI comesBack(Answer answer) {
        URI callback = answer.location()
                .filter(location -> Origin.ofUrl(location.toString()).equals(Optional.of(origin)))
                .orElseGet(() -> browser.followTo(answer, origin).location().orElseThrow());
        return browser.get(callback).location().orElseThrow();
    }

    private JsonNode session() {
        return browser.get(at("session")).json();
    }

    private static String id(JsonNode session) {
        return session.path("user").path("id").asText();
    }

    private static String provider(JsonNode session) {
        return session.path("user").path("provider").asText();
    }

    private static URI edited(Answer started, Consumer<Map<String, String>> edit) {
        URI address = started.location().orElseThrow();
        Map<String, String> query = new LinkedHashMap<>(Parameters.ofQuery(address));
        edit.accept(query);
        return URI.create(Parameters.append(address.toString().replaceFirst("\\?.*", ""), query));
    }
}
