package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jwt.SignedJWT;
import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.proof.Cookie;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.provider.Person;
import io.github.multiclientauth.testbed.provider.auth0.StandInAuth0;
import io.github.multiclientauth.testbed.web.Parameters;
import java.net.URI;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Signing out by way of Keycloak's own page, as an administrator may want it for an application. */
@EndToEnd
class SignOutAtKeycloakIT {

    private static final String RETURN_TO = "post.logout.redirect.uris";

    private final Chain chain;
    private final KeycloakAdministrator administrator;
    private final Visitor visitor;
    private final Auth portfolio;
    private final Person person;
    private final String before;

    SignOutAtKeycloakIT(Chain chain) {
        this.chain = chain;
        this.administrator = chain.administrator();
        this.visitor = chain.visitor();
        this.portfolio = new Auth(visitor, chain.portfolio());
        this.person = chain.somebody();
        this.before = client().path("attributes").path(RETURN_TO).asText();
    }

    @BeforeEach
    void want_it_so() {
        administrator.addMapper("portfolio", MadeClient.signingOutAtKeycloak());
    }

    @AfterEach
    void as_before() {
        administrator.removeMapper("portfolio", "Client origin");
        returnTo(before);
    }

    @Test
    void ends_everything_and_returns_to_the_application() {
        returnTo(chain.portfolio() + "/*");
        String userId = signIn();
        chain.atDashboard(visitor).start();
        List<Cookie> copies = portfolio.cookies();

        Answer answer = signOut("/");

        assertThat(portfolio.session().isNull())
                .as("before the browser gets to Keycloak")
                .isTrue();
        Visitor thief = chain.visitor();
        copies.forEach(thief.cookies()::put);
        assertThat(new Auth(thief, chain.portfolio()).session().isNull()).isTrue();
        assertThat(answer.location().orElseThrow().toString())
                .startsWith(chain.issuer() + "/protocol/openid-connect/logout?");
        assertThat(claims(answer)).containsOnlyKeys("typ", "azp", "sid", "iat", "exp");

        Answer end = visitor.follow(answer);

        assertThat(end.address()).isEqualTo(URI.create(chain.portfolio() + "/"));
        assertThat(administrator.sessions(userId)).isEmpty();
        assertThat(new Auth(visitor, chain.dashboard()).session().isNull()).isTrue();
        assertThat(chain.atPortfolio(visitor).start().document().select("button[name=login]"))
                .as("the provider asks again")
                .isNotEmpty();
    }

    @Test
    void stays_at_keycloaks_page_if_no_post_logout_redirect_uri_fits() {
        returnTo("-");
        String userId = signIn();

        Answer end = visitor.follow(signOut("/"));

        assertThat(end.address().toString()).startsWith(chain.issuer().toString());
        assertThat(end.status()).isEqualTo(200);
        assertThat(end.document().text()).contains("logged out");
        assertThat(administrator.sessions(userId)).isEmpty();
    }

    @Test
    void a_client_of_auth_js_gets_the_address_as_json() {
        returnTo("+");
        String userId = signIn();

        Answer answer = visitor.post(
                portfolio.at("signout"),
                Map.of("csrfToken", portfolio.csrfToken(), "callbackUrl", "/"),
                Auth.RETURN_REDIRECT,
                "1");

        URI address = URI.create(answer.json().path("url").asText());
        assertThat(address.toString()).startsWith(chain.issuer() + "/protocol/openid-connect/logout?");
        visitor.follow(visitor.get(address));
        assertThat(administrator.sessions(userId)).isEmpty();
    }

    /** Somebody who has the address later can end nothing with it but that session. */
    @Test
    void the_address_is_worth_nothing_afterwards() {
        returnTo(chain.portfolio() + "/*");
        signIn();
        Answer first = signOut("/");
        visitor.follow(first);
        String userId = signIn();

        visitor.get(first.location().orElseThrow());

        assertThat(portfolio.session().isNull()).isFalse();
        assertThat(administrator.sessions(userId)).hasSize(1);
    }

    @Test
    void without_a_session_nobody_goes_to_keycloak() {
        Answer answer = signOut("/bye");

        assertThat(answer.location()).hasValue(URI.create(chain.portfolio() + "/bye"));
    }

    /** Keycloak's broker does that by itself for a provider with a Logout URL. */
    @Test
    void the_providers_session_ends_too_where_its_broker_can() throws Exception {
        returnTo(chain.portfolio() + "/*");
        JsonNode redirectUris = client().path("redirectUris");
        try (MadeProvider provider = MadeProvider.of(chain, "oidc")) {
            comeBackTo(redirectUris.<ArrayNode>deepCopy().add("/api/auth/callback/" + provider.alias()));
            String logout =
                    URI.create(StandInAuth0.ISSUER).resolve("/oidc/logout").toString();
            administrator.configureProvider(provider.alias(), "logoutUrl", logout);
            Soon.see(() -> visitor.get(portfolio.at("providers")).json().has(provider.alias()), offered -> offered);
            chain.atPortfolio(visitor).with(provider.alias()).as(person.login());

            Answer atKeycloak = visitor.get(signOut("/").location().orElseThrow());

            assertThat(atKeycloak.location().orElseThrow().toString())
                    .startsWith(logout + "?")
                    .contains("post_logout_redirect_uri=", "id_token_hint=");
            assertThat(portfolio.session().isNull()).isTrue();
        } finally {
            comeBackTo(redirectUris);
        }
    }

    private void comeBackTo(JsonNode redirectUris) {
        administrator.updateClient(
                "portfolio", JsonNodeFactory.instance.objectNode().set("redirectUris", redirectUris));
    }

    private String signIn() {
        return chain.atPortfolio(visitor)
                .as(person.login())
                .path("user")
                .path("id")
                .asText();
    }

    private Answer signOut(String callbackUrl) {
        return visitor.post(
                portfolio.at("signout"), Map.of("csrfToken", portfolio.csrfToken(), "callbackUrl", callbackUrl));
    }

    private static Map<String, Object> claims(Answer answer) {
        String hint = Parameters.ofQuery(answer.location().orElseThrow()).get("id_token_hint");
        try {
            return SignedJWT.parse(hint).getPayload().toJSONObject();
        } catch (ParseException noToken) {
            throw new AssertionError("The hint is no token", noToken);
        }
    }

    private JsonNode client() {
        return administrator.get("/clients?clientId=portfolio").get(0);
    }

    private void returnTo(String uris) {
        ObjectNode changed = JsonNodeFactory.instance.objectNode();
        changed.set("attributes", ((ObjectNode) client().path("attributes")).put(RETURN_TO, uris));
        administrator.updateClient("portfolio", changed);
    }
}
