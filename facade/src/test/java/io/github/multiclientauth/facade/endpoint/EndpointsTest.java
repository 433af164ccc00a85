package io.github.multiclientauth.facade.endpoint;

import static io.github.multiclientauth.facade.fake.Applications.DASHBOARD;
import static io.github.multiclientauth.facade.fake.Applications.PORTFOLIO;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.facade.client.Application;
import io.github.multiclientauth.facade.client.ApplicationPages;
import io.github.multiclientauth.facade.client.Provider;
import io.github.multiclientauth.facade.client.Recognition;
import io.github.multiclientauth.facade.client.Recognition.Recognized;
import io.github.multiclientauth.facade.client.RedirectUris;
import io.github.multiclientauth.facade.event.RequestEvent;
import io.github.multiclientauth.facade.event.SignInEvent;
import io.github.multiclientauth.facade.fake.Browser;
import io.github.multiclientauth.facade.fake.ErrorRedirects;
import io.github.multiclientauth.facade.fake.Facade;
import io.github.multiclientauth.facade.fake.HostileInput;
import io.github.multiclientauth.facade.fake.Requests;
import io.github.multiclientauth.facade.wire.Page;
import io.github.multiclientauth.facade.wire.Reference;
import io.github.multiclientauth.facade.wire.Reply;
import io.github.multiclientauth.origin.PagePath;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract as a table, and what does not fit into one. */
class EndpointsTest {

    private static final String O = "http://localhost:3000";
    private static final String B = O + "/api/auth";

    private final Facade facade = new Facade();
    private final Browser browser = new Browser();

