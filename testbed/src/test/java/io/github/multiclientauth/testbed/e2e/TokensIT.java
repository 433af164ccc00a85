package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.testbed.launch.Testbed;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.provider.Person;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The claims of Keycloak's own tokens, in all four places where a resource server or an application may look. */
@EndToEnd
class TokensIT {

    private static final List<String> CLAIMS = List.of("clientOrigin", "clientId", "provider");

    private final Chain chain;
    private final Visitor visitor;
    private final Person person;

    TokensIT(Chain chain) {
        this.chain = chain;
        this.visitor = chain.visitor();
        this.person = chain.somebody();
    }

    @Nested
    class OfABrowserSignIn {

        private final OidcClient portfolio =
                new OidcClient(chain, Testbed.PORTFOLIO, chain.secrets().portfolio(), chain.portfolio());
        private OidcClient.Tokens tokens;

        @BeforeEach
        void sign_in() {
            tokens = portfolio.redeem(portfolio.authorize(visitor, person));
        }

        @Test
        void are_in_all_four_places() {
            inAllFourPlaces(portfolio, tokens, chain.portfolio().toString());
        }

        @Test
        void are_in_all_four_places_after_a_refresh() {
            OidcClient.Tokens refreshed = portfolio.refresh(tokens);

            assertThat(refreshed.accessToken()).isNotEqualTo(tokens.accessToken());
            inAllFourPlaces(portfolio, refreshed, chain.portfolio().toString());
        }

        @Test
        void are_those_of_each_client_under_single_sign_on() {
            OidcClient dashboard =
                    new OidcClient(chain, Testbed.DASHBOARD, chain.secrets().dashboard(), chain.dashboard());
            OidcClient.Tokens others = dashboard.redeem(dashboard.authorizeSignedIn(visitor));

            inAllFourPlaces(dashboard, others, chain.dashboard().toString());
            inAllFourPlaces(
                    dashboard, dashboard.refresh(others), chain.dashboard().toString());
            inAllFourPlaces(
                    portfolio, portfolio.refresh(tokens), chain.portfolio().toString());
            assertThat(others.accessClaims().path("sub"))
                    .isEqualTo(tokens.accessClaims().path("sub"));
        }

        @Test
        void the_picture_and_the_address_are_in_the_id_token() {
            assertThat(tokens.idClaims().path("picture").asText()).isEqualTo(chain.picture(person));
            assertThat(tokens.idClaims().path("email").asText()).isEqualTo(person.email());
        }

        private void inAllFourPlaces(OidcClient client, OidcClient.Tokens found, String origin) {
            JsonNode expected = claims(origin, client.clientId(), "github");
            assertThat(ours(found.accessClaims())).as("access token").isEqualTo(expected);
            assertThat(ours(found.idClaims())).as("ID token").isEqualTo(expected);
            assertThat(ours(client.userInfo(found))).as("userinfo").isEqualTo(expected);
            JsonNode introspection = client.introspect(found);
            assertThat(introspection.path("active").asBoolean()).isTrue();
            assertThat(ours(introspection)).as("introspection").isEqualTo(expected);
        }
    }

    @Nested
    class WithoutABrowser {

        private final String clientId = "throw-away-" + UUID.randomUUID();
        private final OidcClient client =
                new OidcClient(chain, clientId, UUID.randomUUID().toString(), chain.portfolio());

        @BeforeEach
        void create_a_client() {
            ObjectNode settings = JsonNodeFactory.instance
                    .objectNode()
                    .put("protocol", "openid-connect")
                    .put("publicClient", false)
                    .put("standardFlowEnabled", false)
                    .put("serviceAccountsEnabled", true)
                    .put("directAccessGrantsEnabled", true);
            chain.administrator().createClient(clientId, client.secret(), settings);
        }

        @AfterEach
        void delete_it() {
            chain.administrator().deleteClient(clientId);
        }

        @Test
        void a_service_account_says_its_client_and_nothing_else() {
            OidcClient.Tokens tokens = client.serviceAccount();

            assertThat(ours(tokens.accessClaims())).isEqualTo(claims(null, clientId, null));
            assertThat(ours(client.introspect(tokens))).isEqualTo(claims(null, clientId, null));
        }

        @Test
        void a_direct_grant_says_its_client_and_nothing_else() {
            String password = UUID.randomUUID().toString();
            String user = "local-" + UUID.randomUUID();
            chain.administrator().createUser(user, password);

            OidcClient.Tokens tokens = client.directGrant(user, password);

            assertThat(ours(tokens.accessClaims())).isEqualTo(claims(null, clientId, null));
            assertThat(ours(tokens.idClaims())).isEqualTo(claims(null, clientId, null));
            assertThat(ours(client.userInfo(tokens))).isEqualTo(claims(null, clientId, null));
            assertThat(ours(client.introspect(tokens))).isEqualTo(claims(null, clientId, null));
        }
    }

    private static JsonNode claims(String clientOrigin, String clientId, String provider) {
        ObjectNode claims = JsonNodeFactory.instance.objectNode();
        if (clientOrigin != null) {
            claims.put("clientOrigin", clientOrigin);
        }
        claims.put("clientId", clientId);
        if (provider != null) {
            claims.put("provider", provider);
        }
        return claims;
    }

    /** What of it is ours, {@code null} included if it is there. */
    private static JsonNode ours(JsonNode all) {
        return ((ObjectNode) all.deepCopy()).retain(CLAIMS);
    }
}
