package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.provider.Person;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A user whose account is disabled or locked tries to sign in. */
@EndToEnd
class DisabledAccountIT {

    private static final String PASSWORD = "a-password-of-a-test";

    private final Chain chain;
    private final KeycloakAdministrator administrator;
    private final Person person;
    private final Visitor visitor;
    private final OidcClient client;

    DisabledAccountIT(Chain chain) {
        this.chain = chain;
        this.administrator = chain.administrator();
        this.person = chain.somebody();
        this.visitor = chain.visitor();
        this.client = new OidcClient(chain, MadeClient.id(), "", MadeClient.ORIGIN);
    }

    @BeforeEach
    void create_the_client() {
        administrator.createClient(
                client.clientId(), null, MadeClient.settings(client).put("directAccessGrantsEnabled", true));
    }

    @AfterEach
    void delete_the_client() {
        administrator.deleteClient(client.clientId());
    }

    @Test
    void the_error_page_of_the_application_says_so() {
        chain.atPortfolio(chain.visitor()).as(person.login());
        administrator.disable(id());

        Answer consent = chain.atPortfolio(visitor).start();
        Answer page = visitor.follow(visitor.press(consent, login()));

        assertThat(page.address().toString())
                .startsWith(chain.portfolio() + "/api/auth/error?")
                .contains("error=AccessDenied", "code=account_disabled");
        assertThat(page.status()).isEqualTo(403);
        assertThat(page.document().text()).contains("Your account is disabled");
        assertThat(page.document().select("a[href]").eachAttr("abs:href")).contains(chain.portfolio() + "/");
    }

    /** The extension has no class of its own for {@code oauth2}. */
    @ParameterizedTest
    @MethodSource("types")
    void the_application_is_told_when_a_disabled_user_comes_from_a_provider(String type) {
        try (MadeProvider provider = MadeProvider.of(chain, type)) {
            assertThat(signsIn(chain.visitor(), provider)).containsKey("code");
            administrator.disable(id());

            assertThat(signsIn(visitor, provider)).satisfies(Refusal.described("account_disabled"));

            assertThat(silently(visitor)).containsEntry("error", "login_required");
        }
    }

    private static List<String> types() {
        return KeycloakIsNewEnough.is("26.3") ? List.of("oidc", "oauth2") : List.of("oidc");
    }

    @Test
    void a_disabled_user_with_a_session_is_no_longer_signed_in_and_told_why() {
        try (MadeProvider provider = MadeProvider.of(chain, "oidc")) {
            assertThat(signsIn(visitor, provider)).containsKey("code");
            administrator.disable(id());

            assertThat(silently(visitor)).containsEntry("error", "login_required");
            assertThat(signsIn(visitor, provider)).satisfies(Refusal.described("account_disabled"));
        }
    }

    @Test
    void a_user_who_is_disabled_on_a_page_of_keycloak_is_told() {
        try (MadeProvider provider = MadeProvider.of(chain, "oidc")) {
            assertThat(signsIn(chain.visitor(), provider)).containsKey("code");
            administrator.requireAction(id(), "UPDATE_PROFILE");
            Answer consent = visitor.browse(client.request("kc_idp_hint", provider.alias()));
            Answer page = visitor.follow(visitor.press(consent, login()));
            administrator.disable(id());

            Map<String, String> answer = client.comesBack(visitor, visitor.press(page, "[type=submit]"));

            if (KeycloakIsNewEnough.is("26.7")) {
                assertThat(answer).satisfies(Refusal.described("account_disabled"));
            } else {
                assertThatThrownBy(() -> client.redeem(answer.get("code"))).hasMessageContaining("User disabled");
            }
        }
    }

    @Test
    void a_locked_user_who_comes_from_a_provider_is_told_to_wait() throws Exception {
        try (MadeProvider provider = MadeProvider.of(chain, "oidc")) {
            assertThat(signsIn(chain.visitor(), provider)).containsKey("code");
            lock();

            assertThat(signsIn(visitor, provider)).satisfies(Refusal.described("account_locked"));
        }
    }

