package io.github.multiclientauth.testbed.provider.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.provider.Person;
import io.github.multiclientauth.testbed.provider.internet.Internet;
import io.github.multiclientauth.testbed.provider.oauth.Ledger;
import io.github.multiclientauth.testbed.provider.oauth.RegisteredApp;
import io.github.multiclientauth.testbed.web.Parameters;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests what only GitHub checks and answers. */
@ExtendWith(Internet.Resolver.class)
class StandInGitHubTest {

    private static final String CALLBACK = "http://localhost:8080/realms/r/broker/github/endpoint";
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    private Internet internet;
    private Visitor visitor;

    @BeforeEach
    void arrive(Internet started) {
        internet = started;
        visitor = started.newVisitor();
        ledger().apps().register(new RegisteredApp("the-github-app", "the-secret", "The app", Set.of(CALLBACK)));
    }

    private Ledger ledger() {
        return internet.providers().gitHub().standIn().ledger();
    }

    @Nested
    class Authorize {

        @Test
        void shows_the_people_and_cancel() {
            Answer page = visitor.get(authorize(Map.of()));

            assertThat(page.status()).isEqualTo(200);
            assertThat(page.document().select("button[name=login]").eachAttr("value"))
                    .contains("ada", "ada-l", "grace", "hubot", "zoe");
            assertThat(page.document().select("button[name=cancel]")).hasSize(1);
            assertThat(page.document().select("b"))
                    .as("a name is text, never markup")
                    .isEmpty();
        }

        @Test
        void sends_back_a_code_and_the_state() {
            Answer answer = agree(Map.of("state", "a state & more"), "ada");

            assertThat(answer.status()).isEqualTo(302);
            assertThat(answer.location().map(StandInGitHubTest::withoutQuery)).hasValue(CALLBACK);
            assertThat(Parameters.ofQuery(answer.location().orElseThrow()))
                    .containsOnlyKeys("code", "state")
                    .containsEntry("state", "a state & more")
                    .hasEntrySatisfying("code", code -> assertThat(code).matches("[0-9a-f]{20}"));
        }

        @Test
        void cancel_is_access_denied() {
            Answer answer = visitor.press(visitor.get(authorize(Map.of("state", "s"))), "button[name=cancel]");

            assertThat(answer.location().map(StandInGitHubTest::withoutQuery)).hasValue(CALLBACK);
            assertThat(Parameters.ofQuery(answer.location().orElseThrow()))
                    .containsOnlyKeys("error", "error_description", "error_uri", "state")
                    .containsEntry("error", "access_denied")
                    .containsEntry("state", "s");
        }

        @Test
        void an_unknown_application_is_not_found() {
            Answer page = visitor.get(authorize(Map.of("client_id", "another-app")));

            assertThat(page.status()).isEqualTo(404);
            assertThat(page.location()).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "http://evil.example/realms/r/broker/github/endpoint",
                    "http://localhost:8081/realms/r/broker/github/endpoint",
                    "https://localhost:8080/realms/r/broker/github/endpoint",
                    "http://localhost:8080/realms/r/broker/github/endpoints",
                    "http://localhost:8080/realms/r/broker/github",
                    "http://localhost:8080/realms/r/broker/github/endpoint/../../x",
                    "http://localhost:8080/realms/r/broker/github/endpoint/%2e%2e/x",
                    "http://localhost:8080@evil.example/realms/r/broker/github/endpoint",
                    "http://localhost:8080/realms/r/broker/github/endpoint#f",
                    "//localhost:8080/realms/r/broker/github/endpoint",
                    "not a URL",
                    "",
                })
        void a_wrong_redirect_uri_is_reported_to_the_registered_one(String redirectUri) {
            Answer answer = visitor.get(authorize(Map.of("redirect_uri", redirectUri, "state", "s")));

            assertThat(answer.location().map(StandInGitHubTest::withoutQuery)).hasValue(CALLBACK);
            assertThat(Parameters.ofQuery(answer.location().orElseThrow()))
                    .containsEntry("error", "redirect_uri_mismatch")
                    .containsEntry("state", "s")
                    .doesNotContainKey("code");
        }

