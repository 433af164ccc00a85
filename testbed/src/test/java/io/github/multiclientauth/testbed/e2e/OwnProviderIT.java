package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.provider.Person;
import io.github.multiclientauth.testbed.provider.oauth.RegisteredApp;
import io.github.multiclientauth.testbed.provider.oauth.Sighting;
import io.github.multiclientauth.testbed.provider.oauth.StandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An enabled provider of one application replaces the shared provider there, and at no other application. */
@EndToEnd
class OwnProviderIT {

    private final Chain chain;
    private final OwnProviders own;
    private final Person person;
    private final Visitor visitor;

    OwnProviderIT(Chain chain) {
        this.chain = chain;
        this.own = new OwnProviders(chain);
        this.person = chain.somebody();
        this.visitor = chain.visitor();
    }

    @AfterEach
    void delete_it() {
        own.close();
    }

    @Test
    void replaces_the_shared_provider_and_has_its_name_in_tokens() {
        OidcClient client = own.client(own.name("shop"), "facebook");
        RegisteredApp app = ownFacebook(client);

        OidcClient.Tokens tokens = client.redeem(client.authorize(visitor, person));

        assertThat(tokens.idClaims().path("provider").asText()).isEqualTo("facebook");
        String id = chain.administrator().user(person.email()).path("id").asText();
        assertThat(chain.administrator().links(id)).containsExactly("facebook-" + client.clientId());
        assertThat(facebook().ledger().sightings().of(person.login()))
                .filteredOn(sighting -> sighting.kind() == Sighting.Kind.REDEEM)
                .containsExactly(
                        new Sighting(Sighting.Kind.REDEEM, app.clientId(), person.login(), Sighting.Credentials.RIGHT));
        assertThat(client.refresh(tokens).idClaims().path("provider").asText()).isEqualTo("facebook");
    }

    @Test
    void is_refused_to_other_applications_that_request_it_by_name() {
        OidcClient owner = own.client(own.name("shop"), "facebook");
        ownFacebook(owner);
        OidcClient other = own.client(own.name("blog"), "facebook-" + owner.clientId());

        Map<String, String> answer = other.comesBack(visitor, visitor.get(other.authorizationRequest()));

        assertThat(answer).satisfies(Refusal.described("provider_not_allowed"));
        assertThat(visitor.history())
                .noneMatch(seen -> seen.address().getPort() == chain.provider().port());
    }

    /** The provider has a different user id in each of its apps. The address shows that it is the same user. */
    @Test
    void links_users_of_the_shared_provider_if_that_is_trusted() {
        JsonNode before = chain.atPortfolio(chain.visitor()).with("linkedin").as(person.login());
        String id = before.path("user").path("id").asText();
        chain.administrator().setEmailVerified(id, true);
        OidcClient client = own.client(own.name("shop"), "linkedin");
        String alias = "linkedin-" + client.clientId();
        own.provider(
                alias, "linkedin-openid-connect", chain.providers().linkedIn().standIn(), true, alias, Map.of());

        OidcClient.Tokens tokens = client.redeem(client.authorize(visitor, person));

        assertThat(tokens.idClaims().path("sub").asText()).isEqualTo(id);
        assertThat(tokens.idClaims().path("provider").asText()).isEqualTo("linkedin");
        assertThat(chain.administrator().links(id)).containsExactlyInAnyOrder("linkedin", alias);
    }

    @Test
    void a_user_without_any_proof_sees_what_to_do_and_nothing_changes() throws IOException {
        String id = chain.atPortfolio(chain.visitor())
                .with("facebook")
                .as(person.login())
                .path("user")
                .path("id")
                .asText();
        OidcClient client = own.client(own.name("shop"), "facebook");
        ownFacebook(client);

        Answer page = visitor.follow(client.agree(visitor, person));

        assertThat(page.status()).isEqualTo(409);
        assertThat(page.document().text())
                .contains("There is already an account")
                .contains("sign in as you did the first time");
        assertThat(page.document().select("input[type=password]")).isEmpty();
        assertThat(chain.administrator().links(id)).containsExactly("facebook");
        assertThat(chain.administrator().sessions(id)).hasSize(1);
        assertThat(chain.administrator().users(person.email())).hasSize(1);
        assertThat(Files.readAllLines(chain.logs().resolve("keycloak.log")))
                .anyMatch(line -> line.contains("MCA00131") && line.contains(id));
    }

    @Test
    void a_user_with_a_password_is_asked_for_it() {
        String id = chain.atPortfolio(chain.visitor())
                .with("facebook")
                .as(person.login())
                .path("user")
                .path("id")
                .asText();
        chain.administrator().setPassword(id, "a-password-of-the-test");
        OidcClient client = own.client(own.name("shop"), "facebook");
        ownFacebook(client);

        Answer page = visitor.follow(client.agree(visitor, person));

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.document().select("#linkAccount")).hasSize(1);
        assertThat(chain.administrator().links(id)).containsExactly("facebook");
    }

    private RegisteredApp ownFacebook(OidcClient client) {
        String alias = "facebook-" + client.clientId();
        return own.provider(alias, "facebook", facebook(), true, alias, Map.of("fetchedFields", "picture"));
    }

    private StandIn facebook() {
        return chain.providers().facebook().standIn();
    }
}
