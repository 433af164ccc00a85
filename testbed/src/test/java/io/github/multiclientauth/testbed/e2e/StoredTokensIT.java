package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.provider.Person;
import io.github.multiclientauth.testbed.provider.oauth.RegisteredApp;
import io.github.multiclientauth.testbed.provider.oauth.Sighting;
import io.github.multiclientauth.testbed.provider.oauth.StandIn;
import io.github.multiclientauth.testbed.web.Parameters;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** After the sign-in: Keycloak refreshes stored tokens and ends sessions at the provider. */
@EndToEnd
class StoredTokensIT {

    private final Chain chain;
    private final OwnProviders own;
    private final StandIn google;
    private final String alias;
    private OidcClient portfolio;
    private OidcClient dashboard;
    private OidcClient blog;
    private RegisteredApp shared;
    private RegisteredApp ofPortfolio;
    private RegisteredApp ofDashboard;

    StoredTokensIT(Chain chain) {
        this.chain = chain;
        this.own = new OwnProviders(chain);
        this.google = chain.providers().google().standIn();
        this.alias = own.name("stored");
    }

    /** Two applications with their own credentials, and one without. */
    @BeforeEach
    void create_a_provider_that_stores_tokens() {
        portfolio = own.client(own.name("stored-portfolio"), alias);
        dashboard = own.client(own.name("stored-dashboard"), alias);
        blog = own.client(own.name("stored-blog"), alias);
        shared = own.provider(
                alias,
                "google",
                google,
                true,
                alias,
                Map.of(
                        "storeToken",
                        "true",
                        "offlineAccess",
                        "true",
                        // Longer than the lifetime of Google's tokens, so Keycloak refreshes a token each time before
                        // it returns it.
                        "minValidityToken",
                        "7200"));
        ofPortfolio = lender(portfolio);
        ofDashboard = lender(dashboard);
    }

    private RegisteredApp lender(OidcClient client) {
        return own.provider(alias + "-" + client.clientId(), "google", google, false, alias, Map.of());
    }

    @AfterEach
    void delete_it() {
        own.close();
    }

    @Test
    @FromKeycloak(value = "26.4", does = "refreshes the tokens that it has stored")
    void each_application_refreshes_with_its_own_credentials() {
        refreshesWith(portfolio, ofPortfolio);
        refreshesWith(dashboard, ofDashboard);
        refreshesWith(blog, shared);
    }

    private void refreshesWith(OidcClient client, RegisteredApp app) {
        Person person = chain.somebody();
        OidcClient.Tokens tokens = client.redeem(client.authorize(chain.visitor(), person));

        JsonNode first = stored(tokens);
        JsonNode second = stored(tokens);

        assertThat(first.path("access_token").asText())
                .startsWith("ya29.")
                .isNotEqualTo(second.path("access_token").asText());
        assertThat(second.fieldNames()).toIterable().noneMatch(name -> name.contains("multi-client-auth"));
        assertThat(refreshes(person))
                .containsExactly(
                        new Sighting(Sighting.Kind.REFRESH, app.clientId(), person.login(), Sighting.Credentials.RIGHT),
                        new Sighting(
                                Sighting.Kind.REFRESH, app.clientId(), person.login(), Sighting.Credentials.RIGHT));
    }

    /** A user has one link for all applications, and it stores the token of the last sign-in. */
    @Test
    @FromKeycloak(value = "26.4", does = "refreshes the tokens that it has stored")
    void a_token_is_refreshed_with_the_credentials_that_it_was_issued_to() {
        Person person = chain.somebody();
        OidcClient.Tokens ofFirst = portfolio.redeem(portfolio.authorize(chain.visitor(), person));
        dashboard.authorize(chain.visitor(), person);

        stored(ofFirst);
        assertThat(refreshes(person)).extracting(Sighting::clientId).containsExactly(ofDashboard.clientId());

        blog.authorize(chain.visitor(), person);
        stored(ofFirst);
        assertThat(refreshes(person))
                .extracting(Sighting::clientId)
                .containsExactly(ofDashboard.clientId(), shared.clientId());
    }

