package io.github.multiclientauth.testbed.provider.oauth;

import static io.github.multiclientauth.testbed.provider.oauth.RelyingParty.CALLBACK;
import static io.github.multiclientauth.testbed.provider.oauth.RelyingParty.CHALLENGE;
import static io.github.multiclientauth.testbed.provider.oauth.RelyingParty.VERIFIER;
import static io.github.multiclientauth.testbed.provider.oauth.RelyingParty.returned;
import static io.github.multiclientauth.testbed.provider.oauth.RelyingParty.without;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.proof.ProofFailedException;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.provider.Person;
import io.github.multiclientauth.testbed.provider.internet.Internet;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests what all providers check and which failures each can have, over TLS at their real host names. */
@ExtendWith(Internet.Resolver.class)
class EveryProviderTest {

    private Internet internet;
    private Visitor visitor;
    private Person person;

    @BeforeEach
    void arrive(Internet started) {
        internet = started;
        visitor = started.newVisitor();
        person = started.newPerson("Jo Doe");
    }

    private RelyingParty app(At at) {
        return new RelyingParty(at, Internet.APP, visitor);
    }

    private RelyingParty otherApp(At at) {
        return new RelyingParty(at, Internet.OTHER_APP, visitor);
    }

    private Ledger ledger(At at) {
        return internet.standIn(at.alias()).ledger();
    }

    @Nested
    class TheConsentPage {

        @ParameterizedTest
        @EnumSource
        void shows_the_people_and_cancel(At at) {
            Answer page = app(at).ask(Map.of());

            assertThat(page.status()).isEqualTo(200);
            assertThat(page.document().select("button[name=login]").eachAttr("value"))
                    .contains("ada", "ada-l", "grace", "hubot", "zoe", person.login());
            assertThat(page.document().select("button[name=cancel]")).hasSize(1);
            assertThat(page.document().select("b"))
                    .as("a name is text, never markup")
                    .isEmpty();
        }

        @ParameterizedTest
        @EnumSource
        void has_its_style_and_pictures(At at) {
            Answer page = app(at).ask(Map.of());

            assertThat(visitor.get(URI.create(
                                    page.document().selectFirst("link").absUrl("href")))
                            .contentType())
                    .startsWith("text/css");
            assertThat(page.document().select("img").stream()
                            .map(image -> visitor.get(URI.create(image.absUrl("src")))))
                    .allSatisfy(picture -> assertThat(picture.contentType()).isEqualTo("image/svg+xml"));
        }

        @ParameterizedTest
        @EnumSource
        void also_works_at_the_plain_address(At at) {
            URI plain = internet.providers().authorizationUrl(internet.standIn(at.alias()));
            assertThat(plain.getPath()).startsWith("/" + at.alias() + "/");
            Answer page = visitor.get(app(at).request(plain, Map.of()));

            assertThat(visitor.get(URI.create(
                                    page.document().selectFirst("link").absUrl("href")))
                            .contentType())
                    .startsWith("text/css");
            assertThat(visitor.get(URI.create(page.document().selectFirst("img").absUrl("src")))
                            .contentType())
                    .isEqualTo("image/svg+xml");
            String code = returned(visitor.press(page, "button[name=login][value=" + person.login() + "]"))
                    .get("code");
            assertThat(app(at).redeem(code, Map.of()).json().has("access_token"))
                    .isTrue();
        }

        @ParameterizedTest
        @EnumSource
        void sends_back_a_code_and_the_state(At at) {
            assertThat(returned(app(at).agree(person.login(), Map.of())))
                    .containsEntry("state", "a state & more")
                    .hasEntrySatisfying("code", code -> assertThat(code).hasSizeGreaterThanOrEqualTo(20));
        }

        @ParameterizedTest
        @EnumSource
        void sends_no_state_that_was_not_sent(At at) {
            assertThat(returned(app(at).agree(person.login(), without("state"))))
                    .doesNotContainKey("state");
        }

