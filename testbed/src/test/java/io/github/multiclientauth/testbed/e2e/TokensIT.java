package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.testbed.launch.Testbed;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.provider.Person;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our claims in all four places where a resource server or an application can read them. */
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
        void the_token_of_a_service_account_names_only_its_client() {
            OidcClient.Tokens tokens = client.serviceAccount();

            assertThat(ours(tokens.accessClaims())).isEqualTo(claims(null, clientId, null));
            assertThat(ours(client.introspect(tokens))).isEqualTo(claims(null, clientId, null));
        }

        @Test
        void the_token_of_a_direct_grant_names_only_its_client() {
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

    /** The mapper "Client origin" of one client removes addresses that are not verified. */
    @Nested
    class OfAClientThatWantsVerifiedAddressesOnly {

        private static final List<String> HELD_BACK = List.of("email", "email_verified", "mail");

        private final OidcClient careful = new OidcClient(chain, MadeClient.id(), "of-a-test", MadeClient.ORIGIN);

        @BeforeEach
        void create_a_client() {
            ObjectNode settings = MadeClient.settings(careful).put("publicClient", false);
            settings.withArray("protocolMappers")
                    .add(MadeClient.withholding())
                    .add(MadeClient.property("A first mapper of the address", "email", "mail"))
                    .add(MadeClient.property("Nested mapper of the address", "email", "contact.address"));
            chain.administrator().createClient(careful.clientId(), careful.secret(), settings);
        }

        @AfterEach
        void delete_it() {
            chain.administrator().deleteClient(careful.clientId());
        }

        @ParameterizedTest
        @ValueSource(booleans = {false, true})
        void an_unverified_address_is_in_none_of_the_four_places(boolean lightweight) {
            chain.administrator().updateClient(careful.clientId(), lightweight(lightweight));

            OidcClient.Tokens tokens = careful.redeem(careful.authorize(visitor, person));

            // Keycloak's userinfo requires more claims than a lightweight token has.
            Stream.concat(
                            tokens(tokens).entrySet().stream(),
                            lightweight ? Stream.empty() : Stream.of(Map.entry("userinfo", careful.userInfo(tokens))))
                    .forEach(held -> {
                        String place = held.getKey();
                        JsonNode claims = held.getValue();
                        assertThat(claims.fieldNames()).toIterable().as(place).doesNotContainAnyElementsOf(HELD_BACK);
                        assertThat(claims.toString()).as(place).doesNotContainIgnoringCase(person.email() + "\"");
                    });
            assertThat(ours(tokens.idClaims()))
                    .isEqualTo(claims(MadeClient.ORIGIN.toString(), careful.clientId(), "github"));
        }

        @Test
        void a_verified_address_is_in_all_four_places() {
            OidcClient.Tokens tokens = careful.redeem(careful.authorize(visitor, person));
            chain.administrator()
                    .setEmailVerified(
                            chain.administrator()
                                    .user(person.email())
                                    .path("id")
                                    .asText(),
                            true);

            everywhere(careful.refresh(tokens)).forEach((place, claims) -> {
                assertThat(claims.path("email").asText()).as(place).isEqualTo(person.email());
                assertThat(claims.path("email_verified").asBoolean()).as(place).isTrue();
                assertThat(claims.path("contact").path("address").asText())
                        .as(place)
                        .isEqualTo(person.email());
            });
        }

        @Test
        void other_clients_of_the_same_user_still_get_the_address() {
            careful.authorize(visitor, person);
            OidcClient portfolio =
                    new OidcClient(chain, Testbed.PORTFOLIO, chain.secrets().portfolio(), chain.portfolio());

            OidcClient.Tokens tokens = portfolio.redeem(portfolio.authorizeSignedIn(visitor));

            assertThat(tokens.idClaims().path("email").asText()).isEqualTo(person.email());
        }

        private Map<String, JsonNode> everywhere(OidcClient.Tokens tokens) {
            Map<String, JsonNode> all = new HashMap<>(tokens(tokens));
            all.put("userinfo", careful.userInfo(tokens));
            return all;
        }

        private Map<String, JsonNode> tokens(OidcClient.Tokens tokens) {
            JsonNode introspection = careful.introspect(tokens);
            assertThat(introspection.path("active").asBoolean()).isTrue();
            return Map.of(
                    "access token", tokens.accessClaims(),
                    "ID token", tokens.idClaims(),
                    "introspection", introspection);
        }

        private static ObjectNode lightweight(boolean on) {
            ObjectNode settings = JsonNodeFactory.instance.objectNode();
            settings.withObject("/attributes").put("client.use.lightweight.access.token.enabled", on);
            return settings;
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

    /** Our claims, including those that are {@code null}. */
    private static JsonNode ours(JsonNode all) {
        return ((ObjectNode) all.deepCopy()).retain(CLAIMS);
    }
}
