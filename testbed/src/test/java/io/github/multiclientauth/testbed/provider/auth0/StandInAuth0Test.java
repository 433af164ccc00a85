package io.github.multiclientauth.testbed.provider.auth0;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.provider.internet.Internet;
import io.github.multiclientauth.testbed.provider.oauth.At;
import io.github.multiclientauth.testbed.provider.oauth.IdToken;
import io.github.multiclientauth.testbed.provider.oauth.ProviderTest;
import io.github.multiclientauth.testbed.provider.oauth.RelyingParty;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StandInAuth0Test extends ProviderTest {

    private static final String TENANT = "https://demo-tenant.eu.auth0.com";

    StandInAuth0Test() {
        super(At.AUTH0);
    }

    @Test
    void publishes_its_endpoints() {
        JsonNode document = visitor.get(URI.create(TENANT + "/.well-known/openid-configuration"))
                .json();

        assertThat(document.path("issuer").asText())
                .as("with a slash at the end")
                .isEqualTo(TENANT + "/")
                .isEqualTo(StandInAuth0.ISSUER)
                .isEqualTo(IdToken.of(app.tokens(person.login(), Map.of()))
                        .claims()
                        .path("iss")
                        .asText());
        assertThat(document.path("authorization_endpoint").asText()).isEqualTo(TENANT + "/authorize");
        assertThat(document.path("token_endpoint").asText()).isEqualTo(TENANT + "/oauth/token");
        assertThat(document.path("userinfo_endpoint").asText()).isEqualTo(TENANT + "/userinfo");
        assertThat(visitor.get(URI.create(document.path("jwks_uri").asText())).status())
                .isEqualTo(200);
    }

    @Test
    void describes_a_person_of_the_database() {
        JsonNode profile = app.profile(person.login());

        assertThat(profile.properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder(
                        "sub", "nickname", "name", "picture", "updated_at", "email", "email_verified");
        assertThat(profile.path("sub").asText())
                .matches("auth0\\|[0-9a-f]{24}")
                .isEqualTo(internet.providers().auth0().subject(person));
        assertThat(profile.path("email_verified").asBoolean(false)).isTrue();
    }

    @Test
    void describes_a_person_from_google_with_more_claims() {
        JsonNode profile = app.profile("grace");

        assertThat(profile.path("sub").asText()).matches("google-oauth2\\|1[0-9]{20}");
        assertThat(profile.path("given_name").asText()).isEqualTo("Grace");
        assertThat(profile.path("family_name").asText()).isEqualTo("Hopper");
    }

    @Test
    void uses_the_address_as_name_of_people_without_one() {
        assertThat(app.profile("hubot").path("name").asText()).isEqualTo("hubot@example.com");
    }

    @Test
    void has_unverified_addresses() {
        assertThat(app.profile("ada-l").path("email_verified").asBoolean(true)).isFalse();
        assertThat(IdToken.of(app.tokens("ada-l", Map.of()))
                        .claims()
                        .path("email_verified")
                        .asBoolean(true))
                .isFalse();
        internet.providers().auth0().facts().set(person.login(), new Auth0Facts("google-oauth2", false));
        assertThat(app.profile(person.login()).path("email_verified").asBoolean(true))
                .isFalse();
        assertThat(app.profile(person.login()).path("sub").asText()).startsWith("google-oauth2|");
    }

    @Test
    void has_the_same_subject_for_every_app() {
        RelyingParty other = otherApp();

        assertThat(other.profile(person.login()).path("sub"))
                .isEqualTo(app.profile(person.login()).path("sub"));
    }

    @Test
    void accepts_token_requests_in_json() throws JsonProcessingException {
        Map<String, String> request = Map.of(
                "grant_type",
                "authorization_code",
                "code",
                app.code(person.login(), Map.of()),
                "redirect_uri",
                RelyingParty.CALLBACK,
                "client_id",
                "the-app",
                "client_secret",
                Internet.APP.clientSecret());

        Answer answer =
                visitor.postJson(URI.create(TENANT + "/oauth/token"), new ObjectMapper().writeValueAsString(request));

        assertThat(answer.json().path("access_token").asText()).isNotBlank();
        assertThat(visitor.postJson(URI.create(TENANT + "/oauth/token"), "{\"client_id\":")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void ignores_unknown_scopes() {
        JsonNode tokens = app.tokens(person.login(), Map.of("scope", "openid read:everything"));

        assertThat(tokens.path("scope").asText()).isEqualTo("openid");
        assertThat(app.profile("", tokens.path("access_token").asText()).json().properties())
                .extracting(Map.Entry::getKey)
                .containsExactly("sub");
    }

    @Test
    void issues_a_refresh_token_for_offline_access() {
        JsonNode tokens = app.tokens(person.login(), Map.of("scope", "openid offline_access"));
        Map<String, String> refresh = new HashMap<>(Map.of(
                "grant_type",
                "refresh_token",
                "refresh_token",
                tokens.path("refresh_token").asText()));

        assertThat(app.redeem(null, refresh).json().has("access_token")).isTrue();
        refresh.put("refresh_token", "made-up");
        assertThat(app.redeem(null, refresh).status()).isEqualTo(403);
    }

    @Test
    void reports_errors_of_a_request() {
        assertThat(app.ask(Map.of("redirect_uri", "http://evil.example/")))
                .satisfies(page -> assertThat(page.status()).isEqualTo(403))
                .satisfies(page -> assertThat(page.document().text()).contains("Callback URL mismatch"));
        assertThat(app.ask(Map.of("client_id", "<b>nobody</b>")))
                .satisfies(page -> assertThat(page.document().text()).contains("Unknown client: <b>nobody</b>"))
                .satisfies(page -> assertThat(page.document().select("b")).isEmpty());
        assertThat(app.ask(RelyingParty.without("response_type")).status()).isEqualTo(400);
        assertThat(RelyingParty.returned(app.ask(Map.of("response_type", "token"))))
                .containsEntry("error", "unsupported_response_type");
        assertThat(RelyingParty.returned(app.ask(Map.of("code_challenge", "x", "code_challenge_method", "S512"))))
                .containsEntry("error", "invalid_request");
    }

    @Test
    void answers_unauthorized_in_one_word() {
        Answer answer = app.profile("", "none");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body()).isEqualTo("Unauthorized");
        assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
    }
}