        @ParameterizedTest
        @EnumSource
        void tells_the_app_that_the_person_cancelled(At at) {
            assertThat(returned(visitor.press(app(at).ask(Map.of()), "button[name=cancel]")))
                    .containsEntry("error", at.cancelled())
                    .containsEntry("state", "a state & more")
                    .doesNotContainKey("code");
        }

        @ParameterizedTest
        @EnumSource
        void does_not_redirect_for_an_unknown_app(At at) {
            assertThatNothingIsSentBack(app(at).ask(Map.of("client_id", "nobody")));
            assertThatNothingIsSentBack(app(at).ask(without("client_id")));
        }

        static Stream<Arguments> foreignRedirects() {
            return Stream.of(At.values())
                    .filter(at -> at != At.GITHUB)
                    .flatMap(at -> Stream.of(
                                    "http://evil.example/realms/r/endpoint",
                                    "http://localhost:8081/realms/r/endpoint",
                                    "https://localhost:8080/realms/r/endpoint",
                                    CALLBACK + "/",
                                    CALLBACK + "s",
                                    CALLBACK + "/more",
                                    CALLBACK + "/../x",
                                    CALLBACK + "?more=1",
                                    CALLBACK + "#f",
                                    "HTTP://localhost:8080/realms/r/endpoint",
                                    "http://localhost:8080@evil.example/realms/r/endpoint",
                                    "//localhost:8080/realms/r/endpoint",
                                    "https://app.example.com/endpoint",
                                    "https://app.example.com/endpoint?of=the-other-app",
                                    "not a URL",
                                    "")
                            .map(redirect -> Arguments.of(at, redirect)));
        }

        @ParameterizedTest
        @MethodSource("foreignRedirects")
        void does_not_redirect_to_an_unregistered_address(At at, String redirectUri) {
            assertThatNothingIsSentBack(app(at).ask(Map.of("redirect_uri", redirectUri)));
            assertThatNothingIsSentBack(visitor.post(
                    at.authorize(),
                    Map.of(
                            "client_id", Internet.APP.clientId(),
                            "redirect_uri", redirectUri,
                            "response_type", "code",
                            "scope", at.scope(),
                            "login", person.login())));
        }

        @ParameterizedTest
        @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "GITHUB")
        void requires_a_redirect_uri(At at) {
            assertThatNothingIsSentBack(app(at).ask(without("redirect_uri")));
        }

