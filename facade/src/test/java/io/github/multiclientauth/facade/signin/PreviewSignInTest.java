package io.github.multiclientauth.facade.signin;

import static io.github.multiclientauth.facade.fake.Applications.application;
import static io.github.multiclientauth.facade.fake.Applications.withPreviews;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.facade.client.Application;
import io.github.multiclientauth.facade.client.Recognition.Recognized;
import io.github.multiclientauth.facade.event.SignInEvent;
import io.github.multiclientauth.facade.fake.Browser;
import io.github.multiclientauth.facade.fake.ErrorRedirects;
import io.github.multiclientauth.facade.fake.Facade;
import io.github.multiclientauth.facade.fake.FakeAuthorizationServer;
import io.github.multiclientauth.facade.fake.HostileInput;
import io.github.multiclientauth.facade.fake.Requests;
import io.github.multiclientauth.facade.seal.KeyHolder;
import io.github.multiclientauth.facade.wire.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signing in at a preview, whose people come back to the application's callback origin first. */
class PreviewSignInTest {

    private static final String HOME = "https://portfolio.example.com";
    private static final String PREVIEW = "https://pr-1-preview.example.com";
    private static final Application PLAIN =
            application("portfolio", Set.of(HOME, "https://www.example.com"), "github", "keycloak");
    private static final Application PORTFOLIO = withPreviews(PLAIN, HOME, "https://*-preview.example.com");
    private static final Application SHOP = withPreviews(
            application("shop", Set.of("https://shop.example.net"), "github"),
            "https://shop.example.net",
            "https://*.shop.example.net");
    private static final Predicate<Reply> TO_ERROR_PAGE =
            ErrorRedirects.to(PREVIEW + "/api/auth/error?error=Configuration");
    private static final Predicate<Reply> TO_ERROR_PAGE_AT_HOME =
            ErrorRedirects.to(HOME + "/api/auth/error?error=Configuration");

    private final Facade facade = new Facade();
    private final Browser browser = new Browser();

    @BeforeEach
    void keycloakSignsAdaIn() {
        facade.know(PORTFOLIO, SHOP);
        facade.redeem(FakeAuthorizationServer.identity(facade.at(PREVIEW), "sid-1"));
    }

    @Test
    void signs_in_and_returns_to_the_preview() {
        facade.answer(
                browser, Requests.get(facade.at(PREVIEW), "/signin/github").query("callbackUrl=/after?x=1"));
        Reply end = receive(browser, PREVIEW, pass("code=the%20code&iss=https%3A%2F%2Fid.example.com"));

        assertThat(((Reply.Redirect) end).location()).isEqualTo(PREVIEW + "/after?x=1");
        assertThat(facade.session(browser, facade.at(PREVIEW)))
                .contains("\"email\":\"ada@example.com\"")
                .contains("\"clientOrigin\":\"" + HOME + "\"");
        var redeemed = facade.keycloak().redemptions().get(0).asked();
        assertThat(redeemed.code().value()).isEqualTo("the code");
        assertThat(redeemed.code().redirectUri()).isEqualTo(HOME + "/api/auth/callback/github");
        assertThat(redeemed.issuer()).hasValue("https://id.example.com");
        assertThat(facade.events().of(SignInEvent.class))
                .hasExactlyElementsOfTypes(
                        SignInEvent.Started.class, SignInEvent.HandedOff.class, SignInEvent.SignedIn.class);
        assertThat(facade.events().of(SignInEvent.HandedOff.class))
                .extracting(event -> event.preview().toString())
                .containsExactly(PREVIEW);
    }

    /** The demand is in the preview's own cookie: the callback origin knows nothing of it. */
    @Test
    void signs_nobody_in_who_does_not_meet_the_demand() {
        facade.answer(
                browser, Requests.get(facade.at(PREVIEW), "/signin/github").query("max_age=60&acr_values=gold"));
        assertThat(facade.keycloak().lastAuthorizationRequest().passedOn())
                .isEqualTo(Map.of("max_age", "60", "acr_values", "gold"));
        facade.restart();
        Reply end = receive(browser, PREVIEW, pass("code=c&iss=https%3A%2F%2Fid.example.com"));

        assertThat(((Reply.ErrorRedirect) end).location())
                .startsWith(PREVIEW + "/api/auth/error?error=StepUpRequired&")
                .contains("&max_age=60&acr_values=gold&provider=github");
        assertThat(facade.session(browser, facade.at(PREVIEW))).isEqualTo("null");
    }