    /**
     * A browser's first contact. In requests, {@code CSRF} is the token of the cookie, in which case there are cookies
     * already. Cookies are named without {@code authjs.}.
     */
    @ParameterizedTest(name = "{0} {1} ({2})")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // method, path, body | answer | cookies set
                "GET  | /csrf                                 | -  | 200 json     | csrf-token callback-url",
                "GET  | /providers                            | -  | 200 json     | -",
                "GET  | /session                              | -  | 200 null     | csrf-token callback-url",
                "GET  | /signin                               | -  | 200 SignIn   | csrf-token callback-url",
                "GET  | /signin?error=OAuthCallbackError      | -  | 200 SignIn   | csrf-token callback-url",
                "GET  | /signin/undefined                     | -  | 200 SignIn   | csrf-token callback-url",
                "GET  | /signin/github                        | -  | 302 KEYCLOAK | csrf-token callback-url transaction",
                "GET  | /signin/nope                          | -  | 404 SignIn   | csrf-token callback-url",
                "GET  | /callback/github                      | -  | 302 B/error?error=Configuration | -",
                "GET  | /callback/nope                        | -  | 404 SignIn   | csrf-token callback-url",
                "GET  | /callback/nope?code=c&state=s         | -  | 404 SignIn   | csrf-token callback-url",
                "GET  | /callback                             | -  | 302 B/error?error=Configuration | -",
                "GET  | /callback/github?error=access_denied  | -  | 302 B/error?error=Configuration | -",
                "GET  | /signout                              | -  | 302 O        | csrf-token callback-url",
                "GET  | /signout?callbackUrl=/bye             | -  | 302 O/bye    | csrf-token callback-url",
                "GET  | /error                                | -  | 200 Problem  | csrf-token callback-url",
                "GET  | /error?error=Configuration            | -  | 500 Problem  | csrf-token callback-url",
                "GET  | /error?error=AccessDenied             | -  | 403 Problem  | csrf-token callback-url",
                "GET  | /error?error=accessdenied             | -  | 200 Problem  | csrf-token callback-url",
                "GET  | /error?error=%3Cscript%3E             | -  | 200 Problem  | csrf-token callback-url",
                "GET  | /_log                                 | -  | 400 \"Bad request.\" | -",
                "POST | /_log                                 | -  | 200 empty    | -",
                "POST | /csrf                                 | -  | 302 B/error?error=Configuration | -",
                "POST | /providers                            | -  | 302 B/error?error=Configuration | -",
                "POST | /error                                | -  | 302 B/error?error=Configuration | -",
                "POST | /session                              | -  | 400 null     | -",
                "POST | /signin                               | -  | 302 B/signin?error=MissingCSRF  | -",
                "POST | /signin/github                        | -  | 302 B/signin?error=MissingCSRF  | -",
                "POST | /signin/nope                          | -  | 302 B/signin?error=MissingCSRF  | -",
                "POST | /signout                              | -  | 302 B/signin?error=MissingCSRF  | -",
                "POST | /callback/github                      | -  | 302 B/error?error=Configuration | -",
                // with the token: the cookies are there and stay
                "POST | /csrf                                 | csrfToken=CSRF | 302 B/error?error=Configuration | -",
                "POST | /session                              | csrfToken=CSRF | 200 null     | -",
                "POST | /signin                               | csrfToken=CSRF | 302 B/signin | -",
                "POST | /signin/github                        | csrfToken=CSRF | 302 KEYCLOAK | transaction",
                "POST | /signin/nope                          | csrfToken=CSRF | 404 SignIn   | -",
                "POST | /callback/nope                        | code=c&state=s | 404 SignIn   | csrf-token callback-url",
                "POST | /signout                              | csrfToken=CSRF | 302 O        | -",
                "POST | /signout | csrfToken=CSRF&callbackUrl=/rel?x=1%23h      | 302 O/rel?x=1#h | callback-url",
                "POST | /signout | csrfToken=CSRF&callbackUrl=O/abs             | 302 O/abs       | callback-url",
                "POST | /signout | csrfToken=CSRF&callbackUrl=                  | 302 O           | -",
                "POST | /signout | csrfToken=CSRF&callbackUrl=https://evil.example/ | 302 O       | -",
                "POST | /signout | csrfToken=CSRF&callbackUrl=http://localhost:3000@evil | 302 O  | -",
                "POST | /signout | csrfToken=CSRF&callbackUrl=http://localhost:3001 | 302 O       | -",
                "POST | /signout | csrfToken=CSRF&callbackUrl=https://localhost:3000 | 302 O      | -",
                "POST | /signout | csrfToken=CSRF&callbackUrl=javascript:alert(1)   | 302 O       | -",
                "POST | /signout | csrfToken=CSRF&callbackUrl=data:x            | 302 O           | -",
                "POST | /signout | csrfToken=CSRF&callbackUrl=//evil.example/x  | 302 O//evil.example/x | callback-url",
                "POST | /signout | csrfToken=CSRF&callbackUrl=/%5Cevil.example  | 302 O/\\evil.example  | callback-url",
                "POST | /signout | csrfToken=CSRF&callbackUrl=evil.example      | 302 B/error?error=Configuration | -",
                "POST | /signout | csrfToken=CSRF&callbackUrl=%5C%5Cevil.example | 302 B/error?error=Configuration | -",
                "POST | /signout | csrfToken=CSRF&callbackUrl=O.evil.example    | 302 B/error?error=Configuration | -",
                "POST | /signout | csrfToken=CSRF&callbackUrl=/x%0D%0ASet-Cookie:a | 302 B/error?error=Configuration | -",
                "POST | /signout | csrfToken=CSRF&callbackUrl=/%E2%82%AC        | 302 O/%E2%82%AC | callback-url",
                "POST | /signout?callbackUrl=/query | csrfToken=CSRF            | 302 O/query     | callback-url",
                "POST | /signout?callbackUrl=/query | csrfToken=CSRF&callbackUrl=/body | 302 O/body | callback-url",
                // a callbackUrl in the query that is none: at once, on every route
                "GET  | /session?callbackUrl=javascript:x     | -  | 400 null     | -",
                "GET  | /csrf?callbackUrl=javascript:x        | -  | 400 json     | -",
                "GET  | /providers?callbackUrl=evil           | -  | 400 json     | -",
                "GET  | /signin?callbackUrl=javascript:x      | -  | 400 Problem  | -",
                "GET  | /signin/github?callbackUrl=data:x     | -  | 400 Problem  | -",
                "GET  | /signout?callbackUrl=/x%0A            | -  | 400 Problem  | -",
                "GET  | /error?callbackUrl=%5C%5Cevil         | -  | 400 Problem  | -",
                "POST | /signout?callbackUrl=javascript:x     | csrfToken=CSRF | 400 json | -",
                // that hung a server once: the default
                "GET  | /signout?callbackUrl=http%3A%2F%2F%5B | -  | 302 O        | csrf-token callback-url",
            })
    void answers_as_the_contract_says(String method, String path, String body, String answer, String cookies) {
        String form = body == null ? "" : body;
        if (form.contains("CSRF")) {
            form = form.replace("CSRF", facade.csrfToken(browser, PORTFOLIO));
        }
        String[] parts = path.split("\\?", 2);
        Requests request = method.equals("POST")
                ? Requests.post(PORTFOLIO, parts[0]).form(form.replace("=O", "=" + O))
                : Requests.get(PORTFOLIO, parts[0]);
        Reply reply =
                facade.answer(request.query(parts.length > 1 ? parts[1] : "").from(browser));

        assertThat(shown(reply)).isEqualTo(absolute(answer));
        assertThat(names(reply)).isEqualTo(cookies == null ? Set.of() : Set.of(cookies.split(" ")));
    }

    /**
     * The same for somebody who is signed in, and for somebody whose cookie is broken. {@code in} is signed in afterwards,
     * {@code out} is not, with the session's cookies cleared by the answer; {@code broken} has the broken cookie still.
     */
    @ParameterizedTest(name = "{0} {1} ({2})")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // method, path, body | answer to the signed-in, and then | answer to the broken, and then
                "GET  | /csrf                   | -  | 200 json    | in  | 200 json    | broken",
                "GET  | /providers              | -  | 200 json    | in  | 200 json    | broken",
                "GET  | /session                | -  | 200 json    | in  | 200 null    | out",
                "GET  | /signin                 | -  | 200 SignIn  | in  | 200 SignIn  | broken",
                "GET  | /signin?error=OAuthAccountNotLinked | -  | 200 SignIn | in | 200 SignIn | broken",
                "GET  | /signin/github          | -  | 302 KEYCLOAK | in | 302 KEYCLOAK | broken",
                "GET  | /signin/nope            | -  | 404 SignIn  | in  | 404 SignIn  | broken",
                "GET  | /callback/github        | -  | 302 B/error?error=Configuration | in | 302 B/error?error=Configuration | broken",
                "GET  | /callback/github?code=c&state=s | -  | 302 B/error?error=Configuration | in | 302 B/error?error=Configuration | broken",
                "GET  | /signout                | -  | 302 O       | out | 302 O       | out",
                "GET  | /error?error=AccessDenied | -  | 403 Problem | in | 403 Problem | broken",
                "GET  | /session?callbackUrl=x  | -  | 400 null    | in  | 400 null    | broken",
                "POST | /_log                   | -  | 200 empty   | in  | 200 empty   | broken",
                "POST | /csrf                   | -  | 302 B/error?error=Configuration | in | 302 B/error?error=Configuration | broken",
                "POST | /session                | -  | 400 null    | in  | 400 null    | broken",
                "POST | /session                | csrfToken=CSRF | 200 json | in | 200 null | out",
                "POST | /signin                 | csrfToken=CSRF | 302 B/signin | in | 302 B/signin | broken",
                "POST | /signin/github          | -  | 302 B/signin?error=MissingCSRF | in | 302 B/signin?error=MissingCSRF | broken",
                "POST | /signin/github          | csrfToken=CSRF | 302 KEYCLOAK | in | 302 KEYCLOAK | broken",
                "POST | /signout                | -  | 302 B/signin?error=MissingCSRF | in | 302 B/signin?error=MissingCSRF | broken",
                "POST | /signout                | csrfToken=CSRF&callbackUrl=/bye | 302 O/bye | out | 302 O/bye | out",
            })
    void answers_a_browser_with_a_session_cookie_as_the_contract_says(
            String method,
            String path,
            String body,
            String toSignedIn,
            String signedInThen,
            String toBroken,
            String brokenThen) {
        Browser signedIn = facade.signedIn(PORTFOLIO, "sid-1");
        Browser broken = new Browser();
        broken.put("authjs.session-token", "broken", "/");

        assertThat(answerTo(signedIn, method, path, body)).isEqualTo(absolute(toSignedIn));
        assertThat(signedIn.value("authjs.session-token").isPresent() ? "in" : "out")
                .isEqualTo(signedInThen);
        assertThat(facade.session(signedIn, PORTFOLIO).equals("null") ? "out" : "in")
                .isEqualTo(signedInThen);
        assertThat(answerTo(broken, method, path, body)).isEqualTo(absolute(toBroken));
        assertThat(broken.value("authjs.session-token").isPresent() ? "broken" : "out")
                .isEqualTo(brokenThen);
    }

    private String answerTo(Browser who, String method, String path, String body) {
        String form = body == null ? "" : body;
        if (form.contains("CSRF")) {
            form = form.replace("CSRF", facade.csrfToken(who, PORTFOLIO));
        }
        String[] parts = path.split("\\?", 2);
        Requests request = method.equals("POST")
                ? Requests.post(PORTFOLIO, parts[0]).form(form)
                : Requests.get(PORTFOLIO, parts[0]);
        return shown(facade.answer(who, request.query(parts.length > 1 ? parts[1] : "")));
    }

    private static String absolute(String answer) {
        return answer.replace("302 O", "302 " + O).replace("302 B", "302 " + B);
    }

    @Test
    void lists_the_providers_of_the_application_in_their_order() {
        Reply reply = facade.answer(Requests.get(PORTFOLIO, "/providers"));

        assertThat(reply)
                .isEqualTo(new Reply.Json(
                        200,
                        "{\"github\":{\"id\":\"github\",\"name\":\"GitHub\",\"type\":\"oauth\","
                                + "\"signinUrl\":\"http://localhost:3000/api/auth/signin/github\","
                                + "\"callbackUrl\":\"http://localhost:3000/api/auth/callback/github\"},"
                                + "\"keycloak\":{\"id\":\"keycloak\",\"name\":\"Keycloak\",\"type\":\"oidc\","
                                + "\"signinUrl\":\"http://localhost:3000/api/auth/signin/keycloak\","
                                + "\"callbackUrl\":\"http://localhost:3000/api/auth/callback/keycloak\"}}"));
    }

    @Test
    void gives_the_token_of_the_cookie_and_the_same_across_sign_in_and_sign_out() {
        String token = facade.csrfToken(browser, PORTFOLIO);
        assertThat(token).matches("[0-9a-f]{64}");
        assertThat(browser.value("authjs.csrf-token").orElseThrow()).startsWith(token + "|");

        facade.signIn(browser, PORTFOLIO, "sid-1");
        assertThat(facade.csrfToken(browser, PORTFOLIO)).isEqualTo(token);
        facade.answer(browser, Requests.get(PORTFOLIO, "/signout"));
        assertThat(facade.csrfToken(browser, PORTFOLIO)).isEqualTo(token);
    }

    @Test
    void sets_standing_cookies_once() {
        facade.answer(browser, Requests.get(PORTFOLIO, "/csrf"));

        assertThat(facade.answer(browser, Requests.get(PORTFOLIO, "/csrf")).cookies())
                .isEmpty();
        assertThat(facade.answer(browser, Requests.get(PORTFOLIO, "/session")).cookies())
                .isEmpty();
        assertThat(names(facade.answer(
                        browser, Requests.get(PORTFOLIO, "/session").query("callbackUrl=/x"))))
                .containsExactly("callback-url");
    }

    @Test
    void remembers_the_callback_url_but_checks_it_again() {
        facade.answer(browser, Requests.get(PORTFOLIO, "/signin").query("callbackUrl=/after"));
        assertThat(browser.value("authjs.callback-url")).hasValue(O + "/after");
        assertThat(shown(facade.answer(browser, Requests.get(PORTFOLIO, "/signout"))))
                .isEqualTo("302 " + O + "/after");

        browser.put("authjs.callback-url", "https://evil.example/", "/");
        assertThat(shown(facade.answer(browser, Requests.get(PORTFOLIO, "/signout"))))
                .isEqualTo("302 " + O);
    }

    /** It may be planted, and must not lock people out. */
    @ParameterizedTest
    @ValueSource(strings = {"javascript:alert(1)", "evil.example", "/x\r\nSet-Cookie: a=b", "\ud83d\udd11", "http://["})
    void an_unusable_callback_url_cookie_is_ignored_and_replaced(String planted) {
        browser.put("authjs.callback-url", planted, "/");

        assertThat(shown(facade.answer(browser, Requests.get(PORTFOLIO, "/signout"))))
                .isEqualTo("302 " + O);
        assertThat(browser.value("authjs.callback-url")).hasValue(O);
    }

    @Test
    void the_sign_in_page_shows_the_buttons_of_the_application_and_keeps_the_callback_url_unchecked() {
        Reply.Html reply = (Reply.Html) facade.answer(
                browser,
                Requests.get(PORTFOLIO, "/signin").query("callbackUrl=https://evil.example/%22%3E&csrfToken=planted"));
        Page.SignIn page = (Page.SignIn) reply.page();

        assertThat(page.application()).isEqualTo("The portfolio");
        assertThat(page.providers()).isEqualTo(PORTFOLIO.application().providers());
        assertThat(page.csrfToken()).isEqualTo(facade.csrfToken(browser, PORTFOLIO));
        assertThat(page.callbackUrl()).hasValue("https://evil.example/\">");
        assertThat(page.notice()).isEmpty();
    }

    /** Otherwise somebody who is not signed in yet, and chooses a provider there, would have to sign in twice. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/signin      | callbackUrl=/a                        | ''",
                "/signin      | max_age=0&acr_values=silver%20gold    | ?max_age=0&acr_values=silver+gold",
                "/signin      | prompt=login&login_hint=a%22%3E       | ?login_hint=a%22%3E&prompt=login",
                "/signin      | client_id=x&redirect_uri=x&error=E    | ''",
                "/signin/nope | max_age=60                            | ?max_age=60",
            })
    void the_buttons_of_the_sign_in_page_keep_what_the_sign_in_demands(String path, String query, String expected) {
        Reply.Html reply =
                (Reply.Html) facade.answer(Requests.get(PORTFOLIO, path).query(query));

        Page.SignIn page = (Page.SignIn) reply.page();
        assertThat(Set.of(page.whichApplication().replaceFirst("\\?", "").split("&")))
                .isEqualTo(Set.of(expected.replaceFirst("\\?", "").split("&")));
        assertThat(page.whichApplication()).matches("|\\?.*");
    }

    @Test
    void the_sign_in_page_refuses_a_demand_that_nobody_understands() {
        Reply reply = facade.answer(Requests.get(PORTFOLIO, "/signin").query("max_age=soon"));

        assertThat(reply)
                .matches(ErrorRedirects.to(O + "/api/auth/error?error=Configuration", Page.Cause.MALFORMED_DEMAND));
    }

    @ParameterizedTest
    @CsvSource({
        "OAuthCallbackError, NOT_FINISHED",
        "OAuthSignin, NOT_FINISHED",
        "OAuthCallback, NOT_FINISHED",
        "Callback, NOT_FINISHED",
        "Signin, NOT_FINISHED",
        "OAuthAccountNotLinked, NOT_LINKED",
        "AccountNotLinked, NOT_LINKED",
        "OAuthCreateAccount, NOT_LINKED",
        "SessionRequired, SESSION_REQUIRED",
        "MissingCSRF, MISSING_CSRF",
        "WebAuthnVerificationError, TRY_AGAIN",
        "<script>, TRY_AGAIN",
        "OAuthCallbackError&code=provider_failed, PROVIDER_FAILED",
        "OAuthCallbackError&code=invented, NOT_FINISHED",
    })
    void the_sign_in_page_says_what_went_wrong(String error, Page.Notice says) {
        Reply.Html reply = (Reply.Html) facade.answer(Requests.get(PORTFOLIO, "/signin")
                .query("error=" + error.replace("<", "%3C").replace(">", "%3E")));

        assertThat(((Page.SignIn) reply.page()).notice()).hasValue(says);
    }

    /** A browser without cookies has another reference at each request. */
    @Test
    void an_error_page_shows_the_reference_that_the_redirect_carries() {
        for (String path : List.of("/error?error=Configuration&code=took_too_long", "/error?error=AccessDenied")) {
            String[] parts = path.split("\\?");
            Page.Problem page = (Page.Problem) ((Reply.Html)
                            facade.answer(Requests.get(PORTFOLIO, parts[0]).query(parts[1] + "&reference=1F6C2A9B")))
                    .page();
            assertThat(page.reference()).hasToString("1F6C2A9B");
        }
        for (String forged : List.of("%3Cb%3E", "1F6C2A9", "1f6c2a9b", "1F6C2A9B0", "")) {
            Page.Problem page = (Page.Problem) ((Reply.Html)
                            facade.answer(Requests.get(PORTFOLIO, "/error").query("reference=" + forged)))
                    .page();
            assertThat(page.reference()).hasToString("0000ABCD");
        }
    }

    /** Monitoring must not be woken up by what a person's browser did. */
    @ParameterizedTest
    @CsvSource({
        "unknown_sign_in, 400, signin",
        "no_cookies, 400, signin",
        "begun_by_auth_js, 400, home",
        "already_finished, 400, home",
        "took_too_long, 400, signin",
        "provider_not_offered, 404, signin",
        "callback_url_too_long, 400, signin",
        "malformed, 400, signin",
        "client_refused, 500, home",
        "clock_skew, 500, home",
        "origin_not_in_token, 500, home",
        "wrong_issuer, 500, home",
        "unavailable, 503, signin",
        "provider_not_allowed, 403, signin",
        "account_disabled, 403, home",
        "account_locked, 403, signin",
        "nonsense, 500, home",
    })
    void each_cause_has_its_status_and_offers_another_try_only_where_that_helps(
            String code, int status, String leadsTo) {
        Reply.Html reply = (Reply.Html) facade.answer(
                Requests.get(PORTFOLIO, "/error").query("error=Configuration&code=" + code + "&reference=1F6C2A9B"));

        assertThat(reply.status()).isEqualTo(status);
        assertThat(((Page.Problem) reply.page()).back()).hasValue(leadsTo.equals("home") ? O + "/" : B + "/signin");
    }

    @Test
    void a_redirect_to_the_error_page_says_the_cause() {
        assertThat(facade.answer(Requests.get(PORTFOLIO, "/callback/github").query("code=c&state=s")))
                .matches(ErrorRedirects.to(B + "/error?error=Configuration", Page.Cause.NO_COOKIES));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/signin/githb", "/signin/GitHub", "/callback/githb"})
    void a_person_chooses_among_the_providers_where_the_address_names_none(String path) {
        Reply.Html reply =
                (Reply.Html) facade.answer(Requests.get(PORTFOLIO, path).query("callbackUrl=/after"));

        Page.SignIn page = (Page.SignIn) reply.page();
        assertThat(reply.status()).isEqualTo(404);
        assertThat(page.notice()).hasValue(Page.Notice.NO_SUCH_PROVIDER);
        assertThat(page.providers()).containsExactly(new Provider("github"), new Provider("keycloak"));
        assertThat(page.callbackUrl()).hasValue("/after");
        assertThat(facade.events().all()).hasExactlyElementsOfTypes(SignInEvent.UnknownProvider.class);
    }

    /** The address is what clients of Auth.js go to, whatever the status is. */
    @Test
    void a_program_gets_the_list_of_providers_where_the_address_names_none() {
        String token = facade.csrfToken(browser, PORTFOLIO);
        for (Requests request : List.of(
                Requests.get(PORTFOLIO, "/signin/githb").returningRedirect(),
                Requests.get(PORTFOLIO, "/callback/githb").returningRedirect(),
                Requests.post(PORTFOLIO, "/signin/githb").form("json=true&csrfToken=" + token),
                Requests.post(PORTFOLIO, "/signin/githb")
                        .form("csrfToken=" + token)
                        .returningRedirect())) {
            Reply.Json reply = (Reply.Json) facade.answer(browser, request);

            assertThat(reply.status()).isEqualTo(404);
            assertThat(reply.body())
                    .startsWith("{\"message\":\"This application does not offer the provider \\\"githb\\\"."
                            + " Available: github, keycloak.\",\"providers\":[\"github\",\"keycloak\"],"
                            + "\"url\":\"" + B + "/error?error=Configuration&code=provider_not_offered&reference=");
            assertThat(reply.cookies()).isEmpty();
        }
    }

    @Test
    void a_provider_without_a_redirect_uri_is_not_offered() {
        RedirectUris only = new RedirectUris(Optional.of(Set.of(B + "/callback/github")));
        Recognized at = new Recognized(PORTFOLIO.application().with(only), PORTFOLIO.origin(), false);

        assertThat(((Reply.Json) facade.answer(Requests.get(at, "/providers"))).body())
                .contains("github")
                .doesNotContain("keycloak");
        Reply.Html page = (Reply.Html) facade.answer(Requests.get(at, "/signin"));
        assertThat(((Page.SignIn) page.page()).providers()).containsExactly(new Provider("github"));
        assertThat(shown(facade.answer(Requests.get(at, "/signin/keycloak")))).isEqualTo("404 SignIn");
        assertThat(shown(facade.answer(Requests.get(at, "/signin/github")))).isEqualTo(absolute("302 KEYCLOAK"));
        Recognized none = new Recognized(
                PORTFOLIO.application().with(new RedirectUris(Optional.of(Set.of()))), PORTFOLIO.origin(), false);
        assertThat(((Reply.Json) facade.answer(Requests.get(none, "/providers"))).body())
                .isEqualTo("{}");
    }

    @Test
    void a_callback_url_that_is_too_long_is_called_that() {
        String tooLong = "callbackUrl=/" + "a".repeat(2048);
        Reply.Html page = (Reply.Html)
                facade.answer(Requests.get(PORTFOLIO, "/signin/github").query(tooLong));
        assertThat(page.status()).isEqualTo(400);
        assertThat(((Page.Problem) page.page()).cause()).isEqualTo(Page.Cause.CALLBACK_URL_TOO_LONG);

        String token = facade.csrfToken(browser, PORTFOLIO);
        assertThat(facade.answer(
                        browser, Requests.post(PORTFOLIO, "/signin/github").form("csrfToken=" + token + "&" + tooLong)))
                .matches(ErrorRedirects.to(B + "/error?error=Configuration", Page.Cause.CALLBACK_URL_TOO_LONG));
    }

    @ParameterizedTest
    @ValueSource(strings = {"AccessDenied", "%3Cscript%3E", ""})
    void the_error_page_links_to_the_sign_in_page(String error) {
        Page.Problem page = (Page.Problem)
                ((Reply.Html) facade.answer(Requests.get(PORTFOLIO, "/error").query("error=" + error))).page();

        assertThat(page.reference()).hasToString("0000ABCD");
        assertThat(page.back()).hasValue(B + "/signin");
        assertThat(page.application()).hasValue("The portfolio");
    }

    /** The same as {@code pages: {signIn: '/login?x=1', error: '/café'}} of Auth.js. */
    @Test
    void an_application_has_pages_of_its_own() {
        var pages = new ApplicationPages(PagePath.parse("/login?x=1"), PagePath.parse("/caf\u00e9"));
        Recognized own = new Recognized(PORTFOLIO.application().with(pages), PORTFOLIO.origin(), false);

        assertThat(shown(facade.answer(Requests.get(own, "/signin").query("callbackUrl=/after?a=b"))))
                .isEqualTo("302 " + O + "/login?x=1&callbackUrl=http%3A%2F%2Flocalhost%3A3000%2Fafter%3Fa%3Db");
        assertThat(shown(facade.answer(Requests.get(own, "/signin").query("error=SessionRequired&callbackUrl=/x"))))
                .isEqualTo(
                        "302 " + O + "/login?x=1&callbackUrl=http%3A%2F%2Flocalhost%3A3000%2Fx&error=SessionRequired");
        assertThat(shown(facade.answer(Requests.get(own, "/error").query("error=%22%3E%26"))))
                .isEqualTo("302 " + O + "/caf%C3%A9?error=%22%3E%26");
        assertThat(shown(facade.answer(Requests.get(own, "/error"))))
                .isEqualTo("302 " + O + "/caf%C3%A9?error=Default");
        assertThat(facade.answer(Requests.get(own, "/signin/nope")))
                .matches(ErrorRedirects.to(O + "/caf%C3%A9?error=Configuration", Page.Cause.PROVIDER_NOT_OFFERED));
        assertThat(facade.answer(Requests.post(own, "/signin/github")))
                .matches(ErrorRedirects.to(O + "/login?x=1&error=MissingCSRF"));
    }

    /** Never another origin, and no circle. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "login",
                "//evil.example",
                "/\\evil.example",
                "https://evil.example/",
                "javascript:x",
                "/x#y",
                "/x y",
                "/x\r\ny",
                "/api/auth/signin",
                "/api/auth",
                "/\ud800"
            })
    void a_page_of_an_application_is_a_path_of_its_own_origin(String path) {
        assertThat(PagePath.parse(path)).isEmpty();
    }

    static Stream<Reply> answersToAPerson() {
        return answers(Problems.Audience.PERSON);
    }

    static Stream<Reply> answersToAClient() {
        return answers(Problems.Audience.CLIENT);
    }

    static Stream<Reply> answersToASessionClient() {
        return answers(Problems.Audience.SESSION_CLIENT);
    }

    private static Stream<Reply> answers(Problems.Audience audience) {
        Reference reference = new Reference("0000ABCD");
        return Stream.concat(
                Stream.of(
                        Problems.malformed(reference, audience),
                        Problems.tooLarge(reference, audience),
                        Problems.failure(reference, audience)),
                Arrays.stream(Recognition.Reason.values())
                        .map(reason -> Problems.unrecognised(reason, reference, audience)));
    }

    @ParameterizedTest
    @MethodSource("answersToAPerson")
    void a_person_gets_a_page_without_a_link_if_no_application_is_known(Reply reply) {
        Page.Problem page = (Page.Problem) ((Reply.Html) reply).page();

        assertThat(((Reply.Html) reply).status()).isIn(400, 413, 500, 503);
        assertThat(reply.cookies()).isEmpty();
        assertThat(page.back()).isEmpty();
        assertThat(page.reference()).hasToString("0000ABCD");
    }

    @ParameterizedTest
    @MethodSource("answersToAClient")
    void a_client_gets_the_same_as_json(Reply reply) {
        assertThat(((Reply.Message) reply).problem().reference()).hasToString("0000ABCD");
        assertThat(reply.cookies()).isEmpty();
    }

    /** GHSA-8fpg-xm3f-6cx3: the body of an error was taken for a session. */
    @HostileInput(row = 2, advisory = "GHSA-8fpg-xm3f-6cx3")
    @ParameterizedTest
    @MethodSource("answersToASessionClient")
    void a_client_that_asks_for_the_session_never_gets_an_object(Reply reply) {
        assertThat(((Reply.Json) reply).body()).isEqualTo("null");
        assertThat(((Reply.Json) reply).status()).isIn(400, 413, 500, 503);
    }

    @Test
    void only_a_bug_of_the_facade_is_a_500() {
        assertThat(answersToAClient().filter(reply -> ((Reply.Message) reply).status() == 500))
                .containsExactly(Problems.failure(new Reference("0000ABCD"), Problems.Audience.CLIENT));
    }

    @Test
    void an_unknown_route_is_a_bad_request() {
        assertThat(Endpoints.badRequest()).isEqualTo(new Reply.Json(400, "\"Bad request.\""));
    }

    /** Who is signed in keeps the session whatever is refused, and the operator hears of it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/signout",
                "/signin",
                "/signin/github",
                "/session",
                "/csrf",
                "/providers",
                "/error",
                "/callback/github"
            })
    void a_refused_post_changes_nothing(String path) {
        Browser signedIn = facade.signedIn(PORTFOLIO, "sid-1");
        Reply reply = facade.answer(signedIn, Requests.post(PORTFOLIO, path).form("csrfToken=" + "f".repeat(64)));

        assertThat(reply.cookies()).isEmpty();
        assertThat(facade.events().all())
                .hasSize(3)
                .last()
                .isInstanceOfAny(RequestEvent.Refused.class, SignInEvent.CallbackRefused.class);
        assertThat(facade.session(signedIn, PORTFOLIO)).contains("Ada");
        assertThat(facade.keeper().endings()).isEmpty();
        assertThat(facade.keycloak().authorizationRequests()).hasSize(1);
    }

    @Test
    void work_that_may_block_runs_on_another_thread() {
        facade.signIn(browser, PORTFOLIO, "sid");
        facade.keycloak().authorizationRequests().clear();
        String token = facade.csrfToken(browser, PORTFOLIO);

        assertThat(facade.begin(Requests.get(PORTFOLIO, "/signin/github").from(browser)))
                .isNotDone();
        assertThat(facade.begin(Requests.get(PORTFOLIO, "/signout").from(browser)))
                .isNotDone();
        assertThat(facade.begin(Requests.post(PORTFOLIO, "/signout")
                        .form("csrfToken=" + token)
                        .from(browser)))
                .isNotDone();
        assertThat(facade.keycloak().authorizationRequests()).isEmpty();
        for (String path : Set.of("/csrf", "/providers", "/session", "/signin", "/error", "/callback/github")) {
            assertThat(facade.begin(Requests.get(PORTFOLIO, path).from(browser)))
                    .isDone();
        }
    }

    private static String shown(Reply reply) {
        if (reply instanceof Reply.Redirect redirect) {
            return "302 "
                    + (redirect.location().startsWith("https://id.example.com/auth")
                            ? "KEYCLOAK"
                            : redirect.location());
        }
        if (reply instanceof Reply.ErrorRedirect redirect) {
            return "302 " + ErrorRedirects.plain(redirect.location());
        }
        if (reply instanceof Reply.Json json) {
            return json.status() + " " + (json.body().startsWith("{") ? "json" : json.body());
        }
        if (reply instanceof Reply.Html html) {
            return html.status() + " " + html.page().getClass().getSimpleName();
        }
        return ((Reply.Empty) reply).status() + " empty";
    }

    private static Set<String> names(Reply reply) {
        return reply.cookies().stream()
                .map(cookie -> cookie.name().substring("authjs.".length()))
                .map(name -> name.startsWith("transaction.") ? "transaction" : name)
                .collect(Collectors.toSet());
    }

    @Test
    void people_of_a_disabled_client_are_signed_out() {
        Browser signedIn = facade.signedIn(PORTFOLIO, "sid");
        Browser elsewhere = facade.signedIn(DASHBOARD, "another-sid");
        disablePortfolio();

        Reply.Json session = (Reply.Json) facade.answer(signedIn, Requests.get(disabled(), "/session"));

        assertThat(session.status()).isEqualTo(200);
        assertThat(session.body()).isEqualTo("null");
        assertThat(signedIn.names()).doesNotContain("authjs.session-token");
        assertThat(facade.session(elsewhere, DASHBOARD)).contains("user");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/signin", "/signin/github", "/callback/github?code=code&state=state", "/providers", "/signout"})
    void nobody_signs_in_at_a_disabled_client(String path) {
        disablePortfolio();

        String[] parts = path.split("\\?");
        Requests request = Requests.get(disabled(), parts[0]);
        Reply reply = facade.answer(browser, parts.length > 1 ? request.query(parts[1]) : request);

        assertThat(reply.cookies()).isEmpty();
        assertThat(reply).isInstanceOfSatisfying(Reply.Html.class, html -> {
            assertThat(html.status()).isEqualTo(403);
            assertThat(((Page.Problem) html.page()).cause()).isEqualTo(Page.Cause.DISABLED);
        });
        assertThat(facade.events().of(RequestEvent.Refused.class))
                .extracting(RequestEvent.Refused::what)
                .containsExactly("the client is disabled");
    }

    @Test
    void a_sign_out_at_a_disabled_client_clears_the_cookies() {
        Browser signedIn = facade.signedIn(PORTFOLIO, "sid");
        Browser copy = signedIn.copy();
        disablePortfolio();

        Reply reply = facade.answer(signedIn, Requests.post(disabled(), "/signout"));

        assertThat(((Reply.Html) reply).status()).isEqualTo(403);
        assertThat(signedIn.names()).doesNotContain("authjs.session-token");
        facade.know(PORTFOLIO.application(), DASHBOARD.application());
        assertThat(facade.session(copy, PORTFOLIO)).isEqualTo("null");
    }

    private void disablePortfolio() {
        facade.know(disabled().application(), DASHBOARD.application());
    }

    private static Recognition.Recognized disabled() {
        return new Recognition.Recognized(
                Application.disabled(
                        PORTFOLIO.application().clientId(),
                        PORTFOLIO.application().name(),
                        PORTFOLIO.application().origins(),
                        Optional.empty()),
                PORTFOLIO.origin(),
                false);
    }
}
