package io.github.multiclientauth.testbed.provider.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.provider.oauth.At;
import io.github.multiclientauth.testbed.provider.oauth.IdToken;
import io.github.multiclientauth.testbed.provider.oauth.ProviderTest;
import io.github.multiclientauth.testbed.provider.oauth.RegisteredApp;
import io.github.multiclientauth.testbed.provider.oauth.RelyingParty;
import io.github.multiclientauth.testbed.provider.oauth.Sighting;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StandInGoogleTest extends ProviderTest {

    StandInGoogleTest() {
        super(At.GOOGLE);
    }

    @Test
    void describes_a_person() {
        JsonNode profile = app.profile(person.login());

        assertThat(profile.properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder(
                        "sub", "name", "given_name", "family_name", "picture", "email", "email_verified", "locale");
        assertThat(profile.path("sub").asText())
                .matches("1[0-9]{20}")
                .isEqualTo(internet.providers().google().subject(person));
        assertThat(profile.path("given_name").asText()).isEqualTo("Jo");
        assertThat(profile.path("family_name").asText()).isEqualTo("van Doe");
        assertThat(profile.path("email_verified").isBoolean()).isTrue();
        assertThat(profile.path("email_verified").asBoolean()).isTrue();
    }

    @Test
    void has_the_same_subject_for_every_app() {
        RelyingParty other = otherApp();

        assertThat(other.profile(person.login()).path("sub"))
                .isEqualTo(app.profile(person.login()).path("sub"));
        assertThat(app.profile("ada").path("sub"))
                .isNotEqualTo(app.profile(person.login()).path("sub"));
    }

    @Test
    void has_a_name_for_people_without_one() {
        assertThat(app.profile("hubot").path("name").asText()).isEqualTo("hubot");
        assertThat(app.profile("hubot").has("family_name")).isFalse();
    }

    @Test
    void has_only_the_claims_of_the_scopes() {
        JsonNode tokens = app.tokens(person.login(), Map.of("scope", "openid email"));

        assertThat(tokens.path("scope").asText()).isEqualTo("openid https://www.googleapis.com/auth/userinfo.email");
        assertThat(app.profile("", tokens.path("access_token").asText()).json().properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder("sub", "email", "email_verified");
    }

    @Test
    void binds_the_access_token_to_the_id_token() throws Exception {
        JsonNode tokens = app.tokens(person.login(), Map.of());
        byte[] hash = MessageDigest.getInstance("SHA-256")
                .digest(tokens.path("access_token").asText().getBytes(StandardCharsets.US_ASCII));

        JsonNode claims = IdToken.of(tokens).claims();

        assertThat(claims.path("at_hash").asText())
                .isEqualTo(Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, 16)));
        assertThat(claims.path("azp").asText()).isEqualTo("the-app");
        assertThat(tokens.path("access_token").asText()).startsWith("ya29.");
    }

    @Test
    void sends_the_app_more_parameters_than_the_code() {
        assertThat(RelyingParty.returned(app.agree("grace", Map.of())))
                .containsEntry("iss", "https://accounts.google.com")
                .containsEntry("hd", "example.com")
                .containsEntry("authuser", "0")
                .containsEntry("prompt", "consent")
                .containsKey("scope")
                .hasEntrySatisfying("code", code -> assertThat(code).startsWith("4/0A"));
    }

    @Test
    void has_the_domain_of_workspace_accounts() {
        assertThat(app.profile("grace").path("hd").asText()).isEqualTo("example.com");
        assertThat(IdToken.of(app.tokens("grace", Map.of())).claims().path("hd").asText())
                .isEqualTo("example.com");
        assertThat(app.profile("ada").has("hd"))
                .as("an address in a domain is not an account of that domain")
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"*, true", "example.com, true", "EXAMPLE.COM, false", "com, false", "example.net, false"})
    void limits_the_list_to_a_domain(String domain, boolean withGrace) {
        Answer page = app.ask(Map.of("hd", domain));

        assertThat(page.document().select("button[name=login][value=ada]")).isEmpty();
        assertThat(page.document().select("button[name=login][value=grace]")).hasSize(withGrace ? 1 : 0);
    }

    @Test
    void does_not_enforce_the_domain() {
        Answer answer = visitor.post(
                URI.create("https://accounts.google.com/o/oauth2/v2/auth"),
                Map.of(
                        "client_id", "the-app",
                        "redirect_uri", RelyingParty.CALLBACK,
                        "response_type", "code",
                        "scope", "openid",
                        "hd", "example.com",
                        "login", person.login()));

        assertThat(RelyingParty.returned(answer))
                .as("the app must check the claim")
                .containsKey("code")
                .doesNotContainKey("hd");
    }

    @Test
    void uses_the_facts_that_a_test_sets() {
        internet.providers().google().facts().set(person.login(), new GoogleFacts(Optional.of("work.example"), false));

        JsonNode profile = app.profile(person.login());

        assertThat(profile.path("hd").asText()).isEqualTo("work.example");
        assertThat(profile.path("email_verified").asBoolean(true)).isFalse();
    }

    @Test
    void issues_a_refresh_token_for_offline_access() {
        JsonNode tokens = app.tokens(person.login(), Map.of("access_type", "offline"));
        Map<String, String> refresh = new HashMap<>(Map.of(
                "grant_type",
                "refresh_token",
                "refresh_token",
                tokens.path("refresh_token").asText()));
        refresh.put("redirect_uri", null);
        JsonNode fresh = app.redeem(null, refresh).json();

        assertThat(fresh.path("access_token").asText())
                .startsWith("ya29.")
                .isNotEqualTo(tokens.path("access_token").asText());
        assertThat(fresh.has("refresh_token")).isFalse();
        Answer stolen = otherApp().redeem(null, refresh);
        assertThat(stolen.status()).isEqualTo(400);
        assertThat(stolen.json().path("error").asText()).isEqualTo("invalid_grant");
        assertThat(internet.providers().google().standIn().ledger().sightings().of(person.login()))
                .contains(new Sighting(Sighting.Kind.REFRESH, "the-app", person.login(), Sighting.Credentials.RIGHT));
    }

    @ParameterizedTest
    @CsvSource({
        "response_type, , Error 400: invalid_request. Required parameter is missing: response_type",
        "response_type, token, Error 400: unsupported_response_type",
        "scope, , Error 400: invalid_request. Missing required parameter: scope",
        "scope, openid calendar, Error 400: invalid_scope",
        "redirect_uri, http://evil.example/, Error 400: redirect_uri_mismatch",
        "client_id, nobody, Error 401: invalid_client"
    })
    void does_not_redirect_a_wrong_request(String parameter, String value, String text) {
        Map<String, String> change = RelyingParty.without(parameter);
        change.put(parameter, value);
        Answer page = app.ask(change);

        assertThat(page.document().text()).contains(text);
        assertThat(page.status()).isEqualTo(text.contains("401") ? 401 : 400);
        assertThat(page.location()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://keycloak.example.com/endpoint",
                "https://keycloak.example.com/endpoint#f",
                "com.example:/endpoint",
                "/endpoint"
            })
    void refuses_to_register_a_wrong_callback(String callback) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> internet.providers()
                        .google()
                        .standIn()
                        .ledger()
                        .apps()
                        .register(new RegisteredApp("another", "secret", "Another", Set.of(callback))));
    }

    @Test
    void has_four_hosts_with_different_endpoints() {
        assertThat(visitor.get(URI.create("https://accounts.google.com/v1/userinfo"))
                        .status())
                .isEqualTo(404);
        assertThat(visitor.post(URI.create("https://accounts.google.com/token"), Map.of())
                        .status())
                .isEqualTo(404);
        assertThat(visitor.get(URI.create("https://oauth2.googleapis.com/oauth2/v3/certs"))
                        .status())
                .isEqualTo(404);
        assertThat(visitor.get(URI.create("https://www.googleapis.com/oauth2/v3/certs"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void answers_invalid_credentials_to_an_unknown_token() {
        Answer answer = app.profile("", "ya29.none");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
        assertThat(answer.json().path("error_description").asText()).isEqualTo("Invalid Credentials");
    }
}
