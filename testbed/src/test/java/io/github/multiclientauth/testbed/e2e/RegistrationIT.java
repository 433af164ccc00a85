package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.provider.Person;
import io.github.multiclientauth.testbed.web.Parameters;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sign-ins that start in a flow without our step: the origin is checked there, too. */
@EndToEnd
class RegistrationIT {

    private static final String FOREIGN = "https://foreign.example";

    private final Chain chain;
    private final Person newcomer;
    private final Visitor visitor;
    private final OidcClient client;

    RegistrationIT(Chain chain) {
        this.chain = chain;
        this.newcomer = chain.somebody();
        this.visitor = chain.visitor();
        this.client = new OidcClient(chain, MadeClient.id(), "", MadeClient.ORIGIN);
    }

    @BeforeEach
    void allow_registration() {
        letPeopleRegister(true);
        chain.administrator().createClient(client.clientId(), null, MadeClient.settings(client));
    }

    @AfterEach
    void forbid_registration() {
        chain.administrator().deleteClient(client.clientId());
        letPeopleRegister(false);
    }

    private void letPeopleRegister(boolean yes) {
        chain.administrator()
                .updateRealm(JsonNodeFactory.instance
                        .objectNode()
                        .put("registrationAllowed", yes)
                        .put("resetPasswordAllowed", yes));
    }

    @Test
    @FromKeycloak(value = "26.1", does = "knows prompt=create")
    void the_origin_is_in_the_tokens_after_a_registration() {
        Answer form = visitor.browse(client.request("kc_idp_hint", null, "prompt", "create"));

        Map<String, String> answer = client.comesBack(visitor, registers(form));

        JsonNode claims = client.redeem(answer.get("code")).idClaims();
        assertThat(claims.path("email").asText()).isEqualTo(newcomer.email());
        assertThat(claims.path("clientOrigin").asText()).isEqualTo(MadeClient.ORIGIN.toString());
        assertThat(claims.path("provider").asText()).isEqualTo("keycloak");
    }

    @Test
    @FromKeycloak(value = "26.1", does = "knows prompt=create")
    void registration_from_a_foreign_origin_is_refused() {
        Answer page = visitor.browse(client.request("kc_idp_hint", null, "prompt", "create", "client_origin", FOREIGN));

        isRefused(page);
        assertThat(page.document().select("form[action*=registration]")).isEmpty();
        assertThat(page.body()).as("a code to go on with").doesNotContain("session_code=");
    }

    @Test
    @FromKeycloak(value = "26.1", does = "knows prompt=create")
    void registration_at_a_client_that_has_not_opted_in_is_unchanged() {
        chain.administrator().optOut(client.clientId());
        Answer form = visitor.browse(client.request("kc_idp_hint", null, "prompt", "create", "client_origin", FOREIGN));

        Map<String, String> answer = client.comesBack(visitor, registers(form));

        assertThat(client.redeem(answer.get("code")).idClaims().path("email").asText())
                .isEqualTo(newcomer.email());
    }

    /** Otherwise an account with a password would remain although the rule refuses the sign-in. */
    @Test
    @FromKeycloak(value = "26.1", does = "knows prompt=create")
    void registration_is_refused_if_the_rule_allows_only_providers() {
        chain.administrator().addMapper(client.clientId(), MadeClient.rule("github"));

        Map<String, String> answer =
                client.comesBack(visitor, visitor.get(client.request("kc_idp_hint", null, "prompt", "create")));

        isNotAllowed(answer);
        assertThat(chain.administrator().users(newcomer.email())).isEmpty();
    }

    /** A user can open the address of the form without the page that links to it. */
    @Test
    void the_address_of_the_registration_page_is_refused_if_the_rule_allows_only_providers() {
        Answer login = visitor.browse(client.request("kc_idp_hint", null));
        URI page =
                URI.create(login.document().selectFirst("a[href*=registration]").absUrl("href"));
        Answer form = visitor.browse(page);
        chain.administrator().addMapper(client.clientId(), MadeClient.rule("github"));

        Map<String, String> answer = client.comesBack(visitor, registers(form));

        isNotAllowed(answer);
        assertThat(chain.administrator().users(newcomer.email())).isEmpty();
        Visitor another = chain.visitor();
        Answer ruled = another.browse(client.request("kc_idp_hint", null));
        assertThat(ruled.document().select("a[href*=registration]")).isEmpty();
        isNotAllowed(client.comesBack(another, another.get(sameTab(ruled, page))));
    }

    @Test
    void registration_is_allowed_if_the_rule_names_the_login_page() {
        chain.administrator().addMapper(client.clientId(), MadeClient.rule("github", "keycloak"));
        Answer login = visitor.browse(client.request("kc_idp_hint", null));
        Answer form = visitor.browse(
                URI.create(login.document().selectFirst("a[href*=registration]").absUrl("href")));

        Map<String, String> answer = client.comesBack(visitor, registers(form));

        assertThat(client.redeem(answer.get("code")).idClaims().path("email").asText())
                .isEqualTo(newcomer.email());
    }