    @Test
    void keycloak_sees_the_callback_origin_only() {
        facade.beginSignIn(browser, facade.at(PREVIEW), "github");

        var request = facade.keycloak().lastAuthorizationRequest();
        assertThat(request.redirectUri()).isEqualTo(HOME + "/api/auth/callback/github");
        assertThat(request.clientOrigin()).isEqualTo(HOME);
        assertThat(browser.names()).anyMatch(name -> name.startsWith("__Secure-authjs.transaction."));
    }

    @Test
    void the_callback_origin_redeems_nothing_and_sets_nothing() {
        facade.beginSignIn(browser, facade.at(PREVIEW), "github");
        Reply reply = atHome("code=c&state=" + state());

        assertThat(reply).isInstanceOf(Reply.SeeOther.class);
        assertThat(((Reply.SeeOther) reply).location())
                .startsWith(PREVIEW + "/api/auth/callback/github?hand_off=")
                .doesNotContain("code=")
                .hasSizeLessThan(2000);
        assertThat(reply.cookies()).isEmpty();
        assertThat(facade.keycloak().redemptions()).isEmpty();
    }

    @Test
    void an_answer_by_form_is_handed_off_as_well() {
        facade.beginSignIn(browser, facade.at(PREVIEW), "github");
        Reply reply =
                facade.answer(Requests.post(facade.at(HOME), "/callback/github").form("code=c&state=" + state()));

        assertThat(receive(browser, PREVIEW, handOff(reply))).isInstanceOf(Reply.Redirect.class);
    }

    @Test
    void tells_the_preview_that_nobody_signed_in() {
        facade.beginSignIn(browser, facade.at(PREVIEW), "github");

        assertThat(receive(browser, PREVIEW, pass("error=access_denied")))
                .matches(ErrorRedirects.to(PREVIEW + "/api/auth/signin?error=OAuthCallbackError"));
        facade.answer(
                browser, Requests.get(facade.at(PREVIEW), "/signin/github").query("prompt=none&callbackUrl=/after"));
        assertThat(((Reply.Redirect) receive(browser, PREVIEW, pass("error=login_required"))).location())
                .isEqualTo(PREVIEW + "/after");
    }

    @Test
    void signs_out_at_the_preview() {
        facade.beginSignIn(browser, facade.at(PREVIEW), "github");
        receive(browser, PREVIEW, pass("code=c"));
        Reply reply = facade.answer(
                browser, Requests.get(facade.at(PREVIEW), "/signout").query("callbackUrl=/bye"));

        assertThat(((Reply.Redirect) reply).location()).isEqualTo(PREVIEW + "/bye");
        assertThat(facade.keeper().endings()).hasSize(1);
        assertThat(facade.session(browser, facade.at(PREVIEW))).isEqualTo("null");
    }

    @Test
    void the_application_itself_signs_in_as_before() {
        facade.signIn(browser, facade.at(HOME), "sid-2");

        assertThat(facade.session(browser, facade.at(HOME))).contains("\"clientOrigin\":\"" + HOME + "\"");
    }

    /** Whoever can read a hand-off in an access log has no transaction with its PKCE verifier. */
    @Test
    void a_stolen_hand_off_is_useless_in_another_browser() {
        facade.beginSignIn(browser, facade.at(PREVIEW), "github");
        String handOff = pass("code=c");
        Browser thief = new Browser();
        facade.beginSignIn(thief, facade.at(PREVIEW), "github");

        assertThat(receive(thief, PREVIEW, handOff)).matches(TO_ERROR_PAGE);
        assertThat(facade.keycloak().redemptions()).isEmpty();
    }

    @Test
    void a_hand_off_works_once() {
        facade.beginSignIn(browser, facade.at(PREVIEW), "github");
        String handOff = pass("code=c");
        Browser before = browser.copy();
        receive(browser, PREVIEW, handOff);

        assertThat(receive(before, PREVIEW, handOff)).matches(TO_ERROR_PAGE);
        assertThat(facade.keycloak().redemptions()).hasSize(1);
    }

    @Test
    void a_hand_off_lives_for_a_minute() {
        facade.beginSignIn(browser, facade.at(PREVIEW), "github");
        String handOff = pass("code=c");
        facade.clock().advance(Duration.ofSeconds(60));
        assertThat(receive(browser, PREVIEW, handOff)).matches(TO_ERROR_PAGE);

        String another = pass("code=c");
        facade.clock().advance(Duration.ofMillis(59_999));
        assertThat(receive(browser, PREVIEW, another)).isInstanceOf(Reply.Redirect.class);
    }

