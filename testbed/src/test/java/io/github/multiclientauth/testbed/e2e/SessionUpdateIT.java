package io.github.multiclientauth.testbed.e2e;

import static io.github.multiclientauth.testbed.e2e.SameSession.assertSameSession;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.provider.Person;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code update()} reads the claims again from Keycloak. */
@EndToEnd
class SessionUpdateIT {

    private final Chain chain;
    private final Visitor visitor;
    private final Auth portfolio;
    private final Person person;
    private JsonNode before;
    private String userId;

    SessionUpdateIT(Chain chain) {
        this.chain = chain;
        this.visitor = chain.visitor();
        this.portfolio = new Auth(visitor, chain.portfolio());
        this.person = chain.somebody();
    }

    @BeforeEach
    void sign_in() {
        before = chain.atPortfolio(visitor).as(person.login());
        userId = before.path("user").path("id").asText();
    }

    @Test
    void shows_only_what_has_changed_at_keycloak() {
        chain.administrator().rename(userId, "New", "Name");

        JsonNode updated = portfolio.update("{}").json();

        assertThat(updated.path("user").path("name").asText()).isEqualTo("New Name");
        assertThat(((ObjectNode) updated.path("user").deepCopy()).remove("name"))
                .isNotNull();
        assertThat(without(updated, "name")).isEqualTo(without(before, "name"));
        assertSameSession(updated, portfolio.session());
    }

    /** The administrator names the claim of any mapper so. */
    @Test
    void shows_the_claims_that_mappers_of_keycloak_add() {
        String username =
                chain.administrator().user(person.email()).path("username").asText();
        chain.administrator().addMapper("portfolio", MadeClient.property("Login", "username", "claims.login"));
        try {
            assertThat(portfolio.update("{}").json().path("user").path("claims"))
                    .hasToString("{\"login\":\"" + username + "\"}");
            JsonNode signedIn = chain.atPortfolio(chain.visitor()).as(person.login());
            assertThat(signedIn.path("user").path("claims").path("login").asText())
                    .isEqualTo(username);
        } finally {
            chain.administrator().removeMapper("portfolio", "Login");
        }
        assertThat(portfolio.update("{}").json().path("user").has("claims")).isFalse();
    }

    @Test
    void ignores_what_the_caller_sends() {
        JsonNode updated = portfolio
                .update("{\"user\":{\"id\":\"x\",\"email\":\"root@example.com\"},\"clientId\":\"dashboard\"}")
                .json();

        assertThat(updated.path("user")).isEqualTo(before.path("user"));
    }

    @Test
    void needs_the_csrf_token() {
        Answer answer = visitor.postJson(portfolio.at("session"), "{\"csrfToken\":\"wrong\",\"data\":{}}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo("null");
        assertSameSession(before, portfolio.session());
    }

    @Test
    void ends_a_session_that_an_administrator_has_ended() {
        chain.administrator()
                .endSession(
                        chain.administrator().sessions(userId).get(0).path("id").asText());

        assertThat(portfolio.update("{}").body()).isEqualTo("null");
        assertThat(portfolio.session().isNull()).isTrue();
    }

    @Test
    void signs_a_disabled_user_out() {
        chain.administrator().disable(userId);

        assertThat(portfolio.update("{}").body()).isEqualTo("null");
    }

    private static JsonNode without(JsonNode session, String claim) {
        ObjectNode user = session.path("user").deepCopy();
        user.remove(claim);
        return user;
    }
}
