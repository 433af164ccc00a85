package io.github.multiclientauth.testbed.provider.facebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.provider.internet.Internet;
import io.github.multiclientauth.testbed.provider.oauth.At;
import io.github.multiclientauth.testbed.provider.oauth.ProviderTest;
import io.github.multiclientauth.testbed.provider.oauth.RegisteredApp;
import io.github.multiclientauth.testbed.provider.oauth.RelyingParty;
import io.github.multiclientauth.testbed.web.Parameters;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StandInFacebookTest extends ProviderTest {

    StandInFacebookTest() {
        super(At.FACEBOOK);
    }

    @Test
    void answers_with_the_requested_fields_only() {
        JsonNode profile = me("?fields=id,name,email,first_name,last_name,picture", person.login());

        assertThat(profile.properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder("id", "name", "email", "first_name", "last_name", "picture");
        assertThat(profile.path("id").asText()).matches("[0-9]{17}");
        assertThat(profile.path("first_name").asText()).isEqualTo("Jo");
        assertThat(profile.path("last_name").asText()).isEqualTo("van Doe");
        assertThat(profile.path("picture").path("data").properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder("height", "is_silhouette", "url", "width");
        assertThat(me("", person.login()).properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder("id", "name");
        assertThat(me("?fields=short_name,middle_name", person.login()).properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder("id", "short_name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"picture.type(large)", "picture%7Burl%7D"})
    void accepts_fields_with_parameters(String field) {
        assertThat(me("?fields=" + field, person.login())
                        .path("picture")
                        .path("data")
                        .has("url"))
                .isTrue();
    }

    @Test
    void refuses_an_unknown_field() {
        Answer answer = app.profile("?fields=id,username", token(person.login(), Map.of()));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("error").path("code").asInt()).isEqualTo(100);
        assertThat(answer.json().path("error").path("message").asText()).contains("nonexisting field (username)");
        assertThat(answer.json().path("error").path("fbtrace_id").asText()).isNotBlank();
    }

    @Test
    void has_another_subject_for_each_app() {
        RelyingParty other = otherApp();
        StandInFacebook facebook = internet.providers().facebook();

        String here = app.profile(person.login()).path("id").asText();
        String there = other.profile(person.login()).path("id").asText();

        assertThat(here).isNotEqualTo(there).isEqualTo(facebook.id(person, "the-app"));
        assertThat(there).isEqualTo(facebook.id(person, "the-other-app"));
        assertThat(app.profile(person.login()).path("id").asText())
                .as("but it stays")
                .isEqualTo(here);
    }

    @Test
    void has_people_without_an_address() {
        assertThat(me("?fields=id,email", "hubot").has("email")).isFalse();
        assertThat(me("?fields=id,email", "ada").path("email").asText()).isEqualTo("ada@example.com");
        internet.providers().facebook().facts().set(person.login(), new FacebookFacts(false));
        assertThat(me("?fields=id,email", person.login()).has("email")).isFalse();
    }

    @Test
    void has_no_address_without_the_permission() {
        String token = token(person.login(), RelyingParty.without("scope"));

        assertThat(app.profile("?fields=id,email", token).json().has("email")).isFalse();
    }

    @Test
    void adds_its_fragment_to_the_code_only() {
        assertThat(app.agree(person.login(), Map.of()).location().orElseThrow().getFragment())
                .isEqualTo("_=_");
        URI cancelled = visitor.press(app.ask(Map.of()), "button[name=cancel]")
                .location()
                .orElseThrow();
        assertThat(cancelled.getFragment()).isNull();
        assertThat(Parameters.ofQuery(cancelled))
                .containsEntry("error_reason", "user_denied")
                .containsEntry("error_code", "200")
                .containsEntry("error_description", "Permissions error");
    }

    @Test
    void needs_no_response_type_and_no_grant_type() {
        String code = app.code(person.login(), RelyingParty.without("response_type"));

        Answer answer = app.redeem(code, RelyingParty.without("grant_type"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().properties())
                .extracting(Map.Entry::getKey)
                .containsExactly("access_token", "token_type", "expires_in");
        assertThat(answer.json().path("access_token").asText()).startsWith("EAA");
    }

    @Test
    void also_answers_get_with_tokens() {
        String code = app.code(person.login(), Map.of());
        URI request = URI.create(Parameters.append(
                "https://graph.facebook.com/oauth/access_token",
                Map.of(
                        "code",
                        code,
                        "redirect_uri",
                        RelyingParty.CALLBACK,
                        "client_id",
                        "the-app",
                        "client_secret",
                        Internet.APP.clientSecret())));

        String token = visitor.get(request).json().path("access_token").asText();

        assertThat(visitor.get(URI.create("https://graph.facebook.com/me?access_token=" + token))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void also_has_its_dialog_at_the_documented_address() {
        URI request = URI.create(app.request(Map.of())
                .toString()
                .replace("https://graph.facebook.com/oauth/authorize", "https://www.facebook.com/dialog/oauth"));

        Answer answer = visitor.press(visitor.get(request), "button[name=login][value=" + person.login() + "]");

        assertThat(app.redeem(RelyingParty.returned(answer).get("code"), Map.of())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void refuses_unknown_permissions() {
        Answer page = app.ask(Map.of("scope", "email,everything"));

        assertThat(page.status()).isEqualTo(400);
        assertThat(page.document().select("button")).isEmpty();
        assertThat(app.ask(Map.of("scope", "email,public_profile")).status())
                .as("commas are as good as spaces")
                .isEqualTo(200);
    }

    @Test
    void answers_a_wrong_token_like_the_graph_api() {
        Answer none = visitor.get(URI.create("https://graph.facebook.com/me"));
        Answer wrong = app.profile("", "EAAnone");

        assertThat(none.status()).isEqualTo(400);
        assertThat(none.json().path("error").path("code").asInt()).isEqualTo(2500);
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.json().path("error").path("code").asInt()).isEqualTo(190);
        assertThat(wrong.json().path("error").path("type").asText()).isEqualTo("OAuthException");
        assertThat(wrong.headers().firstValue("WWW-Authenticate").orElse(""))
                .startsWith("OAuth \"Facebook Platform\" \"invalid_token\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:8080/endpoint", "http://keycloak.example.com/endpoint"})
    void registers_plain_http_for_localhost_only(String callback) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> internet.providers()
                        .facebook()
                        .standIn()
                        .ledger()
                        .apps()
                        .register(new RegisteredApp("another", "secret", "Another", Set.of(callback))));
    }

    private String token(String login, Map<String, String> changes) {
        return app.tokens(login, changes).path("access_token").asText();
    }

    private JsonNode me(String query, String login) {
        Answer answer = app.profile(query, token(login, Map.of()));
        assertThat(answer.status()).isEqualTo(200);
        return answer.json();
    }
}
