package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.provider.Person;
import io.github.multiclientauth.testbed.web.Parameters;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sign-ins with GitHub through Keycloak, and what the application gets. */
@EndToEnd
@OnKeycloaksImage
class SignInIT {

    private final Chain chain;
    private final Visitor visitor;
    private final Auth portfolio;

    SignInIT(Chain chain) {
        this.chain = chain;
        this.visitor = chain.visitor();
        this.portfolio = new Auth(visitor, chain.portfolio());
    }

    @Test
    void the_session_is_exactly_as_documented() {
        Person person = chain.somebody();

        chain.atPortfolio(visitor).as(person.login());

        String subject = chain.administrator().user(person.email()).path("id").asText();
        Answer session = visitor.get(portfolio.at("session"));
        String expires = session.json().path("expires").asText();
        assertThat(session.body())
                .isEqualTo("{\"user\":{\"id\":\"" + subject + "\",\"name\":\"Test Person\",\"email\":\""
                        + person.email()
                        + "\",\"image\":\"" + chain.picture(person)
                        + "\",\"provider\":\"github\",\"clientOrigin\":\"" + chain.portfolio()
                        + "\",\"clientId\":\"portfolio\",\"emailVerified\":false},\"expires\":\"" + expires + "\"}");
        assertThat(expires).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(Instant.parse(expires)).isAfter(Instant.now());
    }

    @Test
    void the_session_is_null_and_not_cached_before_a_sign_in() {
        Answer answer = visitor.get(portfolio.at("session"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("null");
        assertThat(answer.contentType()).isEqualTo("application/json");
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("private, no-cache, no-store");
    }

    @Test
    void the_picture_can_be_loaded() {
        JsonNode session = chain.atPortfolio(visitor).as(chain.somebody().login());

        Answer picture =
                visitor.get(URI.create(session.path("user").path("image").asText()));

        assertThat(picture.status()).isEqualTo(200);
        assertThat(picture.contentType()).isEqualTo("image/svg+xml");
    }

    @Test
    void a_private_address_at_github_is_in_the_session() {
        Person person = chain.somebody(Optional.of("Private Person"), false);

        assertThat(chain.atPortfolio(visitor)
                        .as(person.login())
                        .path("user")
                        .path("email")
                        .asText())
                .isEqualTo(person.email());
    }

    @Test
    void a_user_without_a_name_is_not_asked_for_one() {
        JsonNode user = chain.atPortfolio(visitor)
                .as(chain.somebody(Optional.empty(), true).login())
                .path("user");

        assertThat(user.path("clientId").asText()).isEqualTo("portfolio");
        assertThat(user.path("name").asText())
                .as("the user name, for want of another")
                .isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ada", "ada-l", "grace", "hubot", "zoe"})
    void every_user_of_the_demo_can_sign_in(String login) {
        JsonNode session = chain.atPortfolio(visitor).as(login);

        assertThat(session.path("user").path("email").asText())
                .isEqualTo(chain.people().find(login).orElseThrow().email());
    }

    @Test
    void the_second_sign_in_finds_the_same_subject() {
        Person person = chain.somebody();
        JsonNode first = chain.atPortfolio(visitor).as(person.login());
        JsonNode second = chain.atPortfolio(chain.visitor()).as(person.login());

        assertThat(second.path("user").path("id")).isEqualTo(first.path("user").path("id"));
    }

    @Test
    void changes_at_the_provider_are_in_the_session_after_the_next_sign_in() {
        Person person = chain.somebody();
        chain.atPortfolio(visitor).as(person.login());

        chain.people().update(person.named("Other Name"));

        assertThat(chain.atPortfolio(chain.visitor())
                        .as(person.login())
                        .path("user")
                        .path("name")
                        .asText())
                .isEqualTo("Other Name");
    }

    @Test
    void the_browser_goes_on_to_the_callback_url() {
        Person person = chain.somebody();
        Answer provider = visitor.browse(portfolio.at("signin/github?callbackUrl=%2F%3Fx%3D1"));

        Answer end = visitor.follow(visitor.press(provider, button(person)));

        assertThat(end.address()).isEqualTo(URI.create(chain.portfolio() + "/?x=1"));
    }

    @Test
    void a_form_post_starts_the_sign_in_as_the_link_does() {
        Person person = chain.somebody();
        Answer provider = visitor.follow(visitor.post(
                portfolio.at("signin/github"), Map.of("csrfToken", portfolio.csrfToken(), "callbackUrl", "/")));

        visitor.follow(visitor.press(provider, button(person)));

        assertThat(portfolio.session().path("user").path("email").asText()).isEqualTo(person.email());
    }

    @Test
    void a_client_of_auth_js_gets_the_address_as_json() {
        Answer answer = visitor.post(
                portfolio.at("signin/github"),
                Map.of("csrfToken", portfolio.csrfToken(), "callbackUrl", "/"),
                Auth.RETURN_REDIRECT,
                "1");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("url").asText()).startsWith(chain.issuer() + "/protocol/openid-connect/auth?");
    }

    @Test
    void a_post_without_csrf_token_is_refused() {
        Answer answer = visitor.post(portfolio.at("signin/github"), Map.of("callbackUrl", "/"));

        assertThat(answer.location().map(ErrorAddress::plain)).hasValue(portfolio.at("signin?error=MissingCSRF"));
    }

    @Test
    void the_application_signs_in_as_its_own_client_with_state_nonce_and_pkce() {
        Answer answer = visitor.get(portfolio.at("signin/github"));

        assertThat(Parameters.ofQuery(answer.location().orElseThrow()))
                .containsEntry("client_id", "portfolio")
                .containsEntry("redirect_uri", portfolio.at("callback/github").toString())
                .containsEntry("response_type", "code")
                .containsEntry("scope", "openid profile email")
                .containsEntry("code_challenge_method", "S256")
                .containsEntry("client_origin", chain.portfolio().toString())
                .containsEntry("kc_idp_hint", "github")
                .containsKeys("code_challenge", "state", "nonce");
    }

    @Test
    void providers_are_listed_as_on_keycloaks_login_page() {
        JsonNode providers = visitor.get(portfolio.at("providers")).json();

        assertThat(providers.fieldNames())
                .toIterable()
                .containsExactly("auth0", "facebook", "github", "google", "linkedin", "keycloak");
        assertThat(providers.path("github"))
                .hasToString("{\"id\":\"github\",\"name\":\"GitHub\",\"type\":\"oauth\",\"signinUrl\":\""
                        + portfolio.at("signin/github") + "\",\"callbackUrl\":\"" + portfolio.at("callback/github")
                        + "\"}");
    }

    @Test
    void signing_in_as_another_user_replaces_the_session() {
        Person first = chain.somebody();
        Person second = chain.somebody();
        chain.atPortfolio(visitor).as(first.login());
        portfolio.signOut();

        JsonNode session = chain.atPortfolio(visitor).as(second.login());

        assertThat(session.path("user").path("email").asText()).isEqualTo(second.email());
        assertThat(visitor.get(portfolio.at("session")).body()).doesNotContain(first.email());
    }

    private static String button(Person person) {
        return "button[name=login][value=" + person.login() + "]";
    }
}