    @Test
    void a_hand_off_is_for_one_preview() {
        String other = "https://pr-2-preview.example.com";
        facade.beginSignIn(browser, facade.at(PREVIEW), "github");

        assertThat(receive(browser, other, pass("code=c")))
                .matches(ErrorRedirects.to(other + "/api/auth/error?error=Configuration"));
        assertThat(facade.keycloak().redemptions()).isEmpty();
    }

    @HostileInput(row = 1, advisory = "GHSA-x445-f3h2-j279")
    @Test
    void a_hand_off_is_for_one_provider() {
        facade.beginSignIn(browser, facade.at(PREVIEW), "github");
        Reply reply = facade.answer(
                browser, Requests.get(facade.at(PREVIEW), "/callback/keycloak").query("hand_off=" + pass("code=c")));

        assertThat(reply).matches(TO_ERROR_PAGE);
        assertThat(facade.keycloak().redemptions()).isEmpty();
    }

    @Test
    void a_hand_off_is_for_one_application() {
        String foreign = "https://pr-1.shop.example.net";
        facade.beginSignIn(browser, facade.at(PREVIEW), "github");

        assertThat(receive(browser, foreign, pass("code=c")))
                .matches(ErrorRedirects.to(foreign + "/api/auth/error?error=Configuration"));
    }

    @Test
    void a_changed_hand_off_is_refused_wherever_it_is_changed() {
        facade.beginSignIn(browser, facade.at(PREVIEW), "github");
        String handOff = pass("code=c");
        for (int i = 0; i < handOff.length() - 1; i += 7) {
            char other = handOff.charAt(i) == 'A' ? 'B' : 'A';
            String changed = handOff.substring(0, i) + other + handOff.substring(i + 1);
            assertThat(receive(browser, PREVIEW, changed)).as("at " + i).matches(TO_ERROR_PAGE);
        }
        assertThat(facade.keycloak().redemptions()).isEmpty();
    }

    @HostileInput(row = 6, advisory = "CVE-2023-48309")
    @Test
    void no_other_value_is_accepted_as_a_hand_off() {
        facade.beginSignIn(browser, facade.at(PREVIEW), "github");
        List<String> others = List.of(
                state(),
                browser.value(transaction()).orElseThrow(),
                "",
                "x",
                facade.seals().previewState("portfolio").seal("{}".getBytes(StandardCharsets.UTF_8)),
                facade.seals().handOff("shop").seal("{}".getBytes(StandardCharsets.UTF_8)),
                facade.seals().handOff("portfolio").seal("{}".getBytes(StandardCharsets.UTF_8)),
                facade.seals().handOff("portfolio").seal("[".getBytes(StandardCharsets.UTF_8)));
        for (String other : others) {
            assertThat(receive(browser, PREVIEW, other)).matches(TO_ERROR_PAGE);
        }
        assertThat(facade.keycloak().redemptions()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"code=c&state=", "error=access_denied&state="})
    void a_preview_refuses_an_answer_that_was_not_handed_off(String answer) {
        facade.beginSignIn(browser, facade.at(PREVIEW), "github");

        assertThat(facade.answer(
                        browser,
                        Requests.get(facade.at(PREVIEW), "/callback/github").query(answer + state())))
                .matches(TO_ERROR_PAGE);
        assertThat(facade.keycloak().redemptions()).isEmpty();
    }

    @HostileInput(row = 6, advisory = "CVE-2023-48309")
    @Test
    void a_hand_off_is_accepted_as_nothing_else() {
        facade.beginSignIn(browser, facade.at(PREVIEW), "github");
        for (String sealed : List.of(pass("code=c"), state())) {
            for (String host : List.of(PREVIEW, HOME)) {
                Browser visitor = new Browser();
                visitor.put("__Secure-authjs.session-token", sealed, "/");
                visitor.put(transaction(), sealed, "/api/auth");

                assertThat(facade.session(visitor, facade.at(host))).isEqualTo("null");
                assertThat(receive(visitor, PREVIEW, pass("code=c"))).matches(TO_ERROR_PAGE);
            }
        }
        assertThat(facade.keeper().questions()).isEmpty();
        assertThat(facade.keycloak().redemptions()).isEmpty();
    }