    /** Only the right password says anything about the account. */
    @Test
    void the_application_is_told_when_a_disabled_user_gives_the_right_password() {
        administrator.createUser(person.login(), PASSWORD);
        administrator.disable(id());

        Answer wrong = givesPassword("not-" + PASSWORD);
        Map<String, String> right = client.comesBack(visitor, givesPassword(PASSWORD));

        assertThat(wrong.status()).isEqualTo(200);
        assertThat(wrong.document().text())
                .contains("Invalid username or password")
                .doesNotContain("disabled");
        assertThat(right).satisfies(Refusal.described("account_disabled"));
    }

    /** Keycloak does not tell whoever guesses passwords that the account is locked. Neither does the extension. */
    @Test
    void a_locked_user_who_gives_a_password_stays_on_keycloaks_page() throws Exception {
        administrator.createUser(person.login(), PASSWORD);
        lock();

        Answer page = givesPassword(PASSWORD);

        assertThat(page.location()).isEmpty();
        assertThat(page.document().text()).contains("Invalid username or password");
    }

    @Test
    void a_client_that_has_not_opted_in_gets_keycloaks_own_page() {
        administrator.optOut(client.clientId());
        administrator.createUser(person.login(), PASSWORD);
        administrator.disable(id());

        Answer page = givesPassword(PASSWORD);

        assertThat(page.location()).isEmpty();
        assertThat(page.document().text()).contains("Account is disabled");
    }

    /** Keycloak's brute force detection refuses a sign-in while another one of the same user is being finished. */
    @Test
    void simultaneous_sign_ins_of_one_user_all_succeed() throws Exception {
        chain.atPortfolio(chain.visitor()).as(person.login());
        ExecutorService browsers = Executors.newFixedThreadPool(3);
        try {
            for (int round = 0; round < 8; round++) {
                CyclicBarrier together = new CyclicBarrier(3);
                List<Callable<String>> signIns = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    Visitor browser = chain.visitor();
                    Answer consent = chain.atPortfolio(browser).start();
                    signIns.add(() -> {
                        together.await();
                        agree(browser, consent);
                        return chain.atPortfolio(browser)
                                .session()
                                .path("user")
                                .path("email")
                                .asText();
                    });
                }
                for (Future<String> signedIn : browsers.invokeAll(signIns)) {
                    assertThat(signedIn.get()).isEqualTo(person.email());
                }
            }
        } finally {
            browsers.shutdownNow();
        }
    }

    /** The stand-in asks each time. A provider does not ask people who have just agreed. */
    private void agree(Visitor browser, Answer consent) {
        Answer page = consent;
        while (page.document().selectFirst(login()) != null) {
            page = browser.follow(browser.press(page, login()));
        }
    }

    private Map<String, String> signsIn(Visitor browser, MadeProvider provider) {
        Answer consent = browser.browse(client.request("kc_idp_hint", provider.alias()));
        return client.comesBack(browser, browser.press(consent, login()));
    }

    private Map<String, String> silently(Visitor browser) {
        return client.comesBack(browser, browser.get(client.request("kc_idp_hint", null, "prompt", "none")));
    }

    private Answer givesPassword(String password) {
        Answer page = visitor.browse(client.request("kc_idp_hint", null));
        return visitor.post(
                URI.create(page.document().selectFirst("form").absUrl("action")),
                Map.of("username", person.login(), "password", password));
    }

    /** Locks the account for a minute: by two failed attempts within a second. */
    private void lock() throws Exception {
        String id = id();
        String name = administrator.userById(id).path("username").asText();
        Soon.see(
                () -> {
                    client.grant(Map.of("grant_type", "password", "username", name, "password", "wrong"));
                    client.grant(Map.of("grant_type", "password", "username", name, "password", "wrong"));
                    return administrator.get("/attack-detection/brute-force/users/" + id);
                },
                attack -> attack.path("disabled").asBoolean());
    }

    private String id() {
        return administrator.user(person.email()).path("id").asText();
    }

    private String login() {
        return "button[name=login][value=" + person.login() + "]";
    }
}
