package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.provider.Person;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What ends at Keycloak ends at the applications, long before their sessions would be confirmed again. */
@EndToEnd
class BackChannelLogoutIT {

    private final Chain chain;
    private final Person person;
    private final Visitor visitor;
    private final Auth portfolio;
    private final Auth dashboard;
    private String userId;
    private String sid;

    BackChannelLogoutIT(Chain chain) {
        this.chain = chain;
        this.person = chain.somebody();
        this.visitor = chain.visitor();
        this.portfolio = new Auth(visitor, chain.portfolio());
        this.dashboard = new Auth(visitor, chain.dashboard());
    }

    @BeforeEach
    void sign_in_at_both() {
        userId = chain.atPortfolio(visitor)
                .as(person.login())
                .path("user")
                .path("id")
                .asText();
        chain.atDashboard(visitor).start();
        assertThat(dashboard.session().path("user").path("id").asText()).isEqualTo(userId);
        JsonNode sessions = chain.administrator().sessions(userId);
        assertThat(sessions).hasSize(1);
        sid = sessions.get(0).path("id").asText();
    }

    @Test
    void a_session_that_an_administrator_ends() throws Exception {
        Visitor elsewhere = chain.visitor();
        chain.atPortfolio(elsewhere).as(person.login());
        assertThat(chain.administrator().sessions(userId)).hasSize(2);

        chain.administrator().endSession(sid);

        awaitNobody(portfolio);
        awaitNobody(dashboard);
        assertThat(new Auth(elsewhere, chain.portfolio()).session().isNull())
                .as("another session of the same person")
                .isFalse();
    }

    @Test
    @FromKeycloak(
            value = "26.7",
            does = "tells a client of each of somebody's sessions when an administrator ends all of them")
    void every_session_of_somebody_whom_an_administrator_signs_out() throws Exception {
        Visitor elsewhere = chain.visitor();
        chain.atPortfolio(elsewhere).as(person.login());

        chain.administrator().logOut(userId);

        awaitNobody(portfolio);
        awaitNobody(dashboard);
        awaitNobody(new Auth(elsewhere, chain.portfolio()));
    }

    @Test
    void a_session_that_another_application_ends() throws Exception {
        dashboard.signOut();

        awaitNobody(dashboard);
        awaitNobody(portfolio);
    }

    private static void awaitNobody(Auth application) throws Exception {
        Soon.see(application::session, JsonNode::isNull);
    }
}
