package io.github.multiclientauth.facade.signin;

import static io.github.multiclientauth.facade.fake.Applications.PORTFOLIO;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.facade.client.Recognition.Recognized;
import io.github.multiclientauth.facade.client.StepUp;
import io.github.multiclientauth.facade.event.SignInEvent;
import io.github.multiclientauth.facade.fake.Browser;
import io.github.multiclientauth.facade.fake.ErrorRedirects;
import io.github.multiclientauth.facade.fake.Facade;
import io.github.multiclientauth.facade.fake.FakeAuthorizationServer;
import io.github.multiclientauth.facade.fake.HostileInput;
import io.github.multiclientauth.facade.fake.Requests;
import io.github.multiclientauth.facade.oidc.Authentication;
import io.github.multiclientauth.facade.oidc.Identity;
import io.github.multiclientauth.facade.wire.Page;
import io.github.multiclientauth.facade.wire.Page.Cause;
import io.github.multiclientauth.facade.wire.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sign-ins that demand something of the authentication. */
class StepUpTest {

    private static final String ERROR_PAGE = "http://localhost:3000/api/auth/error?error=";

    private final Facade facade = new Facade();
    private final Browser browser = new Browser();

    @ParameterizedTest
    @ValueSource(strings = {"max_age=300", "prompt=login", "acr_values=2", "acr_values=gold&max_age=300"})
    @HostileInput(row = 40, advisory = "nextjs-auth0 4.23.1")
    void that_is_not_met_changes_no_session(String demand) {
        facade.signIn(browser, PORTFOLIO, "sid-1");
        String before = facade.session(browser, PORTFOLIO);

        Reply reply = signIn(demand, authenticated(Duration.ofHours(1), "1"));

        assertThat(((Reply.ErrorRedirect) reply).location())
                .startsWith(ERROR_PAGE + "StepUpRequired&code=step_up_required&")
                .contains("&provider=github&callbackUrl=http%3A%2F%2Flocalhost%3A3000%2Fpay&reference=");
        assertThat(facade.session(browser, PORTFOLIO)).isEqualTo(before);
        assertThat(facade.events().of(SignInEvent.StepUpRequired.class)).hasSize(1);
        assertThat(facade.events().of(SignInEvent.SignedIn.class)).hasSize(1);
    }

    @Test
    void that_is_met_signs_in_and_the_session_says_how() {
        Reply reply = signIn("max_age=300&acr_values=2", authenticated(Duration.ofSeconds(10), "3"));

        assertThat(((Reply.Redirect) reply).location()).isEqualTo("http://localhost:3000/pay");
        assertThat(facade.session(browser, PORTFOLIO))
                .contains("\"acr\":\"3\",\"authTime\":\"2026-11-23T20:18:45.000Z\",\"amr\":[\"pwd\",\"otp\"]}");
    }

    @Test
    void of_applications_that_do_not_ask_show_nothing_new() {
        signIn("", authenticated(Duration.ofSeconds(10), "3"));

        assertThat(facade.session(browser, PORTFOLIO)).doesNotContain("acr", "authTime", "amr");
    }

    @Test
    void of_applications_whose_administrator_wants_it_show_how() {
        know(new StepUp(Map.of(), Optional.empty(), OptionalInt.empty(), true));
        signIn("", authenticated(Duration.ofHours(10), "0"));

        assertThat(facade.session(browser, portfolio())).contains("\"acr\":\"0\"", "\"authTime\"");
    }

    /** A level that was reached for another application later, or lost, was not demanded here. */
    @Test
    void keep_their_authentication_when_the_session_is_confirmed() {
        signIn("acr_values=2", authenticated(Duration.ofSeconds(10), "2"));
        String before = facade.session(browser, PORTFOLIO);
        facade.keeper().keep(authenticated(Duration.ZERO, "9"));
        facade.clock().advance(Facade.REVALIDATE_AFTER);

        assertThat(facade.session(browser, PORTFOLIO))
                .contains("\"acr\":\"2\",\"authTime\":\"2026-11-23T20:18:45.000Z\"")
                .isNotEqualTo(before);
    }

