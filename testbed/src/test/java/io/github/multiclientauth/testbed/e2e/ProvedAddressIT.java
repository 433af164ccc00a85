package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.provider.Person;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An attacker has made an account with another user's address. When the owner of the address proves it, the owner gets the address in
 * a new account, and nothing that the attacker has prepared in the former account affects the owner.
 */
@EndToEnd
class ProvedAddressIT {

    private final Chain chain;
    private final Person owner;
    private final Person attacker;
    private final OidcClient client;

    ProvedAddressIT(Chain chain) {
        this.chain = chain;
        this.owner = chain.somebody();
        this.attacker = chain.people()
                .join("attacker-of-" + owner.login(), Optional.of("Mallory Attacker"), owner.email(), true);
        this.client = new OidcClient(chain, MadeClient.id(), "", MadeClient.ORIGIN);
    }

    @BeforeEach
    void a_client_for_offline_sessions() {
        chain.administrator().createClient(client.clientId(), null, MadeClient.settings(client));
    }

    @AfterEach
    void no_client() {
        chain.administrator().deleteClient(client.clientId());
    }

    @Test
    void a_user_who_proves_an_address_gets_a_new_account() throws Exception {
        Visitor attackers = chain.visitor();
        provesTheAddressWithGoogle(attackersAccount(attackers), attackers);
    }

    @Test
    void a_user_who_has_proved_the_address_gets_no_mail() throws Exception {
        try (Mailbox mailbox = new Mailbox(chain.administrator())) {
            Visitor attackers = chain.visitor();
            provesTheAddressWithGoogle(attackersAccount(attackers), attackers);

            assertThat(mailbox.messagesTo(owner.email())).isZero();
        }
    }

    private void provesTheAddressWithGoogle(String formerId, Visitor attackers) throws Exception {
        OidcClient.Tokens offline = offlineTokens(attacker);

        JsonNode user = chain.atDashboard(chain.visitor())
                .with("google")
                .as(owner.login())
                .path("user");

        assertThat(user.path("id").asText()).isNotEqualTo(formerId);
        JsonNode account = chain.administrator().user(owner.email());
        assertThat(account.path("id").asText()).isEqualTo(user.path("id").asText());
        assertThat(account.path("emailVerified").asBoolean()).isTrue();
        assertThat(chain.administrator().links(account.path("id").asText())).containsExactly("google");
        keepsNothingOfTheAddress(formerId, attackers, offline);
        comesBackWithoutTheAddress(formerId);
        assertThat(keycloakLog()).contains("MCA00132").contains(formerId);
    }

    /** Otherwise the user could return with another account. */
    @Test
    void a_disabled_user_stays_locked_out() {
        String id = attackersAccount(chain.visitor());
        chain.administrator().disable(id);
        Visitor visitor = chain.visitor();
        Answer consent = chain.atDashboard(visitor).with("google").start();

        visitor.follow(visitor.press(consent, "button[name=login][value=" + owner.login() + "]"));

        assertThat(chain.atDashboard(visitor).session().isNull()).isTrue();
        assertThat(chain.administrator().user(owner.email()).path("id").asText())
                .isEqualTo(id);
    }

    /** Keycloak also finds an existing account if its user name is the new user's address. */
    @Test
    void an_address_that_is_a_user_name_of_another_account_locks_no_user_out() {
        String formerId = attackersAccount(chain.visitor());
        takesForAUserName(formerId, owner.email());

        JsonNode user = chain.atDashboard(chain.visitor())
                .with("google")
                .as(owner.login())
                .path("user");

        assertThat(user.path("id").asText()).isNotEqualTo(formerId);
        assertThat(chain.administrator().userById(formerId).path("username").asText())
                .isNotEqualTo(owner.email());
    }

    private void takesForAUserName(String id, String address) {
        editUserNames(true);
        try {
            chain.administrator().updateUser(id, user -> user.put("username", address));
        } finally {
            editUserNames(false);
        }
    }

    private void editUserNames(boolean allowed) {
        chain.administrator().updateRealm(JsonNodeFactory.instance.objectNode().put("editUsernameAllowed", allowed));
    }

    /** The click proves the address, but not that the account is the same user's. */
    @Test
    void the_link_in_the_mail_moves_the_address_and_links_no_accounts() throws Exception {
        try (Mailbox mailbox = new Mailbox(chain.administrator())) {
            Visitor attackers = chain.visitor();
            String formerId = attackersAccount(attackers);
            OidcClient.Tokens offline = offlineTokens(attacker);
            Visitor owners = chain.visitor();
            asksForTheMail(owners);

            Answer end = owners.follow(owners.get(mailbox.link(owner.email())));

            assertThat(Origin.ofUrl(end.address().toString()))
                    .as("%s: %s", end, end.document().text())
                    .hasValue(chain.dashboard());
            isSignedInWithAnAccountOfTheirOwn(owners, formerId);
            keepsNothingOfTheAddress(formerId, attackers, offline);
            comesBackWithoutTheAddress(formerId);
        }
    }