    @Test
    @FromKeycloak(value = "26.4", does = "refreshes the tokens that it has stored")
    void two_refreshes_at_the_same_time_do_not_mix_credentials() throws Exception {
        Person one = chain.somebody();
        Person two = chain.somebody();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Callable<JsonNode> first = () -> stored(portfolio.redeem(portfolio.authorize(chain.visitor(), one)));
            Callable<JsonNode> second = () -> stored(dashboard.redeem(dashboard.authorize(chain.visitor(), two)));
            for (Future<JsonNode> token : threads.invokeAll(List.of(first, second))) {
                assertThat(token.get().path("access_token").asText()).startsWith("ya29.");
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(refreshes(one))
                .extracting(Sighting::clientId, Sighting::credentials)
                .containsExactly(tuple(ofPortfolio.clientId(), Sighting.Credentials.RIGHT));
        assertThat(refreshes(two))
                .extracting(Sighting::clientId, Sighting::credentials)
                .containsExactly(tuple(ofDashboard.clientId(), Sighting.Credentials.RIGHT));
    }

    @Test
    void signing_out_at_the_provider_names_the_client_that_signed_in() {
        String auth0 = own.name("signout");
        OidcClient withOwn = own.client(own.name("signout-own"), auth0);
        OidcClient without = own.client(own.name("signout-without"), auth0);
        StandIn standIn = chain.providers().auth0().standIn();
        String tenant = "https://demo-tenant.eu.auth0.com";
        Map<String, String> config = Map.of(
                "issuer", tenant + "/",
                "tokenUrl", tenant + "/oauth/token",
                "userInfoUrl", tenant + "/userinfo",
                "defaultScope", "openid profile email",
                "clientAuthMethod", "client_secret_post",
                "logoutUrl", tenant + "/oidc/logout",
                "sendClientIdOnLogout", "true");
        RegisteredApp sharedApp = own.provider(auth0, "oidc", standIn, true, auth0, config);
        RegisteredApp ownApp = own.provider(auth0 + "-" + withOwn.clientId(), "oidc", standIn, false, auth0, config);

        assertThat(signsOutAt(tenant, withOwn)).containsEntry("client_id", ownApp.clientId());
        assertThat(signsOutAt(tenant, without)).containsEntry("client_id", sharedApp.clientId());
    }

    /** The parameters with which the browser is redirected to the provider. */
    private Map<String, String> signsOutAt(String tenant, OidcClient client) {
        Visitor visitor = chain.visitor();
        OidcClient.Tokens tokens = client.redeem(client.authorize(visitor, chain.somebody()));
        URI signOut = URI.create(Parameters.append(
                chain.issuer() + "/protocol/openid-connect/logout",
                Map.of(
                        "id_token_hint",
                        tokens.answer().path("id_token").asText(),
                        "post_logout_redirect_uri",
                        client.redirectUri())));

        Answer leaving =
                visitor.followTo(visitor.get(signOut), Origin.ofUrl(tenant).orElseThrow());

        return Parameters.ofQuery(leaving.location().orElseThrow());
    }

    /** The provider's token as Keycloak returns it to applications. */
    private JsonNode stored(OidcClient.Tokens tokens) {
        Answer answer = chain.visitor()
                .get(
                        URI.create(chain.issuer() + "/broker/" + alias + "/token"),
                        "Authorization",
                        "Bearer " + tokens.accessToken());
        assertThat(answer.status()).as(answer.summary()).isEqualTo(200);
        return answer.json();
    }

    private List<Sighting> refreshes(Person person) {
        return google.ledger()
                .sightings()
                .of(person.login())
                .filter(sighting -> sighting.kind() == Sighting.Kind.REFRESH)
                .toList();
    }
}
