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

/** Ways into an application that begin with another flow than the one with our step: the origin counts there, too. */
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
    void let_people_register() {
        letPeopleRegister(true);
        chain.administrator().createClient(client.clientId(), null, MadeClient.settings(client));
    }

    @AfterEach
    void let_nobody_register() {
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
    void who_registers_at_an_application_comes_from_its_origin() {
        Answer form = visitor.browse(client.request("kc_idp_hint", null, "prompt", "create"));

        Map<String, String> answer = client.comesBack(visitor, registers(form));

        JsonNode claims = client.redeem(answer.get("code")).idClaims();
        assertThat(claims.path("email").asText()).isEqualTo(newcomer.email());
        assertThat(claims.path("clientOrigin").asText()).isEqualTo(MadeClient.ORIGIN.toString());
        assertThat(claims.path("provider").asText()).isEqualTo("keycloak");
    }

    @Test
    @FromKeycloak(value = "26.1", does = "knows prompt=create")
    void nobody_registers_from_a_foreign_origin() {
        Answer page = visitor.browse(client.request("kc_idp_hint", null, "prompt", "create", "client_origin", FOREIGN));

        isRefused(page);
        assertThat(page.document().select("form[action*=registration]")).isEmpty();
        assertThat(page.body()).as("a code to go on with").doesNotContain("session_code=");
    }

    @Test
    @FromKeycloak(value = "26.1", does = "knows prompt=create")
    void a_client_that_has_not_opted_in_registers_people_as_ever() {
        chain.administrator().optOut(client.clientId());
        Answer form = visitor.browse(client.request("kc_idp_hint", null, "prompt", "create", "client_origin", FOREIGN));

        Map<String, String> answer = client.comesBack(visitor, registers(form));

        assertThat(client.redeem(answer.get("code")).idClaims().path("email").asText())
                .isEqualTo(newcomer.email());
    }

    /** The account would stay behind, with a password, although the sign-in ends at the rule. */
    @Test
    @FromKeycloak(value = "26.1", does = "knows prompt=create")
    void nobody_registers_where_the_rule_leaves_only_providers() {
        chain.administrator().addMapper(client.clientId(), MadeClient.rule("github"));

        Map<String, String> answer =
                client.comesBack(visitor, visitor.get(client.request("kc_idp_hint", null, "prompt", "create")));

        isNotAllowed(answer);
        assertThat(chain.administrator().users(newcomer.email())).isEmpty();
    }

    /** The page that offers it is a convenience; its address and its form can be had without it. */
    @Test
    void nobody_registers_by_the_address_of_the_page_where_the_rule_leaves_only_providers() {
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
    void a_rule_that_names_the_login_page_lets_people_register() {
        chain.administrator().addMapper(client.clientId(), MadeClient.rule("github", "keycloak"));
        Answer login = visitor.browse(client.request("kc_idp_hint", null));
        Answer form = visitor.browse(
                URI.create(login.document().selectFirst("a[href*=registration]").absUrl("href")));

        Map<String, String> answer = client.comesBack(visitor, registers(form));

        assertThat(client.redeem(answer.get("code")).idClaims().path("email").asText())
                .isEqualTo(newcomer.email());
    }

    @Test
    void nobody_gets_a_new_password_where_the_rule_leaves_only_providers() throws Exception {
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

    /** The mail was sent before there was the rule. */
    @Test
    void a_link_from_before_the_rule_gives_no_new_password() throws Exception {
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

    /** An address from another tab, for the sign-in of this one. */
    private static URI sameTab(Answer page, URI address) {
        Map<String, String> query = new LinkedHashMap<>(Parameters.ofQuery(address));
        query.putAll(Parameters.ofQuery(action(page)));
        query.remove("session_code");
        query.remove("execution");
        String path = address.toString().substring(0, address.toString().indexOf('?'));
        return URI.create(Parameters.append(path, query));
    }

    @Test
    void nobody_asks_for_a_new_password_from_a_foreign_origin() {
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

    /** As from a link in a letter: nobody is signed in in the end. */
    @Test
    void a_new_password_without_an_application_to_return_to_is_no_sign_in() {
        Answer page = visitor.browse(resetPassword("client_id", client.clientId()));

        assertThat(page.document().select("form[action*=reset-credentials]")).hasSize(1);
    }

    /** Only the end of the sign-in is left to look. */
    @Test
    void a_client_with_a_flow_without_our_step_admits_nobody_from_a_foreign_origin() {
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