    @HostileInput(row = 23, advisory = "CVE-2024-8883")
    @Test
    void nothing_is_handed_off_to_an_origin_that_is_no_longer_a_preview() {
        facade.beginSignIn(browser, facade.at(PREVIEW), "github");
        List<Application> since = List.of(
                PLAIN,
                withPreviews(PLAIN, HOME, "https://*-staging.example.com"),
                withPreviews(PLAIN, "https://www.example.com", "https://*-preview.example.com"));
        for (Application application : since) {
            facade.know(application);
            assertThat(atHome("code=c&state=" + state())).matches(TO_ERROR_PAGE_AT_HOME);
        }
        facade.know(PORTFOLIO, application("new", Set.of(PREVIEW), "github"));
        assertThat(atHome("code=c&state=" + state()))
                .as("registered for another client")
                .matches(TO_ERROR_PAGE_AT_HOME);
        facade.know(PORTFOLIO, withPreviews(SHOP, "https://shop.example.net", "https://pr-*.example.com"));
        assertThat(atHome("code=c&state=" + state()))
                .as("could be another client's, too")
                .matches(TO_ERROR_PAGE_AT_HOME);
        facade.know(PORTFOLIO);
        assertThat(atHome("code=c&state=" + state())).isInstanceOf(Reply.SeeOther.class);
    }

    @Test
    void nothing_is_handed_off_when_the_sign_in_has_expired() {
        facade.beginSignIn(browser, facade.at(PREVIEW), "github");
        facade.clock().advance(Facade.TRANSACTION_LIFETIME);

        assertThat(atHome("code=c&state=" + state())).matches(TO_ERROR_PAGE_AT_HOME);
    }

    @Test
    void nothing_is_handed_off_by_another_of_the_applications_origins_or_another_application() {
        facade.beginSignIn(browser, facade.at(PREVIEW), "github");
        for (String elsewhere : List.of("https://www.example.com", "https://shop.example.net")) {
            assertThat(facade.answer(Requests.get(facade.at(elsewhere), "/callback/github")
                            .query("code=c&state=" + state())))
                    .matches(ErrorRedirects.to(elsewhere + "/api/auth/error?error=Configuration"));
        }
    }

    @Test
    void an_answer_that_is_too_long_for_a_request_line_is_not_handed_off() {
        facade.beginSignIn(browser, facade.at(PREVIEW), "github");

        assertThat(atHome("code=" + "c".repeat(3000) + "&state=" + state())).matches(TO_ERROR_PAGE_AT_HOME);
    }

    /** A preview runs code that is not released yet: what its server gets to see is worth nothing at the application. */
    @Test
    void a_session_of_a_preview_is_none_at_the_application() {
        facade.beginSignIn(browser, facade.at(PREVIEW), "github");
        receive(browser, PREVIEW, pass("code=c"));
        assertThat(facade.session(browser.copy(), facade.at(HOME))).isEqualTo("null");

        Browser visitor = facade.signedIn(facade.at(HOME), "sid-3");
        assertThat(facade.session(visitor.copy(), facade.at(PREVIEW))).isEqualTo("null");
        assertThat(facade.session(visitor, facade.at(HOME))).contains("ada@example.com");
    }

    /** What {@code secret portfolio previews} prints is what the server of a preview decodes its sessions with. */
    @Test
    void the_secret_of_the_previews_opens_their_sessions_and_that_of_the_application_does_not() {
        facade.beginSignIn(browser, facade.at(PREVIEW), "github");
        receive(browser, PREVIEW, pass("code=c"));
        String name = "__Secure-authjs.session-token";
        String session = browser.value(name).orElseThrow();

        assertThat(facade.seals()
                        .session(KeyHolder.previewsOf("portfolio"), name)
                        .open(session))
                .isPresent();
        assertThat(facade.seals()
                        .session(KeyHolder.application("portfolio"), name)
                        .open(session))
                .isEmpty();
        assertThat(facade.seals().secrets(KeyHolder.previewsOf("portfolio")))
                .doesNotContainAnyElementsOf(facade.seals().secrets(KeyHolder.application("portfolio")));
    }

    private String state() {
        return facade.keycloak().lastAuthorizationRequest().state();
    }

    private String transaction() {
        return browser.names().stream()
                .filter(name -> name.contains("transaction"))
                .findFirst()
                .orElseThrow();
    }

    /** Keycloak's answer comes to the callback origin, which knows no cookie of this browser. */
    private Reply atHome(String answer) {
        return facade.answer(Requests.get(facade.at(HOME), "/callback/github").query(answer));
    }

    private String pass(String answer) {
        return handOff(atHome(answer + "&state=" + state()));
    }

    private static String handOff(Reply reply) {
        String location = ((Reply.SeeOther) reply).location();
        return location.substring(location.indexOf("hand_off=") + "hand_off=".length());
    }

    private Reply receive(Browser visitor, String preview, String handOff) {
        Recognized at = facade.at(preview);
        return facade.answer(visitor, Requests.get(at, "/callback/github").query("hand_off=" + handOff));
    }
}
