package io.github.multiclientauth.facade.signin;

import static io.github.multiclientauth.facade.fake.Applications.DASHBOARD;
import static io.github.multiclientauth.facade.fake.Applications.PORTFOLIO;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.facade.event.SignInEvent;
import io.github.multiclientauth.facade.fake.Applications;
import io.github.multiclientauth.facade.fake.Browser;
import io.github.multiclientauth.facade.fake.ErrorRedirects;
import io.github.multiclientauth.facade.fake.Facade;
import io.github.multiclientauth.facade.fake.FakeAuthorizationServer;
import io.github.multiclientauth.facade.fake.Requests;
import io.github.multiclientauth.facade.oidc.AuthorizationServer.AuthorizationRequest;
import io.github.multiclientauth.facade.wire.Reply;
import io.github.multiclientauth.facade.wire.SetCookie;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignInTest {

    private static final String TRANSACTION = "authjs.transaction.";

    private final Facade facade = new Facade();
    private final Browser browser = new Browser();

    /** It would be one more sign-in, and push out the oldest of ten that the person is in the middle of. */
    @ParameterizedTest
    @CsvSource({
        "same-origin, cors, empty, false",
        "same-origin, same-origin, empty, false",
        "same-origin, no-cors, empty, true",
        "same-origin, navigate, document, true",
        "cross-site, navigate, document, true",
        "same-origin, no-cors, image, false",
        "same-origin, navigate, iframe, false",
        "same-origin, , document, false",
        ", cors, , false",
        ", , , true",
    })
    void starts_nothing_for_a_prefetch(String site, String mode, String destination, boolean prefetched) {
        Browser begun = new Browser();
        for (int i = 0; i < 10; i++) {
            facade.beginSignIn(begun, PORTFOLIO, "github");
        }
        Requests request = Requests.get(PORTFOLIO, "/signin/github").fetch(site, mode, destination);
        Reply reply = facade.answer(begun, prefetched ? request.prefetched() : request);

        assertThat(((Reply.Json) reply).status()).isEqualTo(403);
        assertThat(reply.cookies()).isEmpty();
        assertThat(facade.keycloak().authorizationRequests()).hasSize(10);
    }

    @ParameterizedTest
    @CsvSource({
        "same-origin, navigate, document, false",
        "cross-site, navigate, document, false",
        "none, navigate, document, false",
        // no browser, or an old one
        ", , , false",
        // a script that wants to go there itself
        "same-origin, cors, empty, true",
    })
    void starts_for_navigations_and_for_clients_that_are_no_browsers(
            String site, String mode, String destination, boolean returnRedirect) {
        Requests request = Requests.get(PORTFOLIO, "/signin/github").fetch(site, mode, destination);
        Reply reply = facade.answer(returnRedirect ? request.returningRedirect() : request);

        assertThat(reply).isInstanceOf(Reply.Redirect.class);
        assertThat(facade.keycloak().authorizationRequests()).hasSize(1);
    }

    @Test
    void sends_the_browser_to_keycloak_as_the_client_of_the_application() {
        Reply reply = facade.answer(browser, Requests.get(DASHBOARD, "/signin/github"));

        FakeAuthorizationServer.Call<AuthorizationRequest> call =
                facade.keycloak().authorizationRequests().get(0);
        assertThat(call.clientId()).isEqualTo("dashboard");
        assertThat(call.asked().redirectUri()).isEqualTo("http://127.0.0.1:3001/api/auth/callback/github");
        assertThat(call.asked().clientOrigin()).isEqualTo("http://127.0.0.1:3001");
        assertThat(call.asked().hint()).hasValue("github");
        assertThat(call.asked().passedOn()).isEmpty();
        assertThat(reply).isInstanceOf(Reply.Redirect.class);
        assertThat(((Reply.Redirect) reply).location())
                .isEqualTo("https://id.example.com/auth?state=" + call.asked().state());
    }

    @Test
    void sends_the_provider_keycloak_to_keycloaks_own_login_page() {
        facade.answer(browser, Requests.get(PORTFOLIO, "/signin/keycloak"));

        assertThat(facade.keycloak().lastAuthorizationRequest().hint()).isEmpty();
        assertThat(facade.keycloak().lastAuthorizationRequest().redirectUri())
                .isEqualTo("http://localhost:3000/api/auth/callback/keycloak");
    }

    @Test
    void makes_every_secret_of_256_bits_anew() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            facade.answer(Requests.get(PORTFOLIO, "/signin/github"));
            AuthorizationRequest request = facade.keycloak().lastAuthorizationRequest();
            for (String secret : List.of(request.state(), request.nonce(), request.codeChallenge())) {
                assertThat(secret).matches("[A-Za-z0-9_-]{43}");
                assertThat(seen.add(secret)).isTrue();
            }
        }
    }

    /** RFC 7636: what is redeemed with the code is what was hashed for the authorization request. */
    @Test
    void keeps_the_code_verifier_that_belongs_to_the_challenge() throws NoSuchAlgorithmException {
        facade.signIn(browser, PORTFOLIO, "sid-1");

        AuthorizationRequest asked = facade.keycloak().lastAuthorizationRequest();
        var redeemed = facade.keycloak().redemptions().get(0).asked().code();
        byte[] hash = MessageDigest.getInstance("SHA-256")
                .digest(redeemed.codeVerifier().reveal().getBytes(US_ASCII));
        assertThat(Base64.getUrlEncoder().withoutPadding().encodeToString(hash)).isEqualTo(asked.codeChallenge());
        assertThat(redeemed.codeVerifier().reveal()).isNotEqualTo(asked.state()).isNotEqualTo(asked.nonce());
        assertThat(redeemed.nonce().reveal()).isEqualTo(asked.nonce());
        assertThat(redeemed.redirectUri()).isEqualTo(asked.redirectUri());
    }

    @Test
    void passes_on_the_parameters_of_a_short_list() {
        facade.answer(Requests.get(PORTFOLIO, "/signin/github")
                .query("login_hint=ada%40example.com&prompt=login&ui_locales=de&max_age=60&acr_values=gold"));

        assertThat(facade.keycloak().lastAuthorizationRequest().passedOn())
                .isEqualTo(Map.of(
                        "login_hint",
                        "ada@example.com",
                        "prompt",
                        "login",
                        "ui_locales",
                        "de",
                        "max_age",
                        "60",
                        "acr_values",
                        "gold"));
    }

    @Test
    void passes_on_nothing_else() {
        facade.answer(Requests.get(PORTFOLIO, "/signin/github")
                .query("client_id=dashboard&redirect_uri=https%3A%2F%2Fevil.example&response_type=token&scope=admin"
                        + "&state=x&nonce=x&code_challenge=x&code_challenge_method=plain&client_origin=x&kc_idp_hint=x"
                        + "&request=x&request_uri=x&response_mode=fragment&claims=x&client_session=x&prompt="
                        + "&LOGIN_HINT=x&login_hint=" + "a".repeat(2001)));

        AuthorizationRequest request = facade.keycloak().lastAuthorizationRequest();
        assertThat(request.passedOn()).isEmpty();
        assertThat(request.hint()).hasValue("github");
        assertThat(request.redirectUri()).isEqualTo("http://localhost:3000/api/auth/callback/github");
    }

    @Test
    void passes_on_nothing_from_the_body() {
        String token = facade.csrfToken(browser, PORTFOLIO);
        facade.answer(
                browser,
                Requests.post(PORTFOLIO, "/signin/github").form("prompt=none&login_hint=x&csrfToken=" + token));

        assertThat(facade.keycloak().lastAuthorizationRequest().passedOn()).isEmpty();
    }

    @Test
    void keeps_the_transaction_in_a_cookie_of_the_facade_alone() {
        Reply reply = facade.answer(Requests.get(PORTFOLIO, "/signin/github"));

        SetCookie cookie = transaction(reply);
        assertThat(cookie.name()).matches("authjs\\.transaction\\.[A-Za-z0-9_-]{12}");
        assertThat(cookie.path()).isEqualTo("/api/auth");
        assertThat(cookie.maxAge()).hasValue(900);
        assertThat(cookie.expires()).hasValue(facade.clock().instant().plus(Duration.ofMinutes(15)));
        AuthorizationRequest asked = facade.keycloak().lastAuthorizationRequest();
        assertThat(cookie.header()).doesNotContain(asked.state(), asked.nonce());
    }

    @Test
    void keeps_the_transaction_in_a_secure_cookie_over_https() {
        Reply reply = facade.answer(
                Requests.get(Applications.at("portfolio", "https://app.example.com", "github"), "/signin/github"));

        assertThat(reply.cookies()).isNotEmpty().allSatisfy(cookie -> {
            assertThat(cookie.secure()).isTrue();
            assertThat(cookie.name()).startsWith("__");
        });
    }

    @Test
    void several_tabs_can_sign_in_at_once() {
        String first = facade.beginSignIn(browser, PORTFOLIO, "github");
        String second = facade.beginSignIn(browser, PORTFOLIO, "github");
        facade.redeem(FakeAuthorizationServer.identity(PORTFOLIO, "sid-1"));

        for (String state : List.of(first, second)) {
            assertThat(facade.answer(
                            browser, Requests.get(PORTFOLIO, "/callback/github").query("code=c&state=" + state)))
                    .isInstanceOf(Reply.Redirect.class);
        }
    }

    @Test
    void fifty_sign_ins_leave_a_small_request_and_the_newest_ones_alive() {
        List<String> states = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            states.add(facade.beginSignIn(browser, PORTFOLIO, "github"));
            facade.clock().advance(Duration.ofSeconds(1));
            assertThat(browser.header("/api/auth/callback/github").length()).isLessThan(6000);
        }
        List<Boolean> alive = states.stream()
                .map(state -> facade.answer(Requests.get(PORTFOLIO, "/callback/github")
                                .query("error=access_denied&state=" + state)
                                .from(browser))
                        .toString()
                        .contains("/signin?error=OAuthCallbackError&"))
                .toList();

        assertThat(alive.subList(0, 40)).containsOnly(false);
        assertThat(alive.subList(40, 50)).containsOnly(true);
    }

    @Test
    void makes_room_also_for_long_addresses() {
        for (int i = 0; i < 10; i++) {
            facade.answer(
                    browser, Requests.get(PORTFOLIO, "/signin/github").query("callbackUrl=/" + "a".repeat(2000) + i));
            assertThat(browser.header("/api/auth/callback/github").length()).isLessThan(8000);
        }
        String state = facade.keycloak().lastAuthorizationRequest().state();
        assertThat(facade.answer(Requests.get(PORTFOLIO, "/callback/github")
                        .query("error=access_denied&state=" + state)
                        .from(browser)))
                .matches(ErrorRedirects.to("http://localhost:3000/api/auth/signin?error=OAuthCallbackError"));
    }

    /** The name after the prefix comes from the request. */
    @ParameterizedTest
    @ValueSource(
            strings = {"", "x", "\u000b", "a b", "AAAAAAAAAAA", "AAAAAAAAAAAAA", "AAAAAAAAAAA,", "AAAAAAAAAAA\u00e9"})
    void repeats_no_cookie_name_that_it_did_not_make(String id) {
        Reply reply = facade.answer(Requests.get(PORTFOLIO, "/signin/github")
                .cookies(IntStream.range(0, 10)
                        .mapToObj(i -> TRANSACTION + id + "=x")
                        .reduce((one, other) -> one + "; " + other)
                        .orElseThrow()));

        assertThat(reply.cookies()).extracting(SetCookie::name).doesNotContain(TRANSACTION + id);
    }

    @Test
    void clears_what_only_looks_like_a_transaction_when_room_is_needed() {
        for (int i = 10; i < 28; i++) {
            browser.put(TRANSACTION + "AAAAAAAAAA" + i, "planted", "/api/auth");
        }
        facade.beginSignIn(browser, PORTFOLIO, "github");

        assertThat(browser.names().stream().filter(name -> name.startsWith(TRANSACTION)))
                .hasSize(10);
    }

    /** An answer of 20 KB of headers would be an error 502 of many proxies. */
    @Test
    void clears_hundreds_of_planted_ones_bit_by_bit() {
        String planted = IntStream.range(100, 290)
                .mapToObj(i -> TRANSACTION + "AAAAAAAAA" + i + "=x")
                .collect(Collectors.joining("; "));
        Reply reply = facade.answer(Requests.get(PORTFOLIO, "/signin/github").cookies(planted));

        assertThat(reply.cookies().stream()
                        .mapToInt(cookie -> cookie.header().length())
                        .sum())
                .isLessThan(4000);
        assertThat(reply.cookies()).filteredOn(cookie -> cookie.length() == 0).hasSize(20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nope", "google", "GitHub", "github.", "-"})
    void refuses_a_provider_that_the_application_does_not_offer(String provider) {
        assertThat(((Reply.Html) facade.answer(Requests.get(PORTFOLIO, "/signin/" + provider))).status())
                .isEqualTo(404);
        assertThat(facade.keycloak().authorizationRequests()).isEmpty();
        assertThat(facade.events().all()).hasExactlyElementsOfTypes(SignInEvent.UnknownProvider.class);
    }

    @Test
    void offers_no_provider_of_another_application() {
        assertThat(((Reply.Html) facade.answer(Requests.get(DASHBOARD, "/signin/keycloak"))).status())
                .isEqualTo(404);
    }

    @Test
    void shows_the_error_page_when_keycloak_is_unreachable() {
        facade.keycloak().goAway();

        assertThat(facade.answer(Requests.get(PORTFOLIO, "/signin/github")))
                .matches(ErrorRedirects.to("http://localhost:3000/api/auth/error?error=Configuration"));
        assertThat(facade.events().all()).hasExactlyElementsOfTypes(SignInEvent.KeycloakUnavailable.class);
    }

    private static SetCookie transaction(Reply reply) {
        return Optional.of(reply.cookies().stream()
                        .filter(cookie -> cookie.name().startsWith(TRANSACTION))
                        .toList())
                .filter(cookies -> cookies.size() == 1)
                .orElseThrow()
                .get(0);
    }
}