        @Test
        void a_redirect_uri_below_the_registered_one_is_accepted() {
            assertThat(agree(Map.of("redirect_uri", CALLBACK + "/more"), "ada")
                            .location()
                            .map(StandInGitHubTest::withoutQuery))
                    .hasValue(CALLBACK + "/more");
        }

        @ParameterizedTest
        @ValueSource(strings = {"plain", ""})
        void only_the_s256_challenge_is_supported(String method) {
            assertThat(visitor.get(authorize(Map.of("code_challenge", VERIFIER, "code_challenge_method", method)))
                            .status())
                    .isEqualTo(400);
        }

        @Test
        void an_unknown_login_gets_a_page_with_an_error() {
            Answer answer = visitor.post(
                    authorize(Map.of()),
                    Map.of("client_id", "the-github-app", "redirect_uri", CALLBACK, "login", "nobody"));

            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.location()).isEmpty();
        }

        @Test
        void the_form_is_checked_like_the_request() {
            Answer answer = visitor.post(
                    authorize(Map.of()),
                    Map.of("client_id", "the-github-app", "redirect_uri", "http://evil.example/", "login", "ada"));

            assertThat(answer.location().map(StandInGitHubTest::withoutQuery)).hasValue(CALLBACK);
        }
    }

    @Nested
    class Token {

        @Test
        void is_granted_for_a_code() {
            JsonNode body = redeem(Map.of("code", code(Map.of("scope", "user:email read:org"), "ada")));

            assertThat(body.path("access_token").asText()).matches("gho_[A-Za-z0-9]{36}");
            assertThat(body.path("scope").asText()).isEqualTo("user:email,read:org");
            assertThat(body.path("token_type").asText()).isEqualTo("bearer");
        }

        @Test
        void is_sent_as_a_form_unless_json_is_asked() {
            Answer answer = visitor.post(tokenEndpoint(), fields(Map.of("code", code(Map.of(), "ada"))));

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.contentType()).startsWith("application/x-www-form-urlencoded");
            assertThat(Parameters.ofQuery(URI.create("?" + answer.body()))).containsKeys("access_token", "token_type");
        }

        @Test
        void can_be_requested_in_json() {
            String code = code(Map.of(), "ada");
            Answer answer = visitor.postJson(
                    tokenEndpoint(),
                    "{\"client_id\":\"the-github-app\",\"client_secret\":\"the-secret\",\"code\":\"" + code + "\"}",
                    "Accept",
                    "application/json");

            assertThat(answer.json().path("access_token").asText()).startsWith("gho_");
        }

        @Test
        void invalid_json_is_refused() {
            Answer answer = visitor.postJson(tokenEndpoint(), "{\"client_id\":", "Accept", "application/json");

            assertThat(error(answer.json())).isEqualTo("incorrect_client_credentials");
        }

        @Test
        void is_refused_to_another_client() {
            String code = code(Map.of(), "ada");

            assertThat(error(redeem(Map.of("code", code, "client_id", "another-app"))))
                    .isEqualTo("incorrect_client_credentials");
            assertThat(error(redeem(Map.of("code", code, "client_secret", "wrong"))))
                    .isEqualTo("incorrect_client_credentials");
            assertThat(error(redeem(Map.of("code", code, "client_secret", ""))))
                    .isEqualTo("incorrect_client_credentials");
        }

        @Test
        void is_issued_once() {
            String code = code(Map.of(), "ada");

            assertThat(redeem(Map.of("code", code)).has("access_token")).isTrue();
            assertThat(error(redeem(Map.of("code", code)))).isEqualTo("bad_verification_code");
        }

        @Test
        void is_refused_for_an_unknown_code() {
            assertThat(error(redeem(Map.of("code", "0123456789abcdef0123")))).isEqualTo("bad_verification_code");
            assertThat(error(redeem(Map.of()))).isEqualTo("bad_verification_code");
        }

        @Test
        void is_refused_for_a_code_that_is_ten_minutes_old() {
            String young = code(Map.of(), "ada");
            String old = code(Map.of(), "ada");

            internet.pass(Duration.ofMinutes(10).minusMillis(1));
            assertThat(redeem(Map.of("code", young)).has("access_token")).isTrue();
            internet.pass(Duration.ofMillis(1));
            assertThat(error(redeem(Map.of("code", old)))).isEqualTo("bad_verification_code");
        }

        @Test
        void is_refused_for_another_redirect_uri() {
            String code = code(Map.of(), "ada");

            assertThat(error(redeem(Map.of("code", code, "redirect_uri", CALLBACK + "/more"))))
                    .isEqualTo("redirect_uri_mismatch");
            assertThat(redeem(Map.of("code", code(Map.of(), "ada"), "redirect_uri", CALLBACK))
                            .has("access_token"))
                    .isTrue();
        }

        @Test
        void requires_the_verifier_of_the_challenge() {
            Map<String, String> challenge = Map.of("code_challenge", CHALLENGE, "code_challenge_method", "S256");

            assertThat(redeem(Map.of("code", code(challenge, "ada"), "code_verifier", VERIFIER))
                            .has("access_token"))
                    .isTrue();
            assertThat(error(redeem(Map.of("code", code(challenge, "ada"), "code_verifier", CHALLENGE))))
                    .isEqualTo("bad_verification_code");
            assertThat(error(redeem(Map.of("code", code(challenge, "ada"))))).isEqualTo("bad_verification_code");
            assertThat(error(redeem(Map.of("code", code(Map.of(), "ada"), "code_verifier", VERIFIER))))
                    .isEqualTo("bad_verification_code");
        }

        @Test
        void every_issued_code_and_token_is_recorded() {
            String code = code(Map.of(), "ada");
            String token = redeem(Map.of("code", code)).path("access_token").asText();

            assertThat(ledger().handedOut().all()).contains(code, token);
        }
    }

    @Nested
    class User {

        @Test
        void has_the_profile_with_the_public_address() {
            JsonNode user = api("/user", token("ada", "user:email")).json();

            assertThat(user.path("login").asText()).isEqualTo("ada");
            assertThat(user.path("name").asText()).isEqualTo("Ada Lovelace");
            assertThat(user.path("email").asText()).isEqualTo("ada@example.com");
            assertThat(user.path("id").isIntegralNumber()).isTrue();
            Answer picture = visitor.get(URI.create(user.path("avatar_url").asText()));
            assertThat(picture.contentType()).isEqualTo("image/svg+xml");
            assertThat(picture.body()).contains(">AL</text>");
        }

        @Test
        void a_private_address_is_in_the_list_only() {
            String token = token("grace", "user:email");

            assertThat(api("/user", token).json().path("email").isNull()).isTrue();
            assertThat(api("/user/emails", token).json()).anySatisfy(email -> {
                assertThat(email.path("email").asText()).isEqualTo("grace@example.com");
                assertThat(email.path("primary").asBoolean()).isTrue();
                assertThat(email.path("verified").asBoolean()).isTrue();
                assertThat(email.path("visibility").asText()).isEqualTo("private");
            });
        }

        @Test
        void may_have_no_name() {
            assertThat(api("/user", token("hubot", "")).json().path("name").isNull())
                    .isTrue();
        }

        @Test
        void the_addresses_require_their_scope() {
            assertThat(api("/user/emails", token("ada", "read:org")).status()).isEqualTo(404);
            assertThat(api("/user/emails", token("ada", "user")).status()).isEqualTo(200);
        }

        @Test
        void an_unknown_token_is_a_bad_credential() {
            Answer answer = api("/user", "gho_none");

            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.json().path("message").asText()).isEqualTo("Bad credentials");
            assertThat(visitor.get(at("/user")).status()).isEqualTo(401);
            assertThat(visitor.get(at("/user/emails"), "Authorization", "Basic x")
                            .status())
                    .isEqualTo(401);
        }

        @Test
        void a_changed_profile_is_visible_at_once() {
            Person person = internet.newPerson("Somebody");
            String token = token(person.login(), "");
            internet.providers().people().update(person.named("Somebody Else"));

            assertThat(api("/user", token).json().path("name").asText()).isEqualTo("Somebody Else");
        }

        @Test
        void a_login_can_be_used_once() {
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(
                            () -> internet.providers().people().join("Ada", Optional.empty(), "a@example.com", true));
        }
    }

    @Test
    void the_plain_address_also_has_site_and_api() {
        String plain = internet.providers().address().toString();
        Answer page = visitor.get(
                URI.create(authorize(Map.of("scope", "user:email")).toString().replace("https://github.com", plain)));
        Answer agreed = visitor.press(page, "button[name=login][value=grace]");
        String code = Parameters.ofQuery(agreed.location().orElseThrow()).get("code");
        String token = visitor.post(
                        URI.create(plain + "/login/oauth/access_token"),
                        fields(Map.of("code", code)),
                        "Accept",
                        "application/json")
                .json()
                .path("access_token")
                .asText();

        assertThat(visitor.get(URI.create(plain + "/user"), "Authorization", "token " + token)
                        .json()
                        .path("login")
                        .asText())
                .isEqualTo("grace");
        assertThat(visitor.get(URI.create(plain + "/user/emails"), "Authorization", "Bearer " + token)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void an_app_has_one_callback() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> ledger().apps().register(new RegisteredApp("x", "y", "X", Set.of())));
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() ->
                        ledger().apps().register(new RegisteredApp("x", "y", "X", Set.of(CALLBACK, CALLBACK + "/2"))));
    }

    @Test
    void an_unknown_page_is_answered_with_json() {
        Answer answer = visitor.get(at("/nothing"));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().path("message").asText()).isEqualTo("Not Found");
    }

    private Answer agree(Map<String, String> changes, String login) {
        return visitor.press(visitor.get(authorize(changes)), "button[name=login][value=" + login + "]");
    }

    private String code(Map<String, String> changes, String login) {
        return Parameters.ofQuery(agree(changes, login).location().orElseThrow())
                .get("code");
    }

    private JsonNode redeem(Map<String, String> changes) {
        Answer answer = visitor.post(tokenEndpoint(), fields(changes), "Accept", "application/json");
        assertThat(answer.status()).as("errors too come with status 200").isEqualTo(200);
        assertThat(answer.contentType()).startsWith("application/json");
        return answer.json();
    }

    private String token(String login, String scope) {
        return redeem(Map.of("code", code(Map.of("scope", scope), login)))
                .path("access_token")
                .asText();
    }

    private Answer api(String path, String token) {
        return visitor.get(at(path), "Authorization", "Bearer " + token);
    }

    private static Map<String, String> fields(Map<String, String> changes) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("client_id", "the-github-app");
        fields.put("client_secret", "the-secret");
        fields.putAll(changes);
        return fields;
    }

    private URI authorize(Map<String, String> changes) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("client_id", "the-github-app");
        parameters.put("redirect_uri", CALLBACK);
        parameters.putAll(changes);
        return URI.create(Parameters.append(at("/login/oauth/authorize").toString(), parameters));
    }

    private URI tokenEndpoint() {
        return at("/login/oauth/access_token");
    }

    private URI at(String path) {
        return URI.create((path.startsWith("/user") ? "https://api.github.com" : "https://github.com") + path);
    }

    private static String error(JsonNode body) {
        assertThat(body.has("access_token")).isFalse();
        assertThat(body.path("error_description").asText()).isNotBlank();
        return body.path("error").asText();
    }

    private static String withoutQuery(URI uri) {
        return uri.toString().split("\\?", 2)[0];
    }
}
