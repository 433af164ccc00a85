package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.provider.Person;
import org.junit.jupiter.api.Test;

/** A user signs in with a second provider and the same e-mail address. */
@EndToEnd
class LinkingIT {

    private final Chain chain;
    private final Person person;

    LinkingIT(Chain chain) {
        this.chain = chain;
        this.person = chain.somebody();
    }

    @Test
    void an_address_verified_on_both_sides_links_accounts_without_a_question() {
        String id = accountOf("github", true);

        JsonNode user = chain.atDashboard(chain.visitor())
                .with("linkedin")
                .as(person.login())
                .path("user");

        assertThat(user.path("id").asText()).isEqualTo(id);
        assertThat(user.path("provider").asText()).isEqualTo("linkedin");
        assertThat(chain.administrator().links(id)).containsExactlyInAnyOrder("github", "linkedin");
    }

    @Test
    void an_account_that_has_not_verified_its_address_is_not_linked() {
        String id = accountOf("github", false);

        JsonNode user = chain.atDashboard(chain.visitor())
                .with("linkedin")
                .as(person.login())
                .path("user");

        assertThat(user.path("id").asText()).isNotEqualTo(id);
        assertThat(chain.administrator().links(id)).containsExactly("github");
    }

    @Test
    void an_untrusted_provider_does_not_link_accounts_without_a_question() {
        String id = accountOf("google", true);

        asksFirst("auth0");

        assertThat(chain.administrator().links(id)).containsExactly("google");
    }

    /** Creates an account by signing in. */
    private String accountOf(String provider, boolean emailVerified) {
        chain.atPortfolio(chain.visitor()).with(provider).as(person.login());
        String id = chain.administrator().user(person.email()).path("id").asText();
        chain.administrator().setEmailVerified(id, emailVerified);
        return id;
    }

    private void asksFirst(String provider) {
        Visitor visitor = chain.visitor();
        Answer consent = chain.atDashboard(visitor).with(provider).start();

        Answer page = visitor.follow(visitor.press(consent, "button[name=login][value=" + person.login() + "]"));

        assertThat(page.address().getPath()).endsWith("/login-actions/first-broker-login");
        assertThat(page.document().select("#linkAccount")).hasSize(1);
        assertThat(chain.atDashboard(visitor).session().isNull()).isTrue();
    }
}