        @ParameterizedTest
        @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "GITHUB")
        void accepts_each_registered_callback_with_its_query(At at) {
            Answer answer = app(at).agree(
                            person.login(), Map.of("redirect_uri", "https://app.example.com/endpoint?of=the-app"));

            assertThat(answer.location().orElseThrow().toString())
                    .startsWith("https://app.example.com/endpoint?of=the-app&code=");
        }

        @ParameterizedTest
        @EnumSource
        void refuses_a_repeated_parameter(At at) {
            assertThatNothingIsSentBack(visitor.get(URI.create(app(at).request(Map.of()) + "&state=another")));
            assertThatNothingIsSentBack(
                    visitor.get(URI.create(app(at).request(Map.of()) + "&redirect_uri=http%3A%2F%2Fevil.example%2F")));
        }

        @ParameterizedTest
        @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "GITHUB")
        void issues_codes_only(At at) {
            Answer answer = app(at).ask(Map.of("response_type", "token"));

            assertThat(answer.document().select("button[name=login]")).isEmpty();
            assertThat(answer.location().map(URI::toString).orElse("")).doesNotContain("code=", "token=");
        }

        @ParameterizedTest
        @EnumSource
        void refuses_an_unknown_login(At at) {
            assertThatExceptionOfType(ProofFailedException.class).isThrownBy(() -> app(at).agree("nobody", Map.of()));
            Answer answer = visitor.post(
                    at.authorize(),
                    Map.of(
                            "client_id",
                            Internet.APP.clientId(),
                            "redirect_uri",
                            CALLBACK,
                            "response_type",
                            "code",
                            "scope",
                            at.scope(),
                            "login",
                            "nobody"));

            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.location()).isEmpty();
        }
    }

    @Nested
    class TheTokenEndpoint {

        @ParameterizedTest
        @EnumSource
        void grants_a_token_that_opens_the_profile(At at) {
            JsonNode tokens = app(at).tokens(person.login(), Map.of());

            assertThat(tokens.path("token_type").asText()).isEqualToIgnoringCase("bearer");
            assertThat(tokens.path("expires_in").asLong())
                    .isEqualTo(
                            at == At.GITHUB
                                    ? 0
                                    : ledger(at).accessTokenLifetime().toSeconds());
            assertThat(tokens.has("refresh_token")).as("nobody asked for one").isFalse();
            assertThat(app(at).profile("", tokens.path("access_token").asText()).status())
                    .isEqualTo(200);
        }

        @ParameterizedTest
        @EnumSource
        void refuses_an_unknown_app(At at) {
            assertThat(error(app(at).redeem(code(at), Map.of("client_id", "nobody"))))
                    .isEqualTo(at.error(TokenFault.UNKNOWN_APP));
        }

        @ParameterizedTest
        @EnumSource
        void refuses_a_wrong_secret(At at) {
            String code = code(at);

            for (String secret : List.of("wrong", "", Internet.OTHER_APP.clientSecret())) {
                assertThat(error(app(at).redeem(code, Map.of("client_secret", secret))))
                        .isEqualTo(at.error(TokenFault.WRONG_SECRET));
            }
            assertThat(error(app(at).redeem(code, without("client_secret"))))
                    .isEqualTo(at.error(TokenFault.WRONG_SECRET));
            assertThat(app(at).redeem(code, Map.of()).json().has("access_token"))
                    .as("the code was not used up by those who could not prove who they are")
                    .isTrue();
        }

        @ParameterizedTest
        @EnumSource
        void accepts_the_secret_in_the_header_if_the_provider_does(At at) {
            String basic = "Basic dGhlLWFwcDpzZWNyZXQrb2YrdGhlLWFwcA==";
            Map<String, String> none = without("client_secret");
            none.put("client_id", null);
            Answer answer = app(at).redeem(code(at), none, "Authorization", basic);

            if (Set.of(At.GOOGLE, At.AUTH0).contains(at)) {
                assertThat(answer.status()).isEqualTo(200);
                assertThat(error(app(at).redeem(code(at), none, "Authorization", "Basic dGhlLWFwcDp3cm9uZw==")))
                        .isEqualTo(at.error(TokenFault.WRONG_SECRET));
                assertThat(error(app(at).redeem(code(at), none, "Authorization", "Basic ???")))
                        .isEqualTo(at.error(TokenFault.UNKNOWN_APP));
            } else {
                assertThat(error(answer)).isEqualTo(at.error(TokenFault.UNKNOWN_APP));
            }
        }

        @ParameterizedTest
        @EnumSource
        void refuses_another_apps_code_and_leaves_it_usable(At at) {
            String code = code(at);

            assertThat(error(otherApp(at).redeem(code, Map.of()))).isEqualTo(at.error(TokenFault.UNKNOWN_CODE));
            assertThat(app(at).redeem(code, Map.of()).json().has("access_token"))
                    .isTrue();
        }

        @ParameterizedTest
        @EnumSource
        void refuses_other_grant_types(At at) {
            assertThat(error(app(at).redeem(code(at), Map.of("grant_type", "password"))))
                    .isEqualTo(at.error(TokenFault.UNSUPPORTED_GRANT_TYPE));
        }

        @ParameterizedTest
        @EnumSource
        void refuses_an_unknown_code(At at) {
            assertThat(error(app(at).redeem("made-up", Map.of()))).isEqualTo(at.error(TokenFault.UNKNOWN_CODE));
            assertThat(error(app(at).redeem(null, Map.of()))).isEqualTo(at.error(TokenFault.MISSING_CODE));
        }

        @ParameterizedTest
        @EnumSource
        void redeems_a_code_once(At at) {
            String code = code(at);

            assertThat(app(at).redeem(code, Map.of()).json().has("access_token"))
                    .isTrue();
            assertThat(error(app(at).redeem(code, Map.of()))).isEqualTo(at.error(TokenFault.USED_CODE));
        }

        @ParameterizedTest
        @EnumSource
        void refuses_an_expired_code(At at) {
            String young = code(at);
            String old = code(at);

            internet.pass(ledger(at).codeLifetime().minusMillis(1));
            assertThat(app(at).redeem(young, Map.of()).json().has("access_token"))
                    .isTrue();
            internet.pass(Duration.ofMillis(1));
            assertThat(error(app(at).redeem(old, Map.of()))).isEqualTo(at.error(TokenFault.EXPIRED_CODE));
        }

        @ParameterizedTest
        @EnumSource
        void requires_the_same_redirect_uri(At at) {
            assertThat(error(app(at).redeem(
                                    code(at), Map.of("redirect_uri", "https://app.example.com/endpoint?of=the-app"))))
                    .isEqualTo(at.error(TokenFault.OTHER_REDIRECT));
            if (at == At.GITHUB) {
                assertThat(app(at).redeem(code(at), without("redirect_uri"))
                                .json()
                                .has("access_token"))
                        .as("but does not insist")
                        .isTrue();
            } else {
                assertThat(error(app(at).redeem(code(at), without("redirect_uri"))))
                        .isEqualTo(at.error(TokenFault.OTHER_REDIRECT));
            }
        }

        @ParameterizedTest
        @EnumSource
        void requires_the_verifier_of_the_challenge(At at) {
            Map<String, String> s256 = Map.of("code_challenge", CHALLENGE, "code_challenge_method", "S256");

            if (at.knowsPkce()) {
                assertThat(app(at).redeem(code(at, s256), Map.of("code_verifier", VERIFIER))
                                .json()
                                .has("access_token"))
                        .isTrue();
                assertThat(error(app(at).redeem(code(at, s256), Map.of("code_verifier", CHALLENGE))))
                        .isEqualTo(at.error(TokenFault.WRONG_VERIFIER));
                assertThat(error(app(at).redeem(code(at, s256), Map.of())))
                        .isEqualTo(at.error(TokenFault.MISSING_VERIFIER));
                Map<String, String> plain = Map.of("code_challenge", VERIFIER);
                if (at == At.GITHUB) {
                    assertThat(app(at).ask(plain).status()).isEqualTo(400);
                } else {
                    assertThat(app(at).redeem(code(at, plain), Map.of("code_verifier", VERIFIER))
                                    .json()
                                    .has("access_token"))
                            .isTrue();
                    assertThat(error(app(at).redeem(code(at, plain), Map.of("code_verifier", CHALLENGE))))
                            .isEqualTo(at.error(TokenFault.WRONG_VERIFIER));
                }
                assertThat(app(at).ask(Map.of("code_challenge", VERIFIER, "code_challenge_method", "S512"))
                                .document()
                                .select("button[name=login]"))
                        .isEmpty();
            } else {
                assertThat(app(at).redeem(code(at, s256), Map.of()).json().has("access_token"))
                        .as("a challenge is not even looked at")
                        .isTrue();
                assertThat(error(app(at).redeem(code(at, s256), Map.of("code_verifier", VERIFIER))))
                        .isEqualTo(at.error(TokenFault.WRONG_VERIFIER));
            }
        }

        @ParameterizedTest
        @EnumSource
        void refuses_a_verifier_without_a_challenge(At at) {
            assertThat(error(app(at).redeem(code(at), Map.of("code_verifier", VERIFIER))))
                    .isEqualTo(at.error(TokenFault.WRONG_VERIFIER));
        }

        private String code(At at) {
            return code(at, Map.of());
        }

        private String code(At at, Map<String, String> changes) {
            return app(at).code(person.login(), changes);
        }
    }

    @Nested
    class TheProfile {

        @ParameterizedTest
        @EnumSource
        void requires_a_token(At at) {
            assertThat(visitor.get(at.profile()).status()).isEqualTo(at.refusesTokensWith());
            assertThat(app(at).profile("", "made-up").status()).isEqualTo(at.refusesTokensWith());
            assertThat(visitor.get(at.profile(), "Authorization", "Basic x").status())
                    .isEqualTo(at.refusesTokensWith());
        }

        @ParameterizedTest
        @EnumSource
        void is_refused_for_an_expired_token(At at) {
            String token = app(at).tokens(person.login(), Map.of())
                    .path("access_token")
                    .asText();

            internet.pass(ledger(at).accessTokenLifetime());

            assertThat(app(at).profile("", token).status()).isEqualTo(at.refusesTokensWith());
        }

        @ParameterizedTest
        @EnumSource
        void shows_what_has_changed(At at) {
            ledger(at).people().update(person.named("Jo Other"));

            assertThat(app(at).profile(person.login()).path("name").asText()).isEqualTo("Jo Other");
        }

        @ParameterizedTest
        @EnumSource
        void names_a_picture_that_any_browser_reaches(At at) {
            String query = at == At.FACEBOOK ? "?fields=picture" : "";
            JsonNode profile = app(at).profile(
                            query,
                            app(at).tokens(person.login(), Map.of())
                                    .path("access_token")
                                    .asText())
                    .json();
            JsonNode picture = profile.path(at == At.GITHUB ? "avatar_url" : "picture");
            URI address = URI.create((picture.isObject() ? picture.path("data").path("url") : picture).asText());

            assertThat(address.toString()).startsWith(internet.providers().address() + "/" + at.alias() + "/pictures/");
            assertThat(new Visitor().get(address).body()).contains(">JD</text>");
            assertThat(visitor.get(address.resolve("none.svg")).status()).isEqualTo(404);
        }
    }

    @Nested
    class Failures {

        @ParameterizedTest
        @EnumSource
        void denied(At at) {
            ledger(at).failures().set(person.login(), Failure.DENIED);

            assertThat(returned(app(at).agree(person.login(), Map.of())))
                    .containsEntry("error", at.cancelled())
                    .doesNotContainKey("code");
        }

        @ParameterizedTest
        @EnumSource
        void server_error(At at) {
            ledger(at).failures().set(person.login(), Failure.SERVER_ERROR);

            assertThat(returned(app(at).agree(person.login(), Map.of())))
                    .containsEntry("error", "server_error")
                    .containsEntry("state", "a state & more")
                    .doesNotContainKey("code");
        }

        @ParameterizedTest
        @EnumSource
        void token_endpoint(At at) {
            assertThat(redeemWith(at, Failure.TOKEN_UNAVAILABLE)).satisfies(answer -> {
                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.contentType()).startsWith("text/html");
            });
            assertThat(error(redeemWith(at, Failure.SECRET_REFUSED))).isEqualTo(at.error(TokenFault.WRONG_SECRET));
            assertThat(error(redeemWith(at, Failure.TOKEN_REFUSED))).isEqualTo(at.error(TokenFault.UNKNOWN_CODE));
            assertThat(redeemWith(at, Failure.TOKEN_MALFORMED)).satisfies(EveryProviderTest::isBrokenJson);
        }

        private Answer redeemWith(At at, Failure failure) {
            ledger(at).failures().set(person.login(), failure);
            return app(at).redeem(app(at).code(person.login(), Map.of()), Map.of());
        }

        @ParameterizedTest
        @EnumSource
        void profile(At at) {
            assertThat(profileWith(at, Failure.PROFILE_UNAVAILABLE).status()).isEqualTo(503);
            assertThat(profileWith(at, Failure.PROFILE_REFUSED).status()).isEqualTo(at.refusesTokensWith());
            assertThat(profileWith(at, Failure.PROFILE_MALFORMED)).satisfies(EveryProviderTest::isBrokenJson);
        }

        private Answer profileWith(At at, Failure failure) {
            ledger(at).failures().set(person.login(), failure);
            String token = app(at).tokens(person.login(), Map.of())
                    .path("access_token")
                    .asText();
            return app(at).profile("", token);
        }

        @ParameterizedTest
        @EnumSource
        void affect_one_person_only_until_they_are_cleared(At at) {
            Person other = internet.newPerson("Another One");
            ledger(at).failures().set(person.login(), Failure.TOKEN_UNAVAILABLE);

            assertThat(app(at).tokens(other.login(), Map.of()).has("access_token"))
                    .isTrue();
            ledger(at).failures().clear(person.login());
            assertThat(app(at).tokens(person.login(), Map.of()).has("access_token"))
                    .isTrue();
        }

        @ParameterizedTest
        @EnumSource
        void are_refused_if_the_provider_cannot_have_them(At at) {
            assertThat(Stream.of(Failure.values()).filter(failure -> !isPossible(at, failure)))
                    .containsExactlyElementsOf(
                            switch (at) {
                                case GOOGLE, AUTH0 -> List.of();
                                case LINKEDIN -> List.of(Failure.WRONG_NONCE);
                                case FACEBOOK, GITHUB ->
                                    List.of(
                                            Failure.WRONG_ISSUER,
                                            Failure.WRONG_AUDIENCE,
                                            Failure.WRONG_NONCE,
                                            Failure.EXPIRED_ID_TOKEN,
                                            Failure.BADLY_SIGNED_ID_TOKEN);
                            });
        }

        private boolean isPossible(At at, Failure failure) {
            try {
                ledger(at).failures().set(person.login(), failure);
                return true;
            } catch (IllegalArgumentException impossible) {
                return false;
            }
        }
    }

    @Nested
    class Slowness {

        @ParameterizedTest
        @EnumSource
        void lasts_until_released(At at) throws Exception {
            Hold hold = ledger(at).holds().slow(person.login(), Endpoint.TOKEN, Duration.ofMinutes(1));
            String code = app(at).code(person.login(), Map.of());
            Visitor another = internet.newVisitor();
            CompletableFuture<Answer> answer = CompletableFuture.supplyAsync(
                    () -> new RelyingParty(at, Internet.APP, another).redeem(code, Map.of()));

            hold.reached().get(30, TimeUnit.SECONDS);
            Person other = internet.newPerson("Another One");
            assertThat(app(at).tokens(other.login(), Map.of()).has("access_token"))
                    .as("others are served meanwhile")
                    .isTrue();
            assertThat(answer).isNotDone();
            hold.release();

            assertThat(answer.get(30, TimeUnit.SECONDS).status()).isEqualTo(200);
        }

        @ParameterizedTest
        @EnumSource
        void ends_by_itself(At at) {
            Hold hold = ledger(at).holds().slow(person.login(), Endpoint.PROFILE, Duration.ofMillis(1));

            assertThat(app(at).profile(person.login()).path("name").asText()).isEqualTo("Jo Doe");
            assertThat(hold.reached()).isCompleted();
        }

        @ParameterizedTest
        @EnumSource
        void is_bounded(At at) {
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> ledger(at).holds().slow(person.login(), Endpoint.TOKEN, Duration.ofHours(1)));
        }
    }

    @Nested
    class Memory {

        @ParameterizedTest
        @EnumSource
        void records_app_person_and_credentials(At at) {
            app(at).profile(person.login());
            String code = otherApp(at).code(person.login(), Map.of());
            otherApp(at).redeem(code, Map.of());

            assertThat(ledger(at).sightings().of(person.login()))
                    .containsExactly(
                            new Sighting(Sighting.Kind.AGREE, "the-app", person.login(), Sighting.Credentials.NONE),
                            new Sighting(Sighting.Kind.REDEEM, "the-app", person.login(), Sighting.Credentials.RIGHT),
                            new Sighting(Sighting.Kind.PROFILE, "the-app", person.login(), Sighting.Credentials.NONE),
                            new Sighting(
                                    Sighting.Kind.AGREE, "the-other-app", person.login(), Sighting.Credentials.NONE),
                            new Sighting(
                                    Sighting.Kind.REDEEM, "the-other-app", person.login(), Sighting.Credentials.RIGHT));
        }

        @ParameterizedTest
        @EnumSource
        void records_wrong_secrets(At at) {
            RegisteredApp app = new RegisteredApp("app of " + person.login(), "right", "App", Set.of(CALLBACK));
            ledger(at).apps().register(app);
            RelyingParty party = new RelyingParty(at, app, visitor);
            String code = party.code(person.login(), Map.of());
            party.redeem(code, Map.of("client_secret", "wrong"));
            party.redeem(code, without("client_secret"));

            assertThat(ledger(at).sightings().all().stream()
                            .filter(sighting -> sighting.clientId().equals(app.clientId()))
                            .filter(sighting -> sighting.kind() == Sighting.Kind.REDEEM)
                            .map(Sighting::credentials))
                    .containsExactly(Sighting.Credentials.WRONG, Sighting.Credentials.NONE);
            assertThat(ledger(at).sightings().all().toString()).doesNotContain("right", code);
        }

        @ParameterizedTest
        @EnumSource
        void records_every_issued_code_and_token(At at) {
            String code = app(at).code(person.login(), Map.of());
            JsonNode tokens = app(at).redeem(code, Map.of()).json();

            assertThat(ledger(at).handedOut().all())
                    .contains(code, tokens.path("access_token").asText());
            if (at.hasIdTokens()) {
                assertThat(ledger(at).handedOut().all())
                        .contains(tokens.path("id_token").asText());
            }
        }

        @ParameterizedTest
        @EnumSource
        void prints_no_secret(At at) {
            assertThat(Internet.APP.toString()).doesNotContain(Internet.APP.clientSecret());
            assertThat(ledger(at).apps().find("the-app").orElseThrow().toString())
                    .doesNotContain(Internet.APP.clientSecret());
        }
    }

    @ParameterizedTest
    @EnumSource
    void unknown_paths_are_not_found(At at) {
        assertThat(visitor.get(at.authorize().resolve("/nothing")).status()).isEqualTo(404);
        assertThat(visitor.get(at.token().resolve("/nothing")).status()).isEqualTo(404);
    }

    private static void assertThatNothingIsSentBack(Answer answer) {
        assertThat(answer.status()).isBetween(400, 499);
        assertThat(answer.location()).isEmpty();
        assertThat(answer.document().select("button")).isEmpty();
        assertThat(answer.document().selectFirst("h1")).isNotNull();
    }

    private static void isBrokenJson(Answer answer) {
        assertThat(answer.status()).isEqualTo(200);
        assertThatExceptionOfType(ProofFailedException.class).isThrownBy(answer::json);
    }

    /** The status and error in one line, for both forms of errors. */
    private static String error(Answer answer) {
        JsonNode error = answer.json().path("error");
        assertThat(answer.json().has("access_token")).isFalse();
        if (error.isTextual()) {
            assertThat(answer.json().path("error_description").asText()).isNotBlank();
            return answer.status() + " " + error.asText();
        }
        assertThat(error.path("message").asText()).isNotBlank();
        return answer.status() + " " + error.path("type").asText() + " "
                + error.path("code").asInt()
                + (error.has("error_subcode")
                        ? " " + error.path("error_subcode").asInt()
                        : "");
    }
}
