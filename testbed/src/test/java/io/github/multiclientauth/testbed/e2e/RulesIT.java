package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client that allows two of the five providers: each way to come in with another one is closed. */
@EndToEnd
class RulesIT {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Chain chain;
    private final String clientId = "rules-" + NUMBER.incrementAndGet();
    private final Person person;
    private final Visitor visitor;

    RulesIT(Chain chain) {
        this.chain = chain;
        this.person = chain.somebody();
        this.visitor = chain.visitor();
    }

    @BeforeEach
    void create_a_client_with_a_rule() {
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        settings.put("publicClient", true).put("standardFlowEnabled", true);
        settings.putArray("redirectUris").add(redirectUri());
        settings.putArray("webOrigins").add(chain.portfolio().toString());
        settings.putArray("protocolMappers").add(rule("github##google"));
        chain.administrator().createClient(clientId, null, settings);
    }

    private static ObjectNode rule(String providers) {
        ObjectNode mapper = JsonNodeFactory.instance.objectNode();
        mapper.put("name", "Allowed identity providers")
                .put("protocol", "openid-connect")
                .put("protocolMapper", "oidc-allowed-providers-mapper");
        mapper.putObject("config").put("allowed.providers", providers);
        return mapper;
    }

    @AfterEach
    void delete_the_client() {
        chain.administrator().deleteClient(clientId);
    }

    @Test
    void an_allowed_provider_signs_in() {
        Answer page = visitor.browse(request("kc_idp_hint", "google"));

        Map<String, String> answer = comesBack(visitor.press(page, login()));

        assertThat(answer).containsKey("code").doesNotContainKey("error");
    }

    @Test
    void a_hint_at_another_one_is_answered_before_anybody_leaves() {
        Map<String, String> answer = comesBack(visitor.get(request("kc_idp_hint", "facebook")));

        assertThat(answer).containsEntry("error", "access_denied").containsKey("state");
        assertThat(visitor.history())
                .noneMatch(seen -> seen.address().getPort() == chain.provider().port());
    }

    @Test
    void the_login_page_lists_only_the_allowed_ones() {
        Answer page = visitor.browse(request());

        assertThat(page.document().select("a[href*=/broker/]").eachAttr("href"))
                .hasSize(2)
                .anyMatch(href -> href.contains("/broker/github/"))
                .anyMatch(href -> href.contains("/broker/google/"));
        assertThat(page.body()).doesNotContain("/broker/facebook/").doesNotContain("/broker/linkedin/");
    }

    @Test
    void the_address_behind_a_button_that_is_not_there_is_refused() {
        Answer page = visitor.browse(request());
        String gitHub = page.document().selectFirst("a[href*=/broker/github/]").absUrl("href");

        Map<String, String> answer =
                comesBack(visitor.get(URI.create(gitHub.replace("/broker/github/", "/broker/facebook/"))));

        assertThat(answer).containsEntry("error", "access_denied");
        assertThat(chain.administrator().users(person.email())).isEmpty();
    }

    @Test
    void a_session_of_another_one_is_no_session_here() {
        chain.atDashboard(visitor).with("facebook").as(person.login());

        Answer page = visitor.browse(request());
        Map<String, String> silent = comesBack(visitor.get(request("prompt", "none")));

        assertThat(page.document().select("a[href*=/broker/]")).hasSize(2);
        assertThat(silent).containsEntry("error", "login_required");
        assertThat(chain.atDashboard(visitor).session().isNull()).isFalse();
    }

    @Test
    void a_state_of_an_allowed_one_opens_no_other_door() {
        Answer consent = visitor.browse(request("kc_idp_hint", "github"));
        Map<String, String> atFacebook = new LinkedHashMap<>();
        atFacebook.put("client_id", chain.apps().of("facebook", clientId).clientId());
        atFacebook.put("redirect_uri", chain.issuer() + "/broker/facebook/endpoint");
        atFacebook.put("response_type", "code");
        atFacebook.put("scope", "email");
        atFacebook.put("state", Parameters.ofQuery(consent.address()).get("state"));
        URI facebook =
                chain.providers().authorizationUrl(chain.providers().facebook().standIn());
        Answer page = visitor.get(URI.create(Parameters.append(facebook.toString(), atFacebook)));

        Map<String, String> answer = comesBack(visitor.press(page, login()));

        assertThat(answer).containsEntry("error", "access_denied");
        assertThat(chain.administrator().users(person.email())).isEmpty();
    }

    /** Keycloak does not run the mappers of an optional scope that is not asked for. */
    @Test
    void a_rule_made_later_in_an_optional_scope_ends_what_it_forbids() {
        OidcClient client = new OidcClient(chain, clientId, "", chain.portfolio());
        OidcClient.Tokens tokens = client.redeem(client.authorize(visitor, person));
        assertThat(client.refresh(tokens).accessToken()).isNotEmpty();

        chain.administrator().addOptionalScope(clientId, "scope-of-" + clientId, rule("google"));

        assertThatThrownBy(() -> client.refresh(tokens)).hasMessageContaining("provider_not_allowed");
    }

    @Test
    void without_the_rule_the_same_session_is_single_sign_on() {
        chain.atDashboard(visitor).with("facebook").as(person.login());

        chain.atPortfolio(visitor).with("facebook").start();
        JsonNode portfolio = chain.atPortfolio(visitor).session();

        assertThat(portfolio.path("user").path("provider").asText()).isEqualTo("facebook");
    }

    private String login() {
        return "button[name=login][value=" + person.login() + "]";
    }

    /** What the application is told. */
    private Map<String, String> comesBack(Answer answer) {
        return Parameters.ofQuery(
                visitor.followTo(answer, chain.portfolio()).location().orElseThrow());
    }

    private String redirectUri() {
        return chain.portfolio() + "/api/auth/callback/github";
    }

    /** @param more names and values */
    private URI request(String... more) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("response_type", "code");
        parameters.put("client_id", clientId);
        parameters.put("redirect_uri", redirectUri());
        parameters.put("scope", "openid profile email");
        parameters.put("state", UUID.randomUUID().toString());
        parameters.put("client_origin", chain.portfolio().toString());
        for (int i = 0; i < more.length; i += 2) {
            parameters.put(more[i], more[i + 1]);
        }
        return URI.create(Parameters.append(chain.issuer() + "/protocol/openid-connect/auth", parameters));
    }
}