    @Test
    void the_link_in_the_mail_works_in_another_browser_too() throws Exception {
        try (Mailbox mailbox = new Mailbox(chain.administrator())) {
            Visitor attackers = chain.visitor();
            String formerId = attackersAccount(attackers);
            OidcClient.Tokens offline = offlineTokens(attacker);
            Visitor owners = chain.visitor();
            Answer waiting = asksForTheMail(owners);
            Visitor telephone = chain.visitor();
            Answer question = telephone.browse(mailbox.link(owner.email()));

            Answer done = telephone.browse(URI.create(
                    question.document().selectFirst("a[href*=action-token]").absUrl("href")));

            assertThat(done.status()).isEqualTo(200);
            keepsNothingOfTheAddress(formerId, attackers, offline);
            owners.follow(owners.get(goesOn(waiting)));
            isSignedInWithAnAccountOfTheirOwn(owners, formerId);
        }
    }

    /** The proof counts only for the provider account that it was given for. */
    @Test
    void an_unfinished_sign_in_has_moved_the_address_too() throws Exception {
        try (Mailbox mailbox = new Mailbox(chain.administrator())) {
            Visitor attackers = chain.visitor();
            String formerId = attackersAccount(attackers);
            OidcClient.Tokens offline = offlineTokens(attacker);
            asksForTheMail(chain.visitor());
            Visitor telephone = chain.visitor();
            Answer question = telephone.browse(mailbox.link(owner.email()));

            telephone.browse(URI.create(
                    question.document().selectFirst("a[href*=action-token]").absUrl("href")));

            keepsNothingOfTheAddress(formerId, attackers, offline);
            Visitor later = chain.visitor();
            chain.atDashboard(later).with("auth0").as(owner.login());
            isSignedInWithAnAccountOfTheirOwn(later, formerId);
        }
    }

    /** A new password proves the address, but not that the account is the same user's. */
    @Test
    void a_user_who_requests_a_new_password_gets_a_new_account() throws Exception {
        chain.administrator().updateRealm(JsonNodeFactory.instance.objectNode().put("resetPasswordAllowed", true));
        try (Mailbox mailbox = new Mailbox(chain.administrator())) {
            Visitor attackers = chain.visitor();
            String id = attackersAccount(attackers);
            chain.administrator().setPassword(id, "the-attackers-password");
            OidcClient.Tokens offline = offlineTokens(attacker);
            Visitor owners = chain.visitor();
            Answer login = owners.browse(client.request("kc_idp_hint", null));
            Answer form = owners.browse(URI.create(
                    login.document().selectFirst("a[href*=reset-credentials]").absUrl("href")));
            owners.follow(owners.post(action(form), Map.of("username", owner.email())));

            Answer newPassword = owners.browse(mailbox.link(owner.email()));

            assertThat(newPassword.document().select("#password-new")).hasSize(1);
            keepsNothingOfTheAddress(id, attackers, offline);
            JsonNode own = chain.administrator().user(owner.email());
            assertThat(own.path("id").asText()).isNotEqualTo(id);
            assertThat(own.path("emailVerified").asBoolean()).isTrue();
            Answer end = owners.post(
                    action(newPassword),
                    Map.of("password-new", "the-owners-password", "password-confirm", "the-owners-password"));
            assertThat(end.status()).isLessThan(400);
            assertThat(chain.administrator().credentials(own.path("id").asText()))
                    .containsExactly("password");
            assertThat(chain.administrator().credentials(id)).containsExactly("password");
            assertThat(chain.administrator().links(own.path("id").asText())).isEmpty();
        } finally {
            chain.administrator()
                    .updateRealm(JsonNodeFactory.instance.objectNode().put("resetPasswordAllowed", false));
        }
    }

    /** Otherwise a sign-in with a second provider would move an address that the user has already. */
    @Test
    void an_account_from_a_trusted_provider_has_a_verified_address() {
        chain.atPortfolio(chain.visitor()).with("google").as(owner.login());

        JsonNode account = chain.administrator().user(owner.email());

        assertThat(account.path("emailVerified").asBoolean()).isTrue();
    }

    @Test
    void an_account_from_another_provider_has_no_verified_address() {
        chain.atPortfolio(chain.visitor()).with("auth0").as(owner.login());

        assertThat(chain.administrator()
                        .user(owner.email())
                        .path("emailVerified")
                        .asBoolean())
                .isFalse();
    }