    @Test
    void show_who_impersonates_the_user() {
        Authentication impersonated = new Authentication(
                Optional.of("1"),
                Optional.empty(),
                List.of(),
                Optional.of(new Authentication.Actor("42", Optional.of("root"))),
                false);
        signIn("", with(impersonated));

        assertThat(facade.session(browser, PORTFOLIO)).contains(",\"actor\":{\"id\":\"42\",\"name\":\"root\"}}");
        facade.clock().advance(Facade.REVALIDATE_AFTER);
        assertThat(facade.session(browser, PORTFOLIO)).contains("\"actor\"");
    }

    @Test
    void of_an_application_with_a_minimum_have_to_reach_it() {
        know(new StepUp(Map.of("silver", 1, "gold", 2), Optional.of("gold"), OptionalInt.of(600), false));

        assertThat(signIn("", authenticated(Duration.ofSeconds(10), "silver"))).isInstanceOf(Reply.ErrorRedirect.class);
        assertThat(facade.keycloak().lastAuthorizationRequest().passedOn())
                .isEqualTo(Map.of("max_age", "600", "acr_values", "gold"));
        assertThat(signIn("", authenticated(Duration.ofMinutes(11), "gold"))).isInstanceOf(Reply.ErrorRedirect.class);
        assertThat(signIn("acr_values=silver&max_age=9000", authenticated(Duration.ofSeconds(10), "silver")))
                .isInstanceOf(Reply.ErrorRedirect.class);
        assertThat(facade.session(browser, portfolio())).isEqualTo("null");

        assertThat(signIn("", authenticated(Duration.ofSeconds(10), "gold"))).isInstanceOf(Reply.Redirect.class);
        assertThat(facade.session(browser, portfolio())).contains("\"acr\":\"gold\"");
    }

    /** The administrator has made the application stricter while the user was at Keycloak. */
    @Test
    void have_to_meet_what_the_application_demands_by_then() {
        String state = facade.beginSignIn(browser, PORTFOLIO, "github");
        know(new StepUp(Map.of(), Optional.of("2"), OptionalInt.empty(), false));
        facade.redeem(authenticated(Duration.ofSeconds(10), "1"));

        assertThat(facade.answer(
                        browser, Requests.get(portfolio(), "/callback/github").query("code=c&state=" + state)))
                .isInstanceOf(Reply.ErrorRedirect.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "max_age=soon",
                "max_age=-1",
                "max_age=",
                "max_age=+5",
                "max_age=1.5",
                "max_age=1e3",
                "max_age=%D9%A5",
                "max_age=%205",
                "max_age=undefined",
                "max_age=100000000",
                "max_age=99999999999999999999",
                "acr_values=",
                "acr_values=%20",
                "acr_values=gold%0Asilver",
                "acr_values=gold%09silver",
                "prompt=Login",
                "prompt=login,consent",
                "prompt=none%20login",
                "prompt=login%00",
            })
    void that_demand_something_malformed_do_not_start(String query) {
        Reply reply =
                facade.answer(browser, Requests.get(PORTFOLIO, "/signin/github").query(query));

        assertThat(reply).matches(ErrorRedirects.to(ERROR_PAGE + "Configuration", Cause.MALFORMED_DEMAND));
        assertThat(facade.keycloak().authorizationRequests()).isEmpty();
        assertThat(facade.events().of(SignInEvent.DemandRefused.class)).hasSize(1);
    }

    @Test
    void that_demand_more_than_a_cookie_holds_do_not_start() {
        for (String levels : List.of("a".repeat(101), "a%20".repeat(128) + "a", "%E2%82%AC".repeat(86))) {
            facade.answer(browser, Requests.get(PORTFOLIO, "/signin/github").query("acr_values=" + levels));
        }
        assertThat(facade.keycloak().authorizationRequests()).isEmpty();
    }