    @Test
    void a_new_password_is_refused_if_the_rule_allows_only_providers() throws Exception {
        chain.administrator().createUser(newcomer.login(), "a-password-of-a-test");
        try (Mailbox mailbox = new Mailbox(chain.administrator())) {
            Answer form =
                    visitor.browse(resetPassword("client_id", client.clientId(), "redirect_uri", client.redirectUri()));
            chain.administrator().addMapper(client.clientId(), MadeClient.rule("github"));

            Map<String, String> answer =
                    client.comesBack(visitor, visitor.post(action(form), Map.of("username", newcomer.login())));

            isNotAllowed(answer);
            assertThat(mailbox.messagesTo(newcomer.email())).isZero();
            Visitor another = chain.visitor();
            isNotAllowed(client.comesBack(
                    another,
                    another.get(resetPassword("client_id", client.clientId(), "redirect_uri", client.redirectUri()))));
        }
    }

    /** The mail is older than the rule. */
    @Test
    void a_link_older_than_the_rule_gives_no_new_password() throws Exception {
        chain.administrator().createUser(newcomer.login(), "a-password-of-a-test");
        try (Mailbox mailbox = new Mailbox(chain.administrator())) {
            Answer form =
                    visitor.browse(resetPassword("client_id", client.clientId(), "redirect_uri", client.redirectUri()));
            visitor.follow(visitor.post(action(form), Map.of("username", newcomer.login())));
            chain.administrator().addMapper(client.clientId(), MadeClient.rule("github"));

            Map<String, String> answer = client.comesBack(visitor, visitor.get(mailbox.link(newcomer.email())));

            isNotAllowed(answer);
        }
    }

    private static void isNotAllowed(Map<String, String> answer) {
        assertThat(answer).containsEntry("error", "access_denied").doesNotContainKey("code");
    }

    /** The address of another tab with the sign-in of this tab. */
    private static URI sameTab(Answer page, URI address) {
        Map<String, String> query = new LinkedHashMap<>(Parameters.ofQuery(address));
        query.putAll(Parameters.ofQuery(action(page)));
        query.remove("session_code");
        query.remove("execution");
        String path = address.toString().substring(0, address.toString().indexOf('?'));
        return URI.create(Parameters.append(path, query));
    }

    @Test
    void a_new_password_from_a_foreign_origin_is_refused() {
        Answer page =
                visitor.browse(resetPassword("client_id", client.clientId(), "redirect_uri", client.redirectUri()));
        assertThat(page.document().select("form[action*=reset-credentials]"))
                .as("its redirect URI is the application's")
                .hasSize(1);
        ObjectNode elsewhere = JsonNodeFactory.instance.objectNode();
        elsewhere.putArray("webOrigins").add(FOREIGN);
        chain.administrator().updateClient(client.clientId(), elsewhere);

        isRefused(chain.visitor()
                .browse(resetPassword("client_id", client.clientId(), "redirect_uri", client.redirectUri())));
    }

    /** Opened from a link, without an application. At the end no user is signed in. */
    @Test
    void a_new_password_without_an_application_does_not_sign_the_user_in() {
        Answer page = visitor.browse(resetPassword("client_id", client.clientId()));

        assertThat(page.document().select("form[action*=reset-credentials]")).hasSize(1);
    }

    /** Only the check at the end of the sign-in is left. */
    @Test
    void a_foreign_origin_is_refused_at_a_client_whose_flow_lacks_our_step() {
        chain.administrator().createUser(newcomer.login(), "a-password-of-a-test");
        withKeycloaksOwnFlow();
        Answer own = visitor.browse(client.request("kc_idp_hint", null));
        String code = client.comesBack(visitor, signsIn(own)).get("code");
        assertThat(client.redeem(code).idClaims().path("clientOrigin").asText())
                .isEqualTo(MadeClient.ORIGIN.toString());
        Visitor elsewhere = chain.visitor();

        Answer page = elsewhere.follow(
                signsIn(elsewhere, elsewhere.browse(client.request("kc_idp_hint", null, "client_origin", FOREIGN))));

        isRefused(page);
        Map<String, String> silent =
                client.comesBack(elsewhere, elsewhere.get(client.request("kc_idp_hint", null, "prompt", "none")));
        assertThat(silent).containsEntry("error", "login_required");
    }

    private void withKeycloaksOwnFlow() {
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        settings.putObject("authenticationFlowBindingOverrides")
                .put("browser", chain.administrator().flowId("browser"));
        chain.administrator().updateClient(client.clientId(), settings);
    }

    private void isRefused(Answer page) {
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.document().selectFirst("#kc-error-message").text())
                .contains("does not accept sign-ins from the address you came from")
                .contains("MCA00100-");
    }

    private Answer registers(Answer form) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("username", newcomer.login());
        fields.put("email", newcomer.email());
        fields.put("firstName", "New");
        fields.put("lastName", "Comer");
        fields.put("password", "a-password-of-a-test");
        fields.put("password-confirm", "a-password-of-a-test");
        return visitor.post(action(form), fields);
    }

    private Answer signsIn(Answer form) {
        return signsIn(visitor, form);
    }

    private Answer signsIn(Visitor by, Answer form) {
        return by.post(action(form), Map.of("username", newcomer.login(), "password", "a-password-of-a-test"));
    }

    private static URI action(Answer page) {
        return URI.create(page.document().selectFirst("form[method=post]").absUrl("action"));
    }

    private URI resetPassword(String... parameters) {
        Map<String, String> query = new LinkedHashMap<>();
        for (int i = 0; i < parameters.length; i += 2) {
            query.put(parameters[i], parameters[i + 1]);
        }
        return URI.create(Parameters.append(chain.issuer() + "/login-actions/reset-credentials", query));
    }
}
