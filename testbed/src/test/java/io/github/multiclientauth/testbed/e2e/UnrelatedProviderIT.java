package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.provider.Person;
import java.net.URI;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A name alone gives an identity provider neither the trust in another provider nor what rules allow for that. */
@EndToEnd
class UnrelatedProviderIT {

    private final Chain chain;
    private final OwnProviders own;
    private final Person person;
    private final Visitor visitor;

    UnrelatedProviderIT(Chain chain) {
        this.chain = chain;
        this.own = new OwnProviders(chain);
        this.person = chain.somebody();
        this.visitor = chain.visitor();
    }

    @AfterEach
    void delete_it() {
        own.close();
    }

    /** The realm's provider is "auth0". A provider at another issuer has the name of a sibling. */
    @Nested
    class NamedLikeASibling {

        private final String clientId = own.name("partner");
        private final String alias = "auth0-" + clientId;

        @Test
        void does_not_forge_the_claim_provider() {
            OidcClient client = own.client(clientId, alias);
            own.ofAnotherIssuer(alias, true);

            OidcClient.Tokens tokens = client.redeem(client.authorize(visitor, person));

            assertThat(tokens.idClaims().path("provider").asText()).isEqualTo(alias);
            assertThat(tokens.accessClaims().path("provider").asText()).isEqualTo(alias);
        }

        @Test
        void is_refused_by_a_rule_that_allows_the_other() {
            OidcClient client = own.client(clientId, alias);
            chain.administrator().addMapper(clientId, MadeClient.rule("auth0"));
            own.ofAnotherIssuer(alias, true);

            Map<String, String> answer = client.comesBack(visitor, visitor.get(client.authorizationRequest()));

            assertThat(answer).satisfies(Refusal.described("provider_not_allowed"));
        }

        @Test
        void does_not_replace_the_other() {
            OidcClient client = own.client(clientId, "auth0");
            own.ofAnotherIssuer(alias, true);

            Answer page = visitor.browse(client.authorizationRequest());

            assertThat(page.address().getPath()).startsWith("/auth0/");
        }

        @Test
        void does_not_lend_its_credentials() {
            OidcClient client = own.client(clientId, "auth0");
            own.ofAnotherIssuer(alias, false);

            Answer page = visitor.browse(client.authorizationRequest());

            assertThat(page.address().getQuery()).doesNotContain("app-of-" + alias);
        }

        @Test
        void does_not_link_accounts_through_the_trust_in_the_other() {
            chain.atPortfolio(chain.visitor()).with("github").as(person.login());
            String id = chain.administrator().user(person.email()).path("id").asText();
            chain.administrator().setEmailVerified(id, true);
            OidcClient client = own.client(clientId, alias);
            own.ofAnotherIssuer(alias, true);

            Answer page = whileTrusted("auth0", () -> visitor.follow(client.agree(visitor, person)));

            assertThat(page.document().select("#linkAccount")).hasSize(1);
            assertThat(chain.administrator().links(id)).containsExactly("github");
        }

        @Test
        void is_reported_by_the_doctor() {
            own.client(clientId, alias);
            own.ofAnotherIssuer(alias, true);

            assertThat(findings())
                    .anyMatch(finding -> finding.path("id").asText().equals("sibling-does-not-count")
                            && finding.path("clientId").asText().equals(clientId)
                            && finding.path("message").asText().contains('"' + alias + '"'));
        }

        @Test
        void links_accounts_if_it_is_trusted_itself() {
            chain.atPortfolio(chain.visitor()).with("github").as(person.login());
            String id = chain.administrator().user(person.email()).path("id").asText();
            chain.administrator().setEmailVerified(id, true);
            OidcClient client = own.client(clientId, alias);
            own.ofAnotherIssuer(alias, true);

            String code = whileTrusted(alias, () -> client.authorize(visitor, person));

            assertThat(code).isNotEmpty();

            assertThat(chain.administrator().links(id)).containsExactlyInAnyOrder("github", alias);
        }
    }

    /** A provider with the same name at the same tenant is a sibling. */
    @Test
    void a_sibling_at_the_same_issuer_replaces_the_shared_one_and_has_its_name() {
        String clientId = own.name("partner");
        OidcClient client = own.client(clientId, "auth0");
        own.atTheTenant("auth0-" + clientId, true);

        OidcClient.Tokens tokens = client.redeem(client.authorize(visitor, person));

        assertThat(tokens.idClaims().path("provider").asText()).isEqualTo("auth0");
        assertThat(chain.administrator()
                        .links(chain.administrator()
                                .user(person.email())
                                .path("id")
                                .asText()))
                .containsExactly("auth0-" + clientId);
    }

