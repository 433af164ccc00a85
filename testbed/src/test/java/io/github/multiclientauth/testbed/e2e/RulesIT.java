package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.provider.Person;
import io.github.multiclientauth.testbed.web.Parameters;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A client that allows two of the five providers refuses every way to sign in with another one. */
@EndToEnd
class RulesIT {

    private final Chain chain;
    private final OidcClient client;
    private final Person person;
    private final Visitor visitor;

    RulesIT(Chain chain) {
        this.chain = chain;
        this.client = new OidcClient(chain, MadeClient.id(), "", MadeClient.ORIGIN);
        this.person = chain.somebody();
        this.visitor = chain.visitor();
    }

    @BeforeEach
    void create_a_client_with_a_rule() {
        ObjectNode settings = MadeClient.settings(client);
        settings.withArray("protocolMappers").add(MadeClient.rule("github", "google"));
        chain.administrator().createClient(client.clientId(), null, settings);
    }

    @AfterEach
    void delete_the_client() {
        chain.administrator().deleteClient(client.clientId());
    }

    @Test
    void an_allowed_provider_signs_in() {
        Answer page = visitor.browse(request("kc_idp_hint", "google"));

        Map<String, String> answer = comesBack(visitor.press(page, login()));

        assertThat(answer).containsKey("code").doesNotContainKey("error");
    }

    @Test
    void a_hint_at_a_forbidden_provider_is_refused_before_a_redirect_to_it() {
        Map<String, String> answer = comesBack(visitor.get(request("kc_idp_hint", "facebook")));

        assertThat(answer).containsEntry("error", "access_denied").containsKey("state");
        assertThat(visitor.history())
                .noneMatch(seen -> seen.address().getPort() == chain.provider().port());
    }

    @Test
    void the_login_page_lists_only_allowed_providers() {
        Answer page = visitor.browse(request());

        assertThat(page.document().select("a[href*=/broker/]").eachAttr("href"))
                .hasSize(2)
                .anyMatch(href -> href.contains("/broker/github/"))
                .anyMatch(href -> href.contains("/broker/google/"));
        assertThat(page.body())
                .as("the page, and whatever data it has for scripts")
                .doesNotContainIgnoringCase("facebook")
                .doesNotContainIgnoringCase("linkedin")
                .doesNotContainIgnoringCase("auth0");
    }

    @Test
    void the_address_of_a_hidden_button_is_refused() {
        Answer page = visitor.browse(request());
        String gitHub = page.document().selectFirst("a[href*=/broker/github/]").absUrl("href");

        Map<String, String> answer =
                comesBack(visitor.get(URI.create(gitHub.replace("/broker/github/", "/broker/facebook/"))));

        assertThat(answer).containsEntry("error", "access_denied");
        assertThat(chain.administrator().users(person.email())).isEmpty();
    }

    @Test
    void a_session_of_a_forbidden_provider_is_not_accepted() {
        chain.atDashboard(visitor).with("facebook").as(person.login());

        Answer page = visitor.browse(request());
        Map<String, String> silent = comesBack(visitor.get(request("prompt", "none")));

        assertThat(page.document().select("a[href*=/broker/]")).hasSize(2);
        assertThat(silent).containsEntry("error", "login_required");
        assertThat(chain.atDashboard(visitor).session().isNull()).isFalse();
    }

