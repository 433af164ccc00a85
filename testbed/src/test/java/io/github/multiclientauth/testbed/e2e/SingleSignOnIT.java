package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.proof.Cookie;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.provider.Person;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** After a sign-in at one application, another one needs one click and no form. Each has its own client and origin. */
@EndToEnd
class SingleSignOnIT {

    private final Chain chain;
    private final Visitor visitor;
    private final Auth portfolio;
    private final Auth dashboard;
    private final Person person;
    private JsonNode atPortfolio;
    private JsonNode atDashboard;
    private Answer end;

    SingleSignOnIT(Chain chain) {
        this.chain = chain;
        this.visitor = chain.visitor();
        this.portfolio = new Auth(visitor, chain.portfolio());
        this.dashboard = new Auth(visitor, chain.dashboard());
        this.person = chain.somebody();
    }

    @BeforeEach
    void sign_in_at_one_and_click_at_the_other() {
        atPortfolio = chain.atPortfolio(visitor).as(person.login());
        end = chain.atDashboard(visitor).start();
        atDashboard = dashboard.session();
    }

    @Test
    void no_page_appears_in_between() {
        assertThat(end.status()).isEqualTo(200);
        assertThat(end.address().toString()).isEqualTo(chain.dashboard() + "/");
        assertThat(visitor.history())
                .filteredOn(answer -> answer.contentType().startsWith("text/html") && answer.status() == 200)
                .extracting(answer -> answer.address().getPort())
                .as("pages of the provider, portfolio, dashboard; never Keycloak's")
                .containsExactly(
                        chain.provider().port(),
                        chain.portfolio().port(),
                        chain.dashboard().port());
    }

    @Test
    void both_have_the_same_user_and_each_its_own_client_and_origin() {
        assertThat(atDashboard.path("user").path("id"))
                .isEqualTo(atPortfolio.path("user").path("id"));
        assertThat(atPortfolio.path("user").path("clientId").asText()).isEqualTo("portfolio");
        assertThat(atPortfolio.path("user").path("clientOrigin").asText())
                .isEqualTo(chain.portfolio().toString());
        assertThat(atDashboard.path("user").path("clientId").asText()).isEqualTo("dashboard");
        assertThat(atDashboard.path("user").path("clientOrigin").asText())
                .isEqualTo(chain.dashboard().toString());
        assertThat(atDashboard.path("user").path("provider").asText()).isEqualTo("github");
    }

    @Test
    void an_update_at_one_does_not_change_the_other() {
        assertThat(portfolio.update("{}").json().path("user")).isEqualTo(atPortfolio.path("user"));
        assertThat(dashboard.update("{}").json().path("user")).isEqualTo(atDashboard.path("user"));
    }

    @Test
    void a_cookie_of_one_does_not_open_the_other() {
        Visitor thief = chain.visitor();
        for (Cookie cookie : portfolio.cookies()) {
            thief.cookies()
                    .put(new Cookie(
                            chain.dashboard().host(), cookie.path(), cookie.name(), cookie.value(), cookie.expires()));
        }

        assertThat(new Auth(thief, chain.dashboard()).session().isNull()).isTrue();
        assertThat(new Auth(thief, chain.dashboard()).update("{}").body()).isEqualTo("null");
    }

    @Test
    void signing_out_at_one_signs_out_at_both() {
        portfolio.signOut();

        assertThat(dashboard.session().isNull()).isTrue();
        assertThat(dashboard.update("{}").body()).isEqualTo("null");
        assertThat(chain.administrator()
                        .sessions(atPortfolio.path("user").path("id").asText()))
                .isEmpty();
    }
}