    /** "oidc-eu-shop" can mean oidc-eu for the client shop, or oidc for the client eu-shop. */
    @Test
    void an_ambiguous_name_counts_only_for_the_provider_at_the_same_issuer() {
        String shared = own.name("door");
        String shop = own.name("shop");
        own.atTheTenant(shared, true);
        own.ofAnotherIssuer(shared + "-eu", true);
        own.atTheTenant(shared + "-eu-" + shop, true);
        OidcClient euShop = own.client("eu-" + shop, shared);
        OidcClient justShop = own.client(shop, shared + "-eu");

        Answer ofEuShop = visitor.browse(euShop.authorizationRequest());
        Answer ofShop = chain.visitor().browse(justShop.authorizationRequest());

        assertThat(ofEuShop.address().getQuery()).contains("app-of-" + shared + "-eu-" + shop);
        assertThat(ofShop.address().getQuery())
                .contains("app-of-" + shared + "-eu")
                .doesNotContain("app-of-" + shared + "-eu-" + shop);
    }

    /** "keycloak" is the name of Keycloak's own login page in rules and tokens. */
    @Nested
    class NamedLikeKeycloaksOwnLoginPage {

        @ParameterizedTest
        @ValueSource(strings = {"keycloak", "Keycloak"})
        void is_refused_if_keycloaks_login_page_is_allowed(String alias) {
            OidcClient client = own.client(own.name("shop"), alias);
            chain.administrator().addMapper(client.clientId(), MadeClient.rule("keycloak", alias));
            own.atTheTenant(alias, true);

            Map<String, String> answer = client.comesBack(visitor, visitor.get(client.authorizationRequest()));

            assertThat(answer).satisfies(Refusal.described("provider_not_allowed"));
        }

        @Test
        void is_refused_without_a_rule() {
            OidcClient client = own.client(own.name("shop"), "keycloak");
            own.atTheTenant("keycloak", true);

            Map<String, String> answer = client.comesBack(visitor, visitor.get(client.authorizationRequest()));

            assertThat(answer).satisfies(Refusal.described("provider_not_allowed"));
        }

        @Test
        void has_no_sibling_either() {
            OidcClient client = own.client(own.name("shop"), "keycloak-" + own.name("shop"));
            chain.administrator().addMapper(client.clientId(), MadeClient.rule("keycloak"));
            own.atTheTenant("keycloak", false);
            own.atTheTenant("keycloak-" + client.clientId(), true);

            Map<String, String> answer = client.comesBack(visitor, visitor.get(client.authorizationRequest()));

            assertThat(answer).satisfies(Refusal.described("provider_not_allowed"));
        }

        @Test
        void is_reported_by_the_doctor() {
            own.atTheTenant("keycloak", true);

            assertThat(findings())
                    .anyMatch(finding -> finding.path("id").asText().equals("provider-named-keycloak")
                            && finding.path("message").asText().contains("\"keycloak\""));
        }

        @Test
        void is_not_on_the_login_page() {
            OidcClient client = own.client(own.name("shop"), "keycloak");
            own.provider(
                    "keycloak",
                    "facebook",
                    chain.providers().facebook().standIn(),
                    true,
                    "keycloak",
                    Map.of("hideOnLoginPage", "false"));
            chain.administrator().updateProvider("keycloak", shown());

            Answer page = visitor.browse(client.request("kc_idp_hint", null));

            assertThat(page.document().select("a[href*=/broker/github/]")).hasSize(1);
            assertThat(page.document().select("a[href*=/broker/keycloak/]")).isEmpty();
        }

        /** Clients that have not opted in may use it. Its session must not count as one of Keycloak's own login page. */
        @Test
        void starts_no_session_that_counts_as_one_of_keycloaks_login_page() {
            OidcClient free = new OidcClient(chain, MadeClient.id(), "", MadeClient.ORIGIN, "keycloak");
            OidcClient client = own.client(own.name("shop"), "keycloak");
            chain.administrator().addMapper(client.clientId(), MadeClient.rule("keycloak"));
            own.atTheTenant("keycloak", true);
            chain.administrator().createPlainClient(free.clientId(), MadeClient.settings(free));
            try {
                assertThat(free.authorize(visitor, person)).isNotEmpty();

                Map<String, String> silent =
                        client.comesBack(visitor, visitor.get(client.request("kc_idp_hint", null, "prompt", "none")));

                assertThat(silent).containsEntry("error", "login_required");
            } finally {
                chain.administrator().deleteClient(free.clientId());
            }
        }

        private static ObjectNode shown() {
            return JsonNodeFactory.instance.objectNode().put("hideOnLogin", false);
        }
    }

    private JsonNode findings() {
        return chain.visitor()
                .get(
                        URI.create(chain.issuer() + "/multi-client-auth/doctor"),
                        "Authorization",
                        "Bearer " + new DirectoryReader(chain).accessToken())
                .json()
                .path("findings");
    }

    private <T> T whileTrusted(String alias, Supplier<T> signIn) {
        String flow = "multi-client-auth first sign-in";
        String before =
                chain.administrator().configureStep(flow, "link-verified-email", "providersTrustedForEmail", alias);
        try {
            return signIn.get();
        } finally {
            chain.administrator().configureStep(flow, "link-verified-email", "providersTrustedForEmail", before);
        }
    }
}