    @Test
    void a_state_for_an_allowed_provider_does_not_admit_a_forbidden_one() {
        Answer consent = visitor.browse(request("kc_idp_hint", "github"));
        Map<String, String> atFacebook = new LinkedHashMap<>();
        atFacebook.put(
                "client_id", chain.apps().of("facebook", client.clientId()).clientId());
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

    /** Keycloak does not run the mappers of an optional scope that is not requested. */
    @Test
    void a_later_rule_in_an_optional_scope_ends_forbidden_sessions() {
        OidcClient.Tokens tokens = client.redeem(client.authorize(visitor, person));
        assertThat(client.refresh(tokens).accessToken()).isNotEmpty();

        chain.administrator()
                .addOptionalScope(client.clientId(), "scope-of-" + client.clientId(), MadeClient.rule("google"));

        assertThatThrownBy(() -> client.refresh(tokens)).hasMessageContaining("provider_not_allowed");
    }

    @Test
    void without_the_rule_the_same_session_is_single_sign_on() {
        chain.atDashboard(visitor).with("facebook").as(person.login());

        chain.atPortfolio(visitor).with("facebook").start();
        JsonNode portfolio = chain.atPortfolio(visitor).session();

        assertThat(portfolio.path("user").path("provider").asText()).isEqualTo("facebook");
    }

    @Nested
    @FromKeycloak(value = "26.3", does = "lets an application ask for a link to another provider (kc_action=idp_link)")
    class Linking {

        @Test
        void with_a_forbidden_provider_is_refused_and_the_session_continues() {
            client.authorize(visitor, person);

            Map<String, String> answer = comesBack(visitor.get(request("kc_action", "idp_link:facebook")));

            assertThat(answer).containsEntry("error", "access_denied").doesNotContainKey("code");
            assertThat(visitor.history())
                    .noneMatch(seen -> seen.address().getPath().startsWith("/facebook/"));
            assertThat(chain.administrator().links(userId())).containsExactly("github");
            assertThat(comesBack(visitor.get(request("prompt", "none")))).containsKey("code");
        }

        @Test
        void with_an_allowed_provider_links_and_does_not_change_the_session() {
            client.authorize(visitor, person);
            Answer question = visitor.browse(request("kc_action", "idp_link:google"));
            Answer consent = visitor.follow(visitor.press(question, "#kc-continue"));

            Map<String, String> answer = comesBack(visitor.press(consent, login()));

            assertThat(answer).containsKey("code").containsEntry("kc_action_status", "success");
            assertThat(chain.administrator().links(userId())).containsExactlyInAnyOrder("github", "google");
            assertThat(client.redeem(answer.get("code"))
                            .idClaims()
                            .path("provider")
                            .asText())
                    .isEqualTo("github");
        }

        private String userId() {
            return chain.administrator().user(person.email()).path("id").asText();
        }
    }

    /** The client with the rule exchanges tokens of a client without one. */
    @Nested
    @FromKeycloak(value = "26.2", does = "exchanges tokens by the standard (RFC 8693)")
    class TokenExchange {

        private final OidcClient exchanging = new OidcClient(chain, MadeClient.id(), "of-a-test", MadeClient.ORIGIN);
        private final OidcClient free = new OidcClient(chain, MadeClient.id(), "", MadeClient.ORIGIN);

        @BeforeEach
        void create_the_clients() {
            ObjectNode settings = MadeClient.settings(exchanging);
            settings.put("publicClient", false);
            settings.withObject("/attributes").put("standard.token.exchange.enabled", "true");
            settings.withArray("protocolMappers").add(MadeClient.rule("github", "google"));
            chain.administrator().createClient(exchanging.clientId(), exchanging.secret(), settings);
            ObjectNode freely = MadeClient.settings(free);
            freely.withArray("protocolMappers").add(MadeClient.audience(exchanging.clientId()));
            chain.administrator().createClient(free.clientId(), null, freely);
        }

        @AfterEach
        void delete_the_clients() {
            chain.administrator().deleteClient(exchanging.clientId());
            chain.administrator().deleteClient(free.clientId());
        }

        @Test
        void is_refused_for_a_session_of_a_forbidden_provider() {
            OidcClient.Tokens subject = signedInWith("facebook");

            assertThatThrownBy(() -> exchanging.exchange(subject)).hasMessageContaining("provider_not_allowed");
        }

        @Test
        void is_allowed_for_a_session_of_an_allowed_provider() {
            OidcClient.Tokens exchanged = exchanging.exchange(signedInWith("google"));

            assertThat(exchanged.accessClaims().path("clientId").asText()).isEqualTo(exchanging.clientId());
        }

        private OidcClient.Tokens signedInWith(String provider) {
            Answer consent = visitor.browse(free.request("kc_idp_hint", provider));
            return free.redeem(
                    free.comesBack(visitor, visitor.press(consent, login())).get("code"));
        }
    }

    /** Keycloak's own code handles this type, so nothing of ours runs before the redirect to the provider. */
    @Nested
    @FromKeycloak(value = "26.3", does = "has a provider of the type OAuth v2")
    class OfATypeThatTheExtensionDoesNotKnow {

        private final MadeProvider foreign = MadeProvider.of(chain, "oauth2");
        private final OidcClient free = new OidcClient(chain, MadeClient.id(), "", MadeClient.ORIGIN);

        @BeforeEach
        void create_a_client_without_a_rule() {
            chain.administrator().createClient(free.clientId(), null, MadeClient.settings(free));
        }

        @AfterEach
        void delete_them() {
            foreign.close();
            chain.administrator().deleteClient(free.clientId());
        }

        @Test
        void creates_no_account_for_a_new_user() {
            Map<String, String> answer = comesBack(visitor.press(goesThereUnasked(visitor), login()));

            assertThat(answer).containsEntry("error", "access_denied").doesNotContainKey("code");
            assertThat(chain.administrator().users(person.email())).isEmpty();
        }

        @Test
        void does_not_sign_a_known_user_in() {
            Visitor before = chain.visitor();
            Answer consent = before.browse(free.request("kc_idp_hint", foreign.alias()));
            assertThat(free.comesBack(before, before.press(consent, login()))).containsKey("code");
            String userId =
                    chain.administrator().user(person.email()).path("id").asText();

            Map<String, String> answer = comesBack(visitor.press(goesThereUnasked(visitor), login()));

            assertThat(answer).containsEntry("error", "access_denied").doesNotContainKey("code");
            assertThat(chain.administrator().sessions(userId)).hasSize(1);
            assertThat(comesBack(visitor.get(request("prompt", "none")))).containsEntry("error", "login_required");
        }

        @Test
        void signs_users_in_where_it_is_allowed() {
            Answer consent = visitor.browse(free.request("kc_idp_hint", foreign.alias()));

            String code =
                    free.comesBack(visitor, visitor.press(consent, login())).get("code");

            assertThat(free.redeem(code).idClaims().path("provider").asText()).isEqualTo(foreign.alias());
        }

        private Answer goesThereUnasked(Visitor by) {
            Answer page = by.browse(request());
            String gitHub =
                    page.document().selectFirst("a[href*=/broker/github/]").absUrl("href");
            return by.browse(URI.create(gitHub.replace("/broker/github/", "/broker/" + foreign.alias() + "/")));
        }
    }

    /** A client whose team changes it through Keycloak's client registration service, with its registration access token. */
    @Nested
    class OfAClientThatItsTeamChanges {

        private static final String SCOPE = "multi-client-auth";

        private final ObjectNode rule = MadeClient.rule("google").put("name", "Rule of " + client.clientId());

        @BeforeEach
        void put_the_rule_where_only_realm_administrators_can_change_it() {
            rule.withObject("/config").put("clients", client.clientId());
            chain.administrator().addMapperToScope(SCOPE, rule);
        }

        @AfterEach
        void remove_it() {
            chain.administrator().removeMapperFromScope(SCOPE, rule.path("name").asText());
        }

        @Test
        void the_rule_in_the_client_scope_applies_after_the_clients_mappers_are_removed() throws Exception {
            ObjectNode change = JsonNodeFactory.instance.objectNode();
            change.putArray("protocolMappers");

            JsonNode changed = change(change.put("directAccessGrantsEnabled", true));

            assertThat(changed.path("protocolMappers")).isEmpty();
            assertThat(comesBack(visitor.get(request("kc_idp_hint", "github"))))
                    .containsEntry("error", "access_denied");
            Answer consent = visitor.browse(request("kc_idp_hint", "google"));
            assertThat(comesBack(visitor.press(consent, login()))).containsKey("code");
        }

        /** The team can only make the client stop being an application. */
        @Test
        void a_client_that_removes_the_client_scope_is_not_an_application() throws Exception {
            ObjectNode change = JsonNodeFactory.instance.objectNode();
            change.putArray("defaultClientScopes").add("basic").add("profile").add("email");
            change.putArray("optionalClientScopes");

            JsonNode changed = change(change);

            assertThat(changed.path("defaultClientScopes").toString()).doesNotContain(SCOPE);
            Soon.see(() -> new DirectoryReader(chain).find(client.clientId()), Optional::isEmpty);
        }

        @Test
        void the_directory_applies_the_rule_only_to_the_client_that_it_names() throws Exception {
            DirectoryReader directory = new DirectoryReader(chain);

            Soon.see(
                    () -> directory
                            .application(client.clientId())
                            .path("providers")
                            .findValuesAsText("alias"),
                    List.of("google")::equals);
            assertThat(directory.application("portfolio").path("providers").findValuesAsText("alias"))
                    .contains("github", "google");
        }

        private JsonNode change(ObjectNode change) throws Exception {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create(chain.issuer() + "/clients-registrations/default/" + client.clientId()))
                    .header(
                            "Authorization",
                            "Bearer " + chain.administrator().registrationAccessToken(client.clientId()))
                    .header("Content-Type", "application/json")
                    .PUT(HttpRequest.BodyPublishers.ofString(
                            change.put("clientId", client.clientId()).toString()))
                    .build();
            HttpResponse<String> response =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            return new ObjectMapper().readTree(response.body());
        }
    }

    private String login() {
        return "button[name=login][value=" + person.login() + "]";
    }

    /** An authorization request without a hint, unless {@code more} has one. */
    private URI request(String... more) {
        return client.request(
                Stream.concat(Stream.of("kc_idp_hint", null), Stream.of(more)).toArray(String[]::new));
    }

    private Map<String, String> comesBack(Answer answer) {
        return client.comesBack(visitor, answer);
    }
}
