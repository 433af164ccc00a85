package io.github.multiclientauth.testbed.provider.linkedin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.provider.oauth.At;
import io.github.multiclientauth.testbed.provider.oauth.IdToken;
import io.github.multiclientauth.testbed.provider.oauth.ProviderTest;
import io.github.multiclientauth.testbed.provider.oauth.RelyingParty;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandInLinkedInTest extends ProviderTest {

    StandInLinkedInTest() {
        super(At.LINKEDIN);
    }

    @Test
    void publishes_its_endpoints() {
        JsonNode document = visitor.get(URI.create("https://www.linkedin.com/oauth/.well-known/openid-configuration"))
                .json();

        assertThat(document.path("issuer").asText())
                .isEqualTo(IdToken.of(app.tokens(person.login(), Map.of()))
                        .claims()
                        .path("iss")
                        .asText());
        assertThat(document.path("authorization_endpoint").asText())
                .isEqualTo("https://www.linkedin.com/oauth/v2/authorization");
        assertThat(document.path("token_endpoint").asText()).isEqualTo("https://www.linkedin.com/oauth/v2/accessToken");
        assertThat(document.path("userinfo_endpoint").asText()).isEqualTo("https://api.linkedin.com/v2/userinfo");
        assertThat(visitor.get(URI.create(document.path("jwks_uri").asText())).status())
                .isEqualTo(200);
        assertThat(document.path("subject_types_supported").path(0).asText()).isEqualTo("pairwise");
        assertThat(document.path("scopes_supported").isArray()).isTrue();
    }

    @Test
    void describes_a_person() {
        JsonNode profile = app.profile(person.login());

        assertThat(profile.properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder(
                        "sub", "name", "given_name", "family_name", "picture", "email", "email_verified", "locale");
        assertThat(profile.path("sub").asText()).matches("[A-Za-z0-9_-]{10}");
        assertThat(profile.path("email_verified").isBoolean()).isTrue();
        assertThat(profile.path("locale").path("country").asText()).isEqualTo("US");
        assertThat(profile.path("locale").path("language").asText()).isEqualTo("en");
    }

    @Test
    void has_email_verified_as_text_in_the_id_token() {
        JsonNode claims = IdToken.of(app.tokens(person.login(), Map.of())).claims();

        assertThat(claims.path("email_verified").isTextual()).isTrue();
        assertThat(claims.path("email_verified").asText()).isEqualTo("true");
        internet.providers().linkedIn().facts().set(person.login(), new LinkedInFacts(false));
        assertThat(IdToken.of(app.tokens(person.login(), Map.of()))
                        .claims()
                        .path("email_verified")
                        .asText())
                .isEqualTo("false");
        assertThat(app.profile(person.login()).path("email_verified").asBoolean(true))
                .isFalse();
    }

    @Test
    void has_another_subject_for_each_app() {
        RelyingParty other = otherApp();
        StandInLinkedIn linkedIn = internet.providers().linkedIn();

        String here = app.profile(person.login()).path("sub").asText();
        String there = other.profile(person.login()).path("sub").asText();

        assertThat(here).isNotEqualTo(there).isEqualTo(linkedIn.subject(person, "the-app"));
        assertThat(there).isEqualTo(linkedIn.subject(person, "the-other-app"));
        assertThat(IdToken.of(app.tokens(person.login(), Map.of()))
                        .claims()
                        .path("sub")
                        .asText())
                .isEqualTo(here);
    }

    @Test
    void lists_the_scopes_with_commas() {
        assertThat(app.tokens(person.login(), Map.of()).path("scope").asText()).isEqualTo("email,openid,profile");
    }

    @ParameterizedTest
    @CsvSource({
        "response_type, token, unsupported_response_type",
        "response_type, , unsupported_response_type",
        "scope, , invalid_request",
        "scope, openid r_emailaddress, unauthorized_scope_error"
    })
    void sends_errors_of_a_request_to_the_app(String parameter, String value, String error) {
        Map<String, String> change = RelyingParty.without(parameter);
        change.put(parameter, value);

        assertThat(RelyingParty.returned(app.ask(change)))
                .containsEntry("error", error)
                .containsEntry("state", "a state & more")
                .containsKey("error_description");
    }

    @Test
    void refuses_the_profile_without_its_scope() {
        String token = app.tokens(person.login(), Map.of("scope", "profile"))
                .path("access_token")
                .asText();
        Answer answer = app.profile("", token);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.json().path("code").asText()).isEqualTo("ACCESS_DENIED");
    }

    @Test
    void answers_a_wrong_token_like_its_api() {
        Answer none = visitor.get(URI.create("https://api.linkedin.com/v2/userinfo"));
        Answer wrong = app.profile("", "AQnone");

        assertThat(none.status()).isEqualTo(401);
        assertThat(none.json().path("serviceErrorCode").asInt()).isEqualTo(65604);
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.json().path("serviceErrorCode").asInt()).isEqualTo(65600);
        assertThat(wrong.json().path("code").asText()).isEqualTo("INVALID_ACCESS_TOKEN");
    }
}
