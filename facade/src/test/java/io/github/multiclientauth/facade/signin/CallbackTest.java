package io.github.multiclientauth.facade.signin;

import static io.github.multiclientauth.facade.fake.Applications.DASHBOARD;
import static io.github.multiclientauth.facade.fake.Applications.PORTFOLIO;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.facade.client.Recognition.Recognized;
import io.github.multiclientauth.facade.event.SignInEvent;
import io.github.multiclientauth.facade.fake.Applications;
import io.github.multiclientauth.facade.fake.Browser;
import io.github.multiclientauth.facade.fake.ErrorRedirects;
import io.github.multiclientauth.facade.fake.Facade;
import io.github.multiclientauth.facade.fake.FakeAuthorizationServer;
import io.github.multiclientauth.facade.fake.FakeSessionKeeper;
import io.github.multiclientauth.facade.fake.HostileInput;
import io.github.multiclientauth.facade.fake.Requests;
import io.github.multiclientauth.facade.oidc.AuthorizationServer;
import io.github.multiclientauth.facade.oidc.AuthorizationServer.Redemption;
import io.github.multiclientauth.facade.oidc.AuthorizationServer.Why;
import io.github.multiclientauth.facade.oidc.Identity;
import io.github.multiclientauth.facade.oidc.SessionKeeper.Verdict;
import io.github.multiclientauth.facade.oidc.UserClaims;
import io.github.multiclientauth.facade.wire.Page.Cause;
import io.github.multiclientauth.facade.wire.Reply;
import io.github.multiclientauth.facade.wire.SetCookie;
import io.github.multiclientauth.origin.Origin;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallbackTest {

    private static final Predicate<Reply> TO_ERROR_PAGE =
            ErrorRedirects.to("http://localhost:3000/api/auth/error?error=Configuration");
    private static final Predicate<Reply> TO_SIGN_IN_PAGE =
            ErrorRedirects.to("http://localhost:3000/api/auth/signin?error=OAuthCallbackError");

    private final Facade facade = new Facade();
    private final Browser browser = new Browser();

    @BeforeEach
    void keycloakSignsAdaIn() {
        redeeming(FakeAuthorizationServer.identity(PORTFOLIO, "sid-1"));
    }

    @Test
    void signs_in_and_redirects_to_the_callback_url() {
        facade.answer(browser, Requests.get(PORTFOLIO, "/signin/github").query("callbackUrl=/after?x=1"));
        Reply reply = callback("code=the%20code&state=" + state() + "&iss=https%3A%2F%2Fid.example.com");

        assertThat(((Reply.Redirect) reply).location()).isEqualTo("http://localhost:3000/after?x=1");
        assertThat(facade.session(browser, PORTFOLIO)).contains("\"email\":\"ada@example.com\"");
        var redeemed = facade.keycloak().redemptions().get(0);
        assertThat(redeemed.clientId()).isEqualTo("portfolio");
        assertThat(redeemed.asked().code().value()).isEqualTo("the code");
        assertThat(redeemed.asked().code().redirectUri()).isEqualTo("http://localhost:3000/api/auth/callback/github");
        assertThat(redeemed.asked().issuer()).hasValue("https://id.example.com");
        assertThat(facade.events().of(SignInEvent.class))
                .hasExactlyElementsOfTypes(SignInEvent.Started.class, SignInEvent.SignedIn.class);
    }

    /** Anybody can name a cookie after a state. */
    @Test
    void with_a_planted_cookie_belongs_to_no_sign_in_that_was_begun() {
        String state = facade.beginSignIn(browser, PORTFOLIO, "github");
        String name = browser.names().stream()
                .filter(each -> each.startsWith("authjs.transaction."))
                .findFirst()
                .orElseThrow();
        facade.events().clear();
        facade.answer(Requests.get(PORTFOLIO, "/callback/github")
                .query("code=c&state=" + state)
                .cookies(name + "=planted"));
        assertThat(facade.events().of(SignInEvent.CallbackRefused.class))
                .singleElement()
                .matches(refused -> !refused.begun());

        facade.events().clear();
        facade.answer(browser, Requests.get(PORTFOLIO, "/callback/github").query("state=" + state));
        assertThat(facade.events().of(SignInEvent.CallbackRefused.class))
                .singleElement()
                .matches(SignInEvent.CallbackRefused::begun);
    }

    @Test
    void ends_the_transaction_and_leaves_the_others() {
        String other = facade.beginSignIn(browser, PORTFOLIO, "github");
        String state = facade.beginSignIn(browser, PORTFOLIO, "github");
        callback("code=c&state=" + state);

        assertThat(browser.names().stream().filter(name -> name.startsWith("authjs.transaction.")))
                .hasSize(1);
        assertThat(callback("code=c&state=" + other)).isInstanceOf(Reply.Redirect.class);
    }

    @Test
    void sets_one_cookie_that_ends_with_the_session_of_keycloak() {
        String state = facade.beginSignIn(browser, PORTFOLIO, "github");
        Reply reply = callback("code=c&state=" + state);

        assertThat(reply.cookies())
                .filteredOn(cookie -> cookie.maxAge().isEmpty())
                .extracting(SetCookie::name)
                .containsExactly("authjs.session-token");
        SetCookie session = cookie(reply, "authjs.session-token");
        assertThat(session.path()).isEqualTo("/");
        assertThat(session.expires()).hasValue(facade.clock().instant().plus(FakeSessionKeeper.LIFE));
    }

    @Test
    void signs_nobody_in_whose_session_keycloak_does_not_confirm() {
        for (Verdict verdict : List.of(
                new Verdict.Ended("User disabled"),
                new Verdict.Unknown("away"),
                facade.keeper().alive(withSubject("somebody else")))) {
            facade.keeper().onAsk(question -> verdict);
            String state = facade.beginSignIn(browser, PORTFOLIO, "github");

            assertThat(callback("code=c&state=" + state)).matches(TO_ERROR_PAGE);
            assertThat(facade.session(browser, PORTFOLIO)).isEqualTo("null");
        }
        assertThat(facade.events().of(SignInEvent.CallbackRefused.class))
                .extracting(SignInEvent.CallbackRefused::reason)
                .containsExactly(
                        "the session has ended already: User disabled",
                        "Keycloak does not confirm the session: away",
                        "Keycloak says that the session is of another user");
    }

    @Test
    void signs_in_without_claims_that_have_no_room_and_reports_that() {
        Identity ada = FakeAuthorizationServer.identity(PORTFOLIO, "sid-1");
        UserClaims claims = UserClaims.of(Map.of("department", "Arts", "huge", "x".repeat(5000)));
        Identity more = new Identity(
                ada.subject(),
                ada.sid(),
                ada.name(),
                ada.email(),
                ada.emailVerified(),
                ada.picture(),
                ada.provider(),
                ada.clientOrigin(),
                ada.clientId(),
                false,
                claims);
        String state = facade.beginSignIn(browser, PORTFOLIO, "github");
        facade.redeem(more);

        assertThat(callback("code=c&state=" + state)).isInstanceOf(Reply.Redirect.class);
        assertThat(facade.session(browser, PORTFOLIO)).contains("\"claims\":{\"department\":\"Arts\"}");
        assertThat(facade.events().of(SignInEvent.ClaimsLeftOut.class))
                .extracting(SignInEvent.ClaimsLeftOut::names)
                .containsExactly(List.of("huge"));
    }

    private static Identity withSubject(String subject) {
        Identity ada = FakeAuthorizationServer.identity(PORTFOLIO, "sid-1");
        return new Identity(
                subject,
                ada.sid(),
                ada.name(),
                ada.email(),
                ada.emailVerified(),
                ada.picture(),
                ada.provider(),
                ada.clientOrigin(),
                ada.clientId(),
                false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "code=c",
                "code=c&state=",
                "code=c&state=%20",
                "code=c&state=wrong",
                "code=c&state=%C3%A9%00",
                "error=access_denied",
                "error=access_denied&state=wrong",
            })
    void refuses_a_wrong_or_missing_state_and_redeems_nothing(String query) {
        facade.beginSignIn(browser, PORTFOLIO, "github");

        assertThat(callback(query)).matches(TO_ERROR_PAGE);
        assertThat(facade.keycloak().redemptions()).isEmpty();
    }

    @Test
    void refuses_the_state_of_another_browser() {
        String state = facade.beginSignIn(new Browser(), PORTFOLIO, "github");
        facade.beginSignIn(browser, PORTFOLIO, "github");

        assertThat(callback("code=c&state=" + state)).matches(TO_ERROR_PAGE);
        assertThat(facade.keycloak().redemptions()).isEmpty();
    }

    @Test
    void refuses_the_state_of_another_transaction_of_the_same_browser() {
        String one = facade.beginSignIn(browser, PORTFOLIO, "github");
        String nameOfOne = transactionName();
        String valueOfOne = browser.value(nameOfOne).orElseThrow();
        browser.remove(nameOfOne);
        String other = facade.beginSignIn(browser, PORTFOLIO, "github");
        browser.put(transactionName(), valueOfOne, "/api/auth");

        assertThat(callback("code=c&state=" + other)).matches(TO_ERROR_PAGE);
        assertThat(callback("code=c&state=" + one)).matches(TO_ERROR_PAGE);
        assertThat(facade.keycloak().redemptions()).isEmpty();
    }

    /** GHSA-x445-f3h2-j279. */
    @HostileInput(row = 1, advisory = "GHSA-x445-f3h2-j279")
    @ParameterizedTest
    @ValueSource(
            strings = {"/callback/keycloak", "/callback/google", "/callback/GitHub", "/callback", "/callback/undefined"
            })
    void refuses_the_callback_of_another_provider(String path) {
        String state = facade.beginSignIn(browser, PORTFOLIO, "github");
        String query = "code=c&state=" + state;

        assertThat(facade.answer(browser, Requests.get(PORTFOLIO, path).query(query)))
                .matches(TO_ERROR_PAGE);
        assertThat(facade.answer(browser, Requests.get(PORTFOLIO, path).query(query + "&error=access_denied")))
                .matches(TO_ERROR_PAGE);
        assertThat(facade.keycloak().redemptions()).isEmpty();
        assertThat(callback(query)).as("at its own").isInstanceOf(Reply.Redirect.class);
    }

    @Test
    void refuses_the_callback_of_another_application() {
        String state = facade.beginSignIn(browser, PORTFOLIO, "github");

        assertThat(facade.answer(
                        browser, Requests.get(DASHBOARD, "/callback/github").query("code=c&state=" + state)))
                .matches(ErrorRedirects.to("http://127.0.0.1:3001/api/auth/error?error=Configuration"));
        assertThat(facade.keycloak().redemptions()).isEmpty();
    }

    @Test
    void refuses_the_callback_at_another_origin_of_the_same_application() {
        var application = Applications.application(
                "portfolio", Set.of("http://localhost:3000", "http://localhost:4000"), "github");
        Recognized one = new Recognized(
                application, Origin.parse("http://localhost:3000").orElseThrow(), false);
        Recognized other = new Recognized(
                application, Origin.parse("http://localhost:4000").orElseThrow(), false);
        String state = facade.beginSignIn(browser, one, "github");

        assertThat(facade.answer(
                        browser, Requests.get(other, "/callback/github").query("code=c&state=" + state)))
                .matches(ErrorRedirects.to("http://localhost:4000/api/auth/error?error=Configuration"));
        assertThat(facade.keycloak().redemptions()).isEmpty();
    }

    @Test
    void refuses_a_transaction_whose_provider_was_withdrawn() {
        String state = facade.beginSignIn(browser, PORTFOLIO, "github");
        Recognized withdrawn = Applications.at("portfolio", "http://localhost:3000", "keycloak");

        assertThat(facade.answer(
                        browser, Requests.get(withdrawn, "/callback/github").query("code=c&state=" + state)))
                .matches(TO_ERROR_PAGE);
        assertThat(facade.keycloak().redemptions()).isEmpty();
    }

    @Test
    void refuses_a_transaction_that_took_too_long_even_if_the_browser_keeps_the_cookie() {
        String state = facade.beginSignIn(browser, PORTFOLIO, "github");
        facade.clock().advance(Facade.TRANSACTION_LIFETIME);

        assertThat(callback("code=c&state=" + state)).matches(TO_ERROR_PAGE);
        assertThat(facade.keycloak().redemptions()).isEmpty();
    }

    @Test
    void accepts_a_transaction_until_its_time_is_over() {
        String state = facade.beginSignIn(browser, PORTFOLIO, "github");
        facade.clock().advance(Facade.TRANSACTION_LIFETIME.minusSeconds(1));

        assertThat(callback("code=c&state=" + state)).isInstanceOf(Reply.Redirect.class);
    }

    @Test
    void shows_an_error_of_the_provider_on_the_sign_in_page_and_changes_nothing() {
        Browser signedIn = facade.signedIn(PORTFOLIO, "sid-0");
        String state = facade.beginSignIn(signedIn, PORTFOLIO, "github");
        Reply reply = facade.answer(
                signedIn,
                Requests.get(PORTFOLIO, "/callback/github").query("error=access_denied&code=c&state=" + state));

        assertThat(reply).matches(TO_SIGN_IN_PAGE);
        assertThat(facade.session(signedIn, PORTFOLIO)).contains("Ada");
        assertThat(facade.keycloak().redemptions()).hasSize(1);
        assertThat(facade.events().of(SignInEvent.ProviderError.class))
                .extracting(SignInEvent.ProviderError::error)
                .containsExactly("access_denied");
    }

    /** RFC 9207, section 2.4: an invented error could end a sign-in, or answer a silent one. */
    @Test
    void an_error_of_another_server_is_refused_and_the_sign_in_goes_on() {
        facade.answer(browser, Requests.get(PORTFOLIO, "/signin/github").query("prompt=none&callbackUrl=/home"));
        String state = state();
        facade.keycloak().refuseIssuer("another issuer");
        assertThat(callback("error=login_required&iss=https%3A%2F%2Fevil.example&state=" + state))
                .matches(TO_ERROR_PAGE);
        assertThat(callback("error=login_required&state=" + state)).matches(TO_ERROR_PAGE);
        assertThat(facade.events().of(SignInEvent.CallbackRefused.class))
                .last()
                .extracting(SignInEvent.CallbackRefused::reason)
                .asString()
                .contains("another issuer");

        facade.keycloak().refuseIssuer(null);
        assertThat(callback("code=c&state=" + state))
                .isInstanceOfSatisfying(
                        Reply.Redirect.class,
                        redirect -> assertThat(redirect.location()).isEqualTo("http://localhost:3000/home"));
    }

    @Test
    void writes_no_forged_line_to_the_log() {
        String state = facade.beginSignIn(browser, PORTFOLIO, "github");
        for (String forged : List.of("x%0A2026-11-24%20INFO%20all%20is%20well", "a%1B%5B2J", "%22", "a".repeat(101))) {
            callback("error=" + forged + "&state=" + state);
        }

        assertThat(facade.events().of(SignInEvent.ProviderError.class))
                .hasSize(4)
                .extracting(SignInEvent.ProviderError::error)
                .containsOnly("an error that is no error code");
    }

    @ParameterizedTest
    @CsvSource({"login_required", "interaction_required", "consent_required", "account_selection_required"})
    void nobody_signed_in_is_an_answer_if_the_application_asked_silently(String error) {
        facade.answer(browser, Requests.get(PORTFOLIO, "/signin/github").query("prompt=none&callbackUrl=/home"));
        Reply reply = callback("error=" + error + "&state=" + state());

        assertThat(((Reply.Redirect) reply).location()).isEqualTo("http://localhost:3000/home");
        assertThat(browser.names()).noneMatch(name -> name.startsWith("authjs.transaction."));
        assertThat(facade.session(browser, PORTFOLIO)).isEqualTo("null");
    }

    @Test
    void nobody_signed_in_is_an_error_otherwise() {
        String state = facade.beginSignIn(browser, PORTFOLIO, "github");
        assertThat(callback("error=login_required&state=" + state)).matches(TO_SIGN_IN_PAGE);

        facade.answer(browser, Requests.get(PORTFOLIO, "/signin/github").query("prompt=none"));
        assertThat(callback("error=access_denied&state=" + state())).matches(TO_SIGN_IN_PAGE);
    }

    @Test
    void needs_a_code_or_an_error() {
        String state = facade.beginSignIn(browser, PORTFOLIO, "github");

        assertThat(callback("state=" + state)).matches(TO_ERROR_PAGE);
        assertThat(callback("code=&error=&state=" + state)).matches(TO_ERROR_PAGE);
    }

    @Test
    void redeems_no_code_twice_and_leaves_the_session_alone() {
        String state = facade.beginSignIn(browser, PORTFOLIO, "github");
        Browser captured = browser.copy();
        callback("code=c&state=" + state);

        assertThat(callback("code=c&state=" + state)).as("the browser again").matches(TO_ERROR_PAGE);
        assertThat(facade.answer(
                        captured, Requests.get(PORTFOLIO, "/callback/github").query("code=c&state=" + state)))
                .as("with the captured transaction")
                .matches(TO_ERROR_PAGE);
        assertThat(facade.answer(
                        captured, Requests.get(PORTFOLIO, "/callback/github").query("code=d&state=" + state)))
                .as("with another code it goes to the application, without a session")
                .isInstanceOf(Reply.Redirect.class);
        assertThat(facade.keycloak().redemptions()).hasSize(1);
        assertThat(facade.session(browser, PORTFOLIO)).contains("Ada");
        assertThat(facade.session(captured, PORTFOLIO)).isEqualTo("null");
    }

    @Test
    void redeems_once_for_100_callbacks_at_once_and_answers_all() {
        String state = facade.beginSignIn(browser, PORTFOLIO, "github");
        Requests request = Requests.get(PORTFOLIO, "/callback/github")
                .query("code=c&state=" + state)
                .from(browser);
        List<CompletableFuture<Reply>> replies =
                IntStream.range(0, 100).mapToObj(i -> facade.begin(request)).toList();
        facade.run();

        assertThat(facade.keycloak().redemptions()).hasSize(1);
        assertThat(replies).allSatisfy(reply -> {
            Browser one = new Browser();
            one.take(reply.join());
            assertThat(facade.session(one, PORTFOLIO)).contains("Ada");
        });
    }

    @Test
    void is_not_taken_for_a_replay_when_the_code_is_redeemed_at_once() {
        facade.runAtOnce();
        String state = facade.beginSignIn(browser, PORTFOLIO, "github");

        assertThat(callback("code=c&state=" + state)).isInstanceOf(Reply.Redirect.class);
        assertThat(callback("code=c&state=" + state)).matches(TO_ERROR_PAGE);
    }

    @Test
    void shows_a_refused_code_on_the_error_page_and_leaves_an_existing_session_alone() {
        Browser signedIn = facade.signedIn(PORTFOLIO, "sid-0");
        String state = facade.beginSignIn(signedIn, PORTFOLIO, "github");
        facade.keycloak().onRedeem(() -> new Redemption.Refused("invalid_grant"));
        Requests request = Requests.get(PORTFOLIO, "/callback/github").query("code=c&state=" + state);

        assertThat(facade.answer(signedIn, request)).matches(TO_ERROR_PAGE);
        assertThat(facade.session(signedIn, PORTFOLIO)).contains("Ada");
        assertThat(facade.events().of(SignInEvent.CallbackRefused.class))
                .extracting(SignInEvent.CallbackRefused::reason)
                .containsExactly("invalid_grant");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "http://127.0.0.1:3001",
                "http://localhost:3000.evil.example",
                "http://localhost",
                "http://localhost:3000/",
                "https://localhost:3000",
                "null",
                "*",
            })
    void refuses_a_token_with_another_origin(String clientOrigin) {
        Identity ada = FakeAuthorizationServer.identity(PORTFOLIO, "sid-1");
        redeeming(new Identity(
                ada.subject(),
                ada.sid(),
                ada.name(),
                ada.email(),
                ada.emailVerified(),
                ada.picture(),
                ada.provider(),
                Optional.of(clientOrigin).filter(origin -> !origin.isEmpty()),
                ada.clientId(),
                false));
        String state = facade.beginSignIn(browser, PORTFOLIO, "github");

        assertThat(callback("code=c&state=" + state)).matches(TO_ERROR_PAGE);
        assertThat(facade.session(browser, PORTFOLIO)).isEqualTo("null");
        assertThat(facade.events().of(SignInEvent.CallbackRefused.class))
                .last()
                .extracting(SignInEvent.CallbackRefused::reason)
                .asString()
                .contains("clientOrigin");
    }

    /** GHSA-f24x-5g9q-753f. */
    @HostileInput(row = 11, advisory = "GHSA-f24x-5g9q-753f")
    @Test
    void signing_in_as_somebody_else_replaces_everything() {
        facade.signIn(browser, PORTFOLIO, "sid-1");
        Browser before = browser.copy();
        redeeming(new Identity(
                "somebody else",
                "sid-2",
                Optional.of("Grace Hopper"),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.of("github"),
                Optional.of("http://localhost:3000"),
                "portfolio",
                false));
        String state = facade.beginSignIn(browser, PORTFOLIO, "github");
        callback("code=c&state=" + state);

        assertThat(facade.session(browser, PORTFOLIO))
                .contains("Grace Hopper", "somebody else")
                .doesNotContain("Ada", "ada@example.com", "ada.png");
        assertThat(browser.value("authjs.session-token")).isNotEqualTo(before.value("authjs.session-token"));
    }

    /** CVE-2026-7507: what was planted before the sign-in. */
    @HostileInput(
            row = 16,
            advisory = {"CVE-2026-7507", "CVE-2025-12390"})
    @Test
    void adopts_nothing_that_was_there_before() {
        Browser attacker = facade.signedIn(PORTFOLIO, "sid-of-the-attacker");
        for (String name : List.of("authjs.session-token", "authjs.session-token.0", "authjs.session-token.1")) {
            browser.put(name, attacker.value("authjs.session-token").orElseThrow(), "/");
        }
        redeeming(FakeAuthorizationServer.identity(PORTFOLIO, "sid-1"));
        String state = facade.beginSignIn(browser, PORTFOLIO, "github");
        callback("code=c&state=" + state);

        assertThat(browser.names()).doesNotContain("authjs.session-token.0", "authjs.session-token.1");
        facade.answer(browser, Requests.get(PORTFOLIO, "/signout"));
        assertThat(facade.session(attacker, PORTFOLIO))
                .as("not the session signed out")
                .contains("Ada");
        assertThat(facade.keeper().endings())
                .extracting(FakeSessionKeeper.Ended::sid)
                .containsExactly("sid-1");
    }

    @Test
    void reads_a_response_in_a_form_and_ignores_the_query() {
        String state = facade.beginSignIn(browser, PORTFOLIO, "github");
        assertThat(facade.answer(
                        browser, Requests.post(PORTFOLIO, "/callback/github").query("code=c&state=" + state)))
                .matches(TO_ERROR_PAGE);
        assertThat(facade.answer(
                        browser, Requests.post(PORTFOLIO, "/callback/github").form("code=c&state=" + state)))
                .isInstanceOf(Reply.Redirect.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "authjs.pkce.code_verifier",
                "authjs.state",
                "portfolio.authjs.nonce",
                "__Secure-authjs.state",
                "next-auth.state",
                "__Secure-next-auth.pkce.code_verifier"
            })
    void says_that_auth_js_on_the_applications_server_began_the_sign_in(String cookie) {
        Reply reply = facade.answer(Requests.get(PORTFOLIO, "/callback/github")
                .query("code=c&state=its-own")
                .cookies(cookie + "=sealed"));

        assertThat(reply).matches(toErrorPage(Cause.BEGUN_BY_AUTH_JS));
    }

    @Test
    void a_cookie_of_auth_js_does_not_disturb_a_sign_in_of_the_facade() {
        String state = facade.beginSignIn(browser, PORTFOLIO, "github");

        assertThat(facade.answer(Requests.get(PORTFOLIO, "/callback/github")
                        .query("code=c&state=" + state)
                        .cookies(browser.header("/api/auth/callback/github") + "; authjs.state=old")))
                .isInstanceOf(Reply.Redirect.class);
    }

    static Stream<Arguments> causes() {
        return Stream.of(Why.values())
                .map(why -> Arguments.of(
                        why,
                        switch (why) {
                            case CLIENT_REFUSED -> Cause.CLIENT_REFUSED;
                            case CLOCK_SKEW -> Cause.CLOCK_SKEW;
                            case FOREIGN_ANSWER -> Cause.FOREIGN_ANSWER;
                            case CODE_REFUSED -> Cause.CODE_REFUSED;
                            case UNAVAILABLE -> Cause.UNAVAILABLE;
                            case WRONG_ISSUER -> Cause.WRONG_ISSUER;
                            case ALREADY_FINISHED -> Cause.ALREADY_FINISHED;
                            case OTHER -> Cause.CONFIGURATION;
                        }));
    }

    @ParameterizedTest
    @MethodSource("causes")
    void says_why_the_code_was_not_redeemed(Why why, Cause cause) {
        facade.keycloak().onRedeem(() -> new AuthorizationServer.Redemption.Refused(why, "reason"));
        String state = facade.beginSignIn(browser, PORTFOLIO, "github");

        assertThat(callback("code=c&state=" + state)).matches(toErrorPage(cause));
    }

    @Test
    void says_what_is_wrong_with_a_callback() {
        assertThat(callback("code=c&state=unknown")).matches(toErrorPage(Cause.NO_COOKIES));
        String state = facade.beginSignIn(browser, PORTFOLIO, "github");
        assertThat(callback("code=c&state=unknown")).matches(toErrorPage(Cause.UNKNOWN_SIGN_IN));
        assertThat(callback("state=" + state)).matches(toErrorPage(Cause.MALFORMED));
        Recognized withdrawn = Applications.at("portfolio", "http://localhost:3000", "keycloak");
        assertThat(facade.answer(
                        browser, Requests.get(withdrawn, "/callback/github").query("code=c&state=" + state)))
                .matches(toErrorPage(Cause.PROVIDER_NOT_OFFERED));

        Browser captured = browser.copy();
        callback("code=c&state=" + state);
        assertThat(callback("code=c&state=" + state))
                .as("the Back button")
                .matches(toErrorPage(Cause.ALREADY_FINISHED));
        assertThat(facade.answer(
                        captured, Requests.get(PORTFOLIO, "/callback/github").query("code=c&state=" + state)))
                .matches(toErrorPage(Cause.ALREADY_FINISHED));

        redeeming(FakeAuthorizationServer.identity(DASHBOARD, "sid-2"));
        assertThat(callback("code=c&state=" + facade.beginSignIn(browser, PORTFOLIO, "github")))
                .matches(toErrorPage(Cause.ORIGIN_NOT_IN_TOKEN));
        String slow = facade.beginSignIn(browser, PORTFOLIO, "github");
        facade.clock().advance(Facade.TRANSACTION_LIFETIME);
        assertThat(callback("code=c&state=" + slow)).matches(toErrorPage(Cause.TOOK_TOO_LONG));
    }

    /**
     * Keycloak keeps one sign-in for tabs that start at the same instant, and answers each of them with its state.
     */
    @Test
    void a_second_answer_to_a_sign_in_that_this_browser_has_finished_goes_on_to_the_application() {
        facade.answer(browser, Requests.get(PORTFOLIO, "/signin/github").query("callbackUrl=/after"));
        String state = state();
        callback("code=one&state=" + state);

        for (String answer : List.of("code=two", "error=temporarily_unavailable")) {
            assertThat(callback(answer + "&state=" + state))
                    .isInstanceOfSatisfying(
                            Reply.Redirect.class,
                            redirect -> assertThat(redirect.location()).isEqualTo("http://localhost:3000/after"));
        }
        assertThat(facade.answer(Requests.get(PORTFOLIO, "/callback/github").query("code=two&state=" + state)))
                .as("a browser that is not signed in")
                .matches(toErrorPage(Cause.ALREADY_FINISHED));
        assertThat(facade.keycloak().redemptions()).hasSize(1);
    }

    /** Its request was on the way when the first one was answered, so that it has the cookies from before. */
    @Test
    void so_does_one_that_was_sent_before_the_first_was_answered() {
        facade.answer(browser, Requests.get(PORTFOLIO, "/signin/github").query("callbackUrl=/after"));
        String state = state();
        List<Requests> later = Stream.of("code=two", "error=temporarily_unavailable")
                .map(answer -> Requests.get(PORTFOLIO, "/callback/github")
                        .query(answer + "&state=" + state)
                        .from(browser))
                .toList();
        callback("code=one&state=" + state);

        assertThat(later).allSatisfy(request -> {
            Reply reply = browser.take(facade.answer(request));
            assertThat(((Reply.Redirect) reply).location()).isEqualTo("http://localhost:3000/after");
        });
        assertThat(facade.keycloak().redemptions()).hasSize(1);
        assertThat(facade.session(browser, PORTFOLIO)).contains("Ada");
    }

    @ParameterizedTest
    @CsvSource({"account_disabled, ACCOUNT_DISABLED", "account_locked, ACCOUNT_LOCKED"})
    void tells_people_whose_account_is_disabled_or_locked_that_it_is(String description, Cause cause) {
        assertThat(callback("error=access_denied&error_description=" + description + "&state="
                        + facade.beginSignIn(browser, PORTFOLIO, "github")))
                .matches(ErrorRedirects.to("http://localhost:3000/api/auth/error?error=AccessDenied", cause));
    }

    @Test
    void tells_a_refusal_and_a_failure_of_the_provider_from_a_person_who_cancels() {
        assertThat(callback("error=access_denied&error_description=provider_not_allowed&state="
                        + facade.beginSignIn(browser, PORTFOLIO, "github")))
                .matches(ErrorRedirects.to(
                        "http://localhost:3000/api/auth/error?error=AccessDenied", Cause.PROVIDER_NOT_ALLOWED));
        assertThat(callback("error=access_denied&error_description=provider_error&state="
                        + facade.beginSignIn(browser, PORTFOLIO, "github")))
                .matches(reply -> ((Reply.ErrorRedirect) reply)
                        .location()
                        .contains("/signin?error=OAuthCallbackError&code=provider_failed&"));
        assertThat(callback("error=access_denied&state=" + facade.beginSignIn(browser, PORTFOLIO, "github")))
                .matches(reply -> ((Reply.ErrorRedirect) reply)
                        .location()
                        .contains("/signin?error=OAuthCallbackError&code=not_finished&"));
    }

    private static Predicate<Reply> toErrorPage(Cause cause) {
        return ErrorRedirects.to("http://localhost:3000/api/auth/error?error=Configuration", cause);
    }

    private void redeeming(Identity identity) {
        facade.redeem(identity);
    }

    private Reply callback(String query) {
        return facade.answer(
                browser, Requests.get(PORTFOLIO, "/callback/github").query(query));
    }

    private String state() {
        return facade.keycloak().lastAuthorizationRequest().state();
    }

    private String transactionName() {
        return browser.names().stream()
                .filter(name -> name.startsWith("authjs.transaction."))
                .findFirst()
                .orElseThrow();
    }

    private static SetCookie cookie(Reply reply, String name) {
        return reply.cookies().stream()
                .filter(cookie -> cookie.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