    /** The lower case of U+212A, the Kelvin sign, is the letter k. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void addresses_that_are_equal_only_after_unicode_case_mapping_are_different(boolean verified) {
        String login = owner.login().replace("person", "kelvin");
        chain.people().join(login + "-k", Optional.of("Kelvin K"), login + "-k@example.com", true);
        chain.atPortfolio(chain.visitor()).with("github").as(login + "-k");
        String id =
                chain.administrator().user(login + "-k@example.com").path("id").asText();
        chain.administrator().setEmailVerified(id, verified);
        chain.people().join(login + "-2", Optional.of("Kelvin Sign"), login + "-\u212A@example.com", true);
        Visitor visitor = chain.visitor();
        Answer consent = chain.atDashboard(visitor).with("google").start();

        Answer page = visitor.follow(visitor.press(consent, "button[name=login][value=" + login + "-2]"));

        assertThat(page.address().getPath()).endsWith("/login-actions/first-broker-login");
        assertThat(page.document().select("#linkAccount")).hasSize(1);
        assertThat(chain.administrator().links(id)).containsExactly("github");
        assertThat(chain.administrator().userById(id).path("email").asText()).isEqualTo(login + "-k@example.com");
    }

    /** Creates it with GitHub, which is not trusted for e-mail, so its addresses count as unverified. */
    private String attackersAccount(Visitor attackers) {
        JsonNode user = chain.atPortfolio(attackers).as(attacker.login()).path("user");
        assertThat(user.path("email").asText()).isEqualTo(owner.email());
        return user.path("id").asText();
    }

    private OidcClient.Tokens offlineTokens(Person person) {
        Visitor visitor = chain.visitor();
        Answer consent = visitor.browse(client.request("scope", "openid profile email offline_access"));
        Answer back = visitor.press(consent, "button[name=login][value=" + person.login() + "]");
        return client.redeem(client.comesBack(visitor, back).get("code"));
    }

    /** The owner signs in with a provider that is not trusted for e-mail, and gets a mail. */
    private Answer asksForTheMail(Visitor owners) {
        Answer consent = chain.atDashboard(owners).with("auth0").start();
        Answer question = owners.follow(owners.press(consent, "button[name=login][value=" + owner.login() + "]"));
        return owners.follow(owners.press(question, "#linkAccount"));
    }

    /** Continues on the page that waits for the click. */
    private static URI goesOn(Answer waiting) {
        List<Element> links = waiting.document().select("a[href*=first-broker-login]");
        return URI.create(links.get(links.size() - 1).absUrl("href"));
    }

    private void isSignedInWithAnAccountOfTheirOwn(Visitor owners, String formerId) {
        JsonNode user = chain.atDashboard(owners).session().path("user");
        JsonNode account = chain.administrator().user(owner.email());
        assertThat(user.path("id").asText())
                .isNotEqualTo(formerId)
                .isEqualTo(account.path("id").asText());
        assertThat(account.path("emailVerified").asBoolean()).isTrue();
        assertThat(chain.administrator().links(account.path("id").asText())).containsExactly("auth0");
    }

    private void keepsNothingOfTheAddress(String formerId, Visitor attackers, OidcClient.Tokens offline)
            throws Exception {
        JsonNode former = chain.administrator().userById(formerId);
        assertThat(former.path("email").asText("")).isEmpty();
        assertThat(former.path("emailVerified").asBoolean()).isFalse();
        assertThat(chain.administrator().links(formerId)).containsExactly("github");
        assertThat(chain.administrator().sessions(formerId)).isEmpty();
        Soon.see(() -> chain.atPortfolio(attackers).session(), JsonNode::isNull);
        Answer refused = client.triesToRefresh(offline);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("error").asText()).isEqualTo("invalid_grant");
    }

    /** GitHub still sends that address. */
    private void comesBackWithoutTheAddress(String formerId) {
        Visitor again = chain.visitor();
        Answer consent = chain.atPortfolio(again).start();
        Answer profile = again.follow(again.press(consent, "button[name=login][value=" + attacker.login() + "]"));
        assertThat(profile.document().select("input[name=email]"))
                .as("Keycloak's page for the missing address, %s", profile)
                .hasSize(1);
        String other = "other-" + attacker.login() + "@example.com";
        Map<String, String> fields = new LinkedHashMap<>();
        profile.document()
                .select("form input[name]")
                .forEach(input -> fields.put(input.attr("name"), input.attr("value")));
        fields.put("email", owner.email());
        Answer refused = again.follow(again.post(action(profile), fields));
        assertThat(refused.document().select("input[name=email]"))
                .as("the address is somebody else's")
                .hasSize(1);
        fields.put("email", other);
        again.follow(again.post(action(refused), fields));
        JsonNode user = chain.atPortfolio(again).session().path("user");
        assertThat(user.path("id").asText()).isEqualTo(formerId);
        assertThat(user.path("email").asText()).isEqualTo(other);
    }

    private static URI action(Answer page) {
        return URI.create(page.document().selectFirst("form[method=post]").absUrl("action"));
    }

    private String keycloakLog() throws IOException {
        return Files.readString(chain.logs().resolve("keycloak.log"));
    }
}
