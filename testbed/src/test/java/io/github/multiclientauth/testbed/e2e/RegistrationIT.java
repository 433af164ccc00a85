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