    /** Auth.js ignores what is there, too: signIn() sends its options in the body. */
    @ParameterizedTest
    @ValueSource(strings = {"max_age=0", "acr_values=gold", "prompt=login"})
    void whose_demand_is_in_the_body_do_not_start(String form) {
        String token = facade.csrfToken(browser, PORTFOLIO);
        facade.answer(browser, Requests.post(PORTFOLIO, "/signin/github").form(form + "&csrfToken=" + token));

        assertThat(facade.keycloak().authorizationRequests()).isEmpty();
        assertThat(facade.events().of(SignInEvent.DemandRefused.class)).hasSize(1);
    }

    @Test
    void can_be_begun_again_from_the_error_page() {
        Reply refused =
                signIn("max_age=0&acr_values=gold%20silver&prompt=login", authenticated(Duration.ofHours(1), "1"));
        String location = ((Reply.ErrorRedirect) refused).location();
        Reply page = facade.answer(
                browser, Requests.get(PORTFOLIO, "/error").query(location.substring(location.indexOf('?') + 1)));

        assertThat(((Reply.Html) page).status()).isEqualTo(403);
        Page.Problem problem = (Page.Problem) ((Reply.Html) page).page();
        assertThat(problem.cause()).isEqualTo(Cause.STEP_UP_REQUIRED);
        String again = problem.back().orElseThrow();
        assertThat(again).startsWith("http://localhost:3000/api/auth/signin/github?");
        facade.answer(
                browser, Requests.get(PORTFOLIO, "/signin/github").query(again.substring(again.indexOf('?') + 1)));
        assertThat(facade.keycloak().lastAuthorizationRequest().passedOn())
                .isEqualTo(Map.of("max_age", "0", "acr_values", "gold silver", "prompt", "login"));
        facade.redeem(authenticated(Duration.ofSeconds(-5), "gold"));
        facade.clock().advance(Duration.ofSeconds(6));
        assertThat(((Reply.Redirect) callback()).location()).isEqualTo("http://localhost:3000/pay");
    }

    /** Anybody can write such an address. */
    @ParameterizedTest
    @CsvSource({
        "provider=evil&callbackUrl=%2Fpay",
        "provider=..%2F..%2Fsignout&callbackUrl=%2Fpay",
        "callbackUrl=%2Fpay",
        "provider=github&max_age=x",
    })
    void lead_to_the_sign_in_page_if_the_address_was_made_up(String query) {
        Reply page = facade.answer(browser, Requests.get(PORTFOLIO, "/error").query("error=StepUpRequired&" + query));

        assertThat(((Page.Problem) ((Reply.Html) page).page()).back())
                .hasValue("http://localhost:3000/api/auth/signin");
    }

    private Reply signIn(String demand, Identity identity) {
        facade.answer(
                browser,
                Requests.get(portfolio(), "/signin/github")
                        .query("callbackUrl=%2Fpay" + (demand.isEmpty() ? "" : "&" + demand)));
        facade.redeem(identity);
        return callback();
    }

    private Reply callback() {
        String state = facade.keycloak().lastAuthorizationRequest().state();
        return facade.answer(
                browser, Requests.get(portfolio(), "/callback/github").query("code=c&state=" + state));
    }

    private void know(StepUp stepUp) {
        facade.know(PORTFOLIO.application().with(stepUp));
    }

    private Recognized portfolio() {
        return facade.at("http://localhost:3000");
    }

    private Identity authenticated(Duration ago, String acr) {
        Instant time = Instant.ofEpochSecond(facade.clock().instant().minus(ago).getEpochSecond());
        return with(new Authentication(
                Optional.of(acr), Optional.of(time), List.of("pwd", "otp"), Optional.empty(), false));
    }

    private static Identity with(Authentication authentication) {
        Identity ada = FakeAuthorizationServer.identity(PORTFOLIO, "sid-1");
        return new Identity(
                ada.subject(),
                ada.sid(),
                ada.name(),
                ada.email(),
                ada.emailVerified(),
                ada.picture(),
                ada.provider(),
                ada.clientOrigin(),
                ada.clientId(),
                ada.pairwise(),
                ada.claims(),
                authentication);
    }
}
