package io.github.multiclientauth.facade.endpoint;

import static io.github.multiclientauth.facade.fake.Applications.PORTFOLIO;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.facade.client.ApiAccess;
import io.github.multiclientauth.facade.client.Application;
import io.github.multiclientauth.facade.client.Recognition.Recognized;
import io.github.multiclientauth.facade.client.StepUp;
import io.github.multiclientauth.facade.endpoint.ForwardAuthentication.Question;
import io.github.multiclientauth.facade.event.SessionEvent;
import io.github.multiclientauth.facade.fake.Applications;
import io.github.multiclientauth.facade.fake.Browser;
import io.github.multiclientauth.facade.fake.Facade;
import io.github.multiclientauth.facade.fake.FakeAuthorizationServer;
import io.github.multiclientauth.facade.fake.Requests;
import io.github.multiclientauth.facade.oidc.AccessTokenSource.Answer;
import io.github.multiclientauth.facade.oidc.Identity;
import io.github.multiclientauth.facade.oidc.Membership;
import io.github.multiclientauth.facade.wire.Reply;
import io.github.multiclientauth.facade.wire.Reply.ForProxy;
import io.github.multiclientauth.facade.wire.SetCookie;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForwardAuthenticationTest {

    private static final String SIGN_IN = "http://localhost:3000/api/auth/signin?callbackUrl=";

    private final Facade facade = new Facade();
    private boolean navigates = true;
    private boolean hasSecret = true;

    private ForProxy ask(Browser browser, String target, String rules) throws Exception {
        return ask(browser, PORTFOLIO, target, rules);
    }

    private ForProxy ask(Browser browser, Recognized at, String target, String rules) throws Exception {
        CompletableFuture<Reply> answer = begin(browser, at, target, rules);
        facade.run();
        return (ForProxy) browser.take(answer.join());
    }

    private CompletableFuture<Reply> begin(Browser browser, Recognized at, String target, String rules)
            throws Exception {
        Question question = new Question(
                Requests.get(at, "/verify").from(browser).build(),
                target,
                navigates,
                AccessRules.parse(rules),
                hasSecret);
        return facade.forwardAuthentication().answer(question).toCompletableFuture();
    }

    private static Map<String, String> headers(ForProxy answer) {
        return answer.headers().stream().collect(Collectors.toMap(ForProxy.Header::name, ForProxy.Header::value));
    }

    private Browser signedIn(Identity identity) {
        Browser browser = new Browser();
        String state = facade.beginSignIn(browser, PORTFOLIO, "github");
        facade.redeem(identity);
        facade.answer(browser, Requests.get(PORTFOLIO, "/callback/github").query("code=code&state=" + state));
        return browser;
    }

    private static Identity ada(boolean verified, Membership membership) {
        Identity usual = FakeAuthorizationServer.identity(PORTFOLIO, "sid");
        return new Identity(
                usual.subject(),
                usual.sid(),
                usual.name(),
                usual.email(),
                verified,
                usual.picture(),
                usual.provider(),
                usual.clientOrigin(),
                usual.clientId(),
                usual.pairwise(),
                usual.claims(),
                usual.authentication(),
                membership);
    }

    @Test
    void says_who_is_signed_in_with_all_headers_each_time() throws Exception {
        ForProxy answer = ask(facade.signedIn(PORTFOLIO, "sid"), "/", "");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(headers(answer))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "X-Auth-Request-User", "7f3c9a52-0f1e-4b6e-9a55-2b8b2d1c4e10",
                        "X-Auth-Request-Email", "ada@example.com",
                        "X-Auth-Request-Preferred-Username", "",
                        "X-Auth-Request-Groups", "",
                        "X-Auth-Request-Provider", "github",
                        "X-Auth-Request-Access-Token", "",
                        "Authorization", ""));
    }

    @Test
    void says_groups_and_roles_where_the_administrator_wants_it() throws Exception {
        Membership membership = new Membership(Optional.of("ad\u00e4"), List.of("/staff", "role:admin"), 0);
        Browser browser = signedIn(ada(true, membership));

        assertThat(headers(ask(browser, "/", "role=admin&group=/staff")))
                .containsEntry("X-Auth-Request-Groups", "/staff,role:admin")
                .containsEntry("X-Auth-Request-Preferred-Username", "ad%C3%A4");
        assertThat(facade.session(browser, PORTFOLIO)).doesNotContain("staff", "admin");
    }

    /** They are known with the next confirmation, as other claims are. */
    @Test
    void says_what_keycloak_last_said() throws Exception {
        Browser browser = signedIn(ada(true, new Membership(Optional.empty(), List.of("role:admin"), 0)));
        facade.keeper().keep(ada(true, Membership.NONE));
        facade.clock().advance(Facade.REVALIDATE_AFTER.plusSeconds(1));

        ForProxy answer = ask(browser, "/", "role=admin");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.cookies()).extracting(SetCookie::name).containsExactly("authjs.session-token");
        assertThat(ask(browser, "/", "role=admin").status()).isEqualTo(403);
    }

    @Test
    void reports_groups_that_have_no_room() {
        signedIn(ada(true, new Membership(Optional.empty(), List.of("role:admin"), 7)));

        assertThat(facade.events().of(SessionEvent.GroupsLeftOut.class))
                .extracting(SessionEvent.GroupsLeftOut::number)
                .containsExactly(7);
    }

    /** Servers take the address for the user. */
    @Test
    void does_not_say_an_address_that_nobody_has_verified() throws Exception {
        assertThat(headers(ask(signedIn(ada(false, Membership.NONE)), "/", "")))
                .containsEntry("X-Auth-Request-Email", "");
    }

    @Test
    void says_where_to_sign_in() throws Exception {
        ForProxy answer = ask(new Browser(), "/orders?x=1&y=%2F", "");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body()).isEqualTo("{\"message\":\"Nobody is signed in.\"}");
        assertThat(headers(answer))
                .containsExactly(Map.entry(
                        "X-Auth-Request-Redirect",
                        SIGN_IN + "http%3A%2F%2Flocalhost%3A3000%2Forders%3Fx%3D1%26y%3D%252F"));
    }

    @Test
    void redirects_a_navigation_if_the_proxy_wants_it() throws Exception {
        ForProxy answer = ask(new Browser(), "/orders", "rd");

        assertThat(answer.status()).isEqualTo(302);
        assertThat(headers(answer)).containsEntry("Location", SIGN_IN + "http%3A%2F%2Flocalhost%3A3000%2Forders");

        navigates = false;
        assertThat(ask(new Browser(), "/orders", "rd").status()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "/welcome, http%3A%2F%2Flocalhost%3A3000%2Fwelcome",
        "http://localhost:3000/welcome?a=b, http%3A%2F%2Flocalhost%3A3000%2Fwelcome%3Fa%3Db",
        "//evil.test/x, http%3A%2F%2Flocalhost%3A3000%2F%2Fevil.test%2Fx",
        "/\\evil.test, http%3A%2F%2Flocalhost%3A3000%2F%5Cevil.test",
        "http://evil.test/, http%3A%2F%2Flocalhost%3A3000%2Forders",
        "http://localhost:3000@evil.test/, http%3A%2F%2Flocalhost%3A3000%2Forders",
        "http://localhost:3000.evil.test/, http%3A%2F%2Flocalhost%3A3000%2Forders",
        "http:evil.test, http%3A%2F%2Flocalhost%3A3000%2Forders",
        "javascript:alert(1), http%3A%2F%2Flocalhost%3A3000%2Forders",
        "evil, http%3A%2F%2Flocalhost%3A3000%2Forders",
    })
    void leads_back_to_the_application_only(String rd, String callbackUrl) throws Exception {
        String rules = "rd=" + java.net.URLEncoder.encode(rd, java.nio.charset.StandardCharsets.UTF_8);

        assertThat(headers(ask(new Browser(), "/orders", rules)).get("Location"))
                .isEqualTo(SIGN_IN + callbackUrl.replace("%5C", "%5C"));
    }

    @ParameterizedTest
    @CsvSource({
        "//evil.test/, http%3A%2F%2Flocalhost%3A3000%2F%2Fevil.test%2F",
        "/a%0d%0aSet-Cookie:b, http%3A%2F%2Flocalhost%3A3000%2Fa%250d%250aSet-Cookie%3Ab",
    })
    void leads_back_whatever_the_browser_asked_for(String target, String callbackUrl) throws Exception {
        assertThat(headers(ask(new Browser(), target, "")).get("X-Auth-Request-Redirect"))
                .isEqualTo(SIGN_IN + callbackUrl);
    }

    @Test
    void leads_back_to_the_origin_if_the_address_is_too_long() throws Exception {
        assertThat(headers(ask(new Browser(), "/" + "a".repeat(2100), "")).get("X-Auth-Request-Redirect"))
                .isEqualTo(SIGN_IN + "http%3A%2F%2Flocalhost%3A3000");
    }

    @ParameterizedTest
    @CsvSource({"provider=google, provider", "role=admin, role", "group=/a, group", "acr=gold, acr"})
    void says_which_rule_is_broken_and_nothing_about_the_user(String rules, String rule) throws Exception {
        ForProxy answer = ask(facade.signedIn(PORTFOLIO, "sid"), "/a", rules + "&rd");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).contains("\"rule\":\"" + rule + "\"", "\"message\":\"The user ");
        assertThat(headers(answer).keySet()).isSubsetOf("X-Auth-Request-Redirect");
        assertThat(headers(answer).getOrDefault("X-Auth-Request-Redirect", ""))
                .isEqualTo(rule.equals("acr") ? SIGN_IN + "http%3A%2F%2Flocalhost%3A3000%2Fa&acr_values=gold" : "");
    }

    /** Whoever is signed in at another application must not come in, or be sent there to sign in. */
    @Test
    void refuses_whoever_asks_for_another_application_than_the_proxys() throws Exception {
        String rules = "client=" + Applications.DASHBOARD.application().clientId() + "&rd";
        facade.know(PORTFOLIO.application().with(new ApiAccess(true, true)));
        Recognized at = facade.at("http://localhost:3000");

        for (Browser browser : List.of(facade.signedIn(at, "sid"), new Browser())) {
            ForProxy answer = ask(browser, at, "/", rules);

            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.body()).contains("\"rule\":\"client\"");
            assertThat(answer.headers()).isEmpty();
        }
        assertThat(facade.accessTokens().questions()).isEmpty();
        assertThat(ask(
                                facade.signedIn(at, "sid-2"),
                                at,
                                "/",
                                "client=" + at.application().clientId())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void knows_the_levels_of_the_client() throws Exception {
        StepUp levels = new StepUp(Map.of("gold", 2), Optional.empty(), java.util.OptionalInt.empty(), false);
        facade.know(PORTFOLIO.application().with(levels));
        Recognized at = facade.at("http://localhost:3000");

        assertThat(ask(facade.signedIn(at, "sid"), at, "/", "acr=gold").status())
                .isEqualTo(403);
    }

    private Recognized withTokens(boolean bound) {
        facade.know(
                PORTFOLIO.application().with(new ApiAccess(true, true)).with(new Application.Demands(false, bound)));
        return facade.at("http://localhost:3000");
    }

    @Test
    void has_the_access_token_where_the_administrator_wants_it() throws Exception {
        Recognized at = withTokens(false);
        Browser browser = facade.signedIn(at, "sid");

        ForProxy answer = ask(browser, at, "/", "");
        assertThat(headers(answer))
                .containsEntry("Authorization", "Bearer token-1")
                .containsEntry("X-Auth-Request-Access-Token", "");
        assertThat(headers(ask(browser, at, "/", "token")))
                .containsEntry("Authorization", "Bearer token-1")
                .containsEntry("X-Auth-Request-Access-Token", "token-1");
        assertThat(answer.toString()).doesNotContain("token-1");
        assertThat(facade.accessTokens().questions()).hasSize(1);
    }

    /** Known by its address, it may be a browser that the proxy passes on. */
    @Test
    void has_no_access_token_for_who_has_no_secret() throws Exception {
        Recognized at = withTokens(false);
        hasSecret = false;

        assertThat(headers(ask(facade.signedIn(at, "sid"), at, "/", "token")))
                .containsEntry("Authorization", "")
                .containsEntry("X-Auth-Request-Access-Token", "");
        assertThat(facade.accessTokens().questions()).isEmpty();
    }

    @Test
    void has_no_access_token_where_none_may_be() throws Exception {
        Recognized bound = withTokens(true);
        assertThat(headers(ask(facade.signedIn(bound, "sid"), bound, "/", "token")))
                .containsEntry("Authorization", "");

        Recognized usual = facade.at("http://localhost:3000");
        facade.know(PORTFOLIO.application().with(new ApiAccess(true, false)));
        Recognized servers = facade.at("http://localhost:3000");
        assertThat(headers(ask(facade.signedIn(usual, "sid-2"), servers, "/", "token")))
                .containsEntry("Authorization", "");
        assertThat(facade.accessTokens().questions()).isEmpty();
    }

    /** A rule that is not met costs Keycloak nothing. */
    @Test
    void has_no_access_token_for_who_is_kept_out() throws Exception {
        Recognized at = withTokens(false);

        ForProxy answer = ask(facade.signedIn(at, "sid"), at, "/", "provider=google&token");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.headers()).isEmpty();
        assertThat(facade.accessTokens().questions()).isEmpty();
    }

    @Test
    void follows_what_keycloak_says_instead_of_a_token() throws Exception {
        Recognized at = withTokens(false);
        Browser browser = facade.signedIn(at, "sid");

        facade.accessTokens().onAsk(question -> new Answer.Refused("not for you"));
        ForProxy refused = ask(browser, at, "/", "token");
        assertThat(refused.status()).isEqualTo(200);
        assertThat(headers(refused)).containsEntry("Authorization", "");
        facade.clock().advance(Duration.ofMinutes(1));
        facade.accessTokens().onAsk(question -> new Answer.Ended("signed out"));
        assertThat(ask(browser, at, "/", "").status()).isEqualTo(401);
        facade.accessTokens().onAsk(question -> new Answer.Unknown("away"));
        assertThat(ask(browser, at, "/", "").status()).isEqualTo(503);
    }

    @Test
    void ends_with_the_session() throws Exception {
        Browser browser = facade.signedIn(PORTFOLIO, "sid");
        facade.keeper().end("sid");
        facade.clock().advance(Facade.REVALIDATE_AFTER.plusSeconds(1));

        ForProxy answer = ask(browser, "/", "");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.cookies()).isNotEmpty();
        assertThat(browser.names()).doesNotContain("authjs.session-token");
    }

    @Test
    void says_that_keycloak_cannot_be_asked() throws Exception {
        Browser browser = facade.signedIn(PORTFOLIO, "sid");
        facade.goAway();
        facade.clock().advance(Facade.GRACE.plus(Duration.ofMinutes(1)));

        ForProxy answer = ask(browser, "/", "rd");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(headers(answer)).containsOnlyKeys("Retry-After");
    }

    /** Without another thread, as a read of the session. */
    @Test
    void answers_at_once_from_the_cookie() throws Exception {
        facade.poll();
        facade.clock().advance(Duration.ofSeconds(10));
        Browser browser = facade.signedIn(PORTFOLIO, "sid");
        facade.poll();

        assertThat(begin(browser, PORTFOLIO, "/", "provider=github")).isCompleted();
    }

    @Test
    void does_not_know_sessions_of_other_applications() throws Exception {
        Browser browser = facade.signedIn(PORTFOLIO, "sid");

        assertThat(ask(browser, Applications.DASHBOARD, "/", "").status()).isEqualTo(401);
    }

    @Test
    void refuses_a_disabled_application() throws Exception {
        Browser browser = facade.signedIn(PORTFOLIO, "sid");
        facade.know(Application.disabled(
                PORTFOLIO.application().clientId(),
                "Portfolio",
                PORTFOLIO.application().origins(),
                Optional.empty()));

        assertThat(ask(browser, facade.at("http://localhost:3000"), "/", "").status())
                .isEqualTo(403);
    }
}
