package io.github.multiclientauth.facade.signin;

import static io.github.multiclientauth.facade.fake.Applications.DASHBOARD;
import static io.github.multiclientauth.facade.fake.Applications.PORTFOLIO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.multiclientauth.facade.client.Provider;
import io.github.multiclientauth.facade.client.Recognition.Recognized;
import io.github.multiclientauth.facade.event.RequestEvent;
import io.github.multiclientauth.facade.event.SignInEvent;
import io.github.multiclientauth.facade.fake.Applications;
import io.github.multiclientauth.facade.fake.Browser;
import io.github.multiclientauth.facade.fake.ErrorRedirects;
import io.github.multiclientauth.facade.fake.Facade;
import io.github.multiclientauth.facade.fake.FakeAuthorizationServer;
import io.github.multiclientauth.facade.fake.Requests;
import io.github.multiclientauth.facade.oidc.Identity;
import io.github.multiclientauth.facade.seal.Secret;
import io.github.multiclientauth.facade.wire.CallbackUrl;
import io.github.multiclientauth.facade.wire.Page.Cause;
import io.github.multiclientauth.facade.wire.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sign-ins in which Keycloak is to do something with the user. */
class RequestedActionTest {

    private static final String BASE = "http://localhost:3000/api/auth";
    private static final Recognized BOTH = Applications.at("portfolio", "http://localhost:3000", "github", "google");

    private final Facade facade = new Facade();
    private final Browser browser = new Browser();

    @ParameterizedTest
    @ValueSource(strings = {"keycloak", "github", "google"})
    void go_on_with_the_provider_of_the_session_whatever_the_path_names(String path) {
        facade.signIn(browser, BOTH, "sid-1");

        start("/signin/" + path, "kc_action=idp_link:google");

        var request = facade.keycloak().lastAuthorizationRequest();
        assertThat(request.passedOn()).isEqualTo(Map.of("kc_action", "idp_link:google", "client_session", "sid-1"));
        assertThat(request.hint()).hasValue("github");
        assertThat(request.redirectUri()).isEqualTo(BASE + "/callback/github");
    }

    @ParameterizedTest
    @CsvSource({
        "kc_action_status=success, success",
        "kc_action_status=cancelled, cancelled",
        "kc_action_status=error, error",
        "kc_action_status=SUCCESS, error",
        "kc_action_status=, error",
        "kc_action=idp_link, error"
    })
    void bring_the_result_back_to_the_page(String answer, String status) {
        facade.signIn(browser, BOTH, "sid-1");
        String state =
                start("/signin/keycloak", "kc_action=idp_link:google&callbackUrl=/me?kc_action_status=success%23a");

        assertThat(location(comesBack(state, "code=c&" + answer)))
                .isEqualTo("http://localhost:3000/me?kc_action_status=" + status + "#a");
        assertThat(facade.session(browser, BOTH)).contains("\"email\":\"ada@example.com\"");
        assertThat(facade.events().of(SignInEvent.ActionEnded.class))
                .extracting(
                        SignInEvent.ActionEnded::action,
                        SignInEvent.ActionEnded::status,
                        event -> event.actor().orElseThrow().sid())
                .containsExactly(tuple("idp_link:google", status, "sid-1"));
    }

    @ParameterizedTest
    @CsvSource({
        "error=access_denied, cancelled",
        "error=access_denied&error_description=provider_error, error",
        "error=temporarily_unavailable, error"
    })
    void that_are_not_finished_say_so_to_the_page_and_change_no_session(String answer, String status) {
        facade.signIn(browser, BOTH, "sid-1");
        String before = facade.session(browser, BOTH);
        String state = start("/signin/keycloak", "kc_action=webauthn-register&callbackUrl=/me");

        assertThat(location(comesBack(state, answer))).isEqualTo("http://localhost:3000/me?kc_action_status=" + status);
        assertThat(facade.session(browser, BOTH)).isEqualTo(before);
        assertThat(facade.events().of(SignInEvent.ActionEnded.class))
                .extracting(SignInEvent.ActionEnded::action, SignInEvent.ActionEnded::status)
                .containsExactly(tuple("webauthn-register", status));
    }

    @ParameterizedTest
    @CsvSource({
        "action_not_available, ACTION_NOT_AVAILABLE, Configuration",
        "other_person, OTHER_PERSON, AccessDenied",
        "session_ended, SESSION_ENDED, Configuration"
    })
    void that_keycloak_refuses_end_on_a_page(String description, Cause cause, String error) {
        facade.signIn(browser, BOTH, "sid-1");
        String state = start("/signin/keycloak", "kc_action=webauthn-register");

        assertThat(comesBack(state, "error=access_denied&error_description=" + description))
                .matches(ErrorRedirects.to(BASE + "/error?error=" + error, cause));
        assertThat(facade.events().of(SignInEvent.ActionEnded.class))
                .extracting(SignInEvent.ActionEnded::refusal)
                .containsExactly(Optional.of(cause));
    }

    /** Somebody else has signed in at Keycloak, or has edited the address. */
    @Test
    void from_which_another_person_comes_back_change_no_session() {
        facade.signIn(browser, BOTH, "sid-1");
        String before = facade.session(browser, BOTH);
        String state = start("/signin/keycloak", "kc_action=idp_link:google");
        facade.redeem(another());

        assertThat(comesBack(state, "code=c&kc_action_status=success"))
                .matches(ErrorRedirects.to(BASE + "/error?error=AccessDenied", Cause.OTHER_PERSON));
        assertThat(facade.session(browser, BOTH)).isEqualTo(before);
        assertThat(facade.events().of(SignInEvent.CallbackRefused.class)).hasSize(1);
        assertThat(facade.events().of(SignInEvent.ActionEnded.class)).isEmpty();
    }

    @Test
    void are_for_people_who_are_signed_in() {
        Reply reply = facade.answer(
                browser, Requests.get(PORTFOLIO, "/signin/keycloak").query("kc_action=CONFIGURE_TOTP&callbackUrl=/me"));

        assertThat(location(reply))
                .startsWith(BASE + "/signin?error=SessionRequired&callbackUrl=http%3A%2F%2Flocalhost%3A3000%2Fme&");
        assertThat(facade.keycloak().authorizationRequests()).isEmpty();
        assertThat(facade.events().of(RequestEvent.Refused.class)).hasSize(1);
    }

    @Test
    void link_only_what_the_application_offers() {
        facade.signIn(browser, PORTFOLIO, "sid-1");

        assertThat(facade.answer(
                        browser, Requests.get(PORTFOLIO, "/signin/keycloak").query("kc_action=idp_link:google")))
                .matches(ErrorRedirects.to(BASE + "/error?error=Configuration", Cause.PROVIDER_NOT_OFFERED));
    }

    /** The path alone signs nobody in at Keycloak's own login page, if the application does not offer that. */
    @Test
    void do_not_make_the_login_page_available() {
        facade.signIn(browser, DASHBOARD, "sid-1");

        assertThat(facade.answer(browser, Requests.get(DASHBOARD, "/signin/keycloak")))
                .isInstanceOf(Reply.Html.class);
        assertThat(facade.events().of(SignInEvent.UnknownProvider.class)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kc_action=",
                "kc_action=delete_account",
                "kc_action=webauthn-register%20",
                "kc_action=WEBAUTHN-REGISTER",
                "kc_action=idp_link",
                "kc_action=idp_link:",
                "kc_action=idp_link:keycloak",
                "kc_action=idp_link:..%2Fgoogle",
                "kc_action=idp_link:google:x",
                "kc_action=idp_link:google%0A",
                "kc_action=webauthn-register:skip_if_exists",
                "kc_action=UPDATE_PASSWORD&prompt=none",
            })
    void that_are_not_in_the_list_do_not_start(String query) {
        facade.signIn(browser, BOTH, "sid-1");
        int before = facade.keycloak().authorizationRequests().size();

        Reply reply =
                facade.answer(browser, Requests.get(BOTH, "/signin/github").query(query));

        assertThat(reply).matches(ErrorRedirects.to(BASE + "/error?error=Configuration", Cause.MALFORMED_DEMAND));
        assertThat(facade.keycloak().authorizationRequests()).hasSize(before);
    }

    @Test
    void start_as_sign_ins_do() {
        facade.signIn(browser, BOTH, "sid-1");
        Requests get = Requests.get(BOTH, "/signin/keycloak").query("kc_action=idp_link:google");
        Requests post = Requests.post(BOTH, "/signin/keycloak").query("kc_action=idp_link:google");

        assertThat(((Reply.Json) facade.answer(browser, get.prefetched())).status())
                .isEqualTo(403);
        assertThat(((Reply.Json) facade.answer(browser, get.fetch("cross-site", "no-cors", "image"))).status())
                .isEqualTo(403);
        assertThat(facade.answer(browser, post.form("csrfToken=forged")))
                .matches(ErrorRedirects.to(BASE + "/signin?error=MissingCSRF"));
        assertThat(facade.answer(
                        browser, post.form("kc_action=UPDATE_PASSWORD&csrfToken=" + facade.csrfToken(browser, BOTH))))
                .isInstanceOf(Reply.Redirect.class);
        assertThat(facade.answer(
                        browser,
                        Requests.post(BOTH, "/signin/github")
                                .form("kc_action=UPDATE_PASSWORD&csrfToken=" + facade.csrfToken(browser, BOTH))))
                .matches(ErrorRedirects.to(BASE + "/error?error=Configuration", Cause.MALFORMED_DEMAND));
    }

    /** They ignore actions, so they must not finish such a sign-in: they find no demand in the fourth line. */
    @Test
    void are_refused_by_the_versions_before() {
        byte[] content = TransactionContent.write(new Transaction(
                new Secret("state"),
                new Secret("verifier"),
                new Provider("github"),
                CallbackUrl.home(PORTFOLIO.origin()),
                Demand.NONE,
                false,
                Instant.EPOCH,
                Optional.of(new RequestedAction("idp_link:google", "somebody"))));

        String[] start = new String(content, StandardCharsets.UTF_8).split("\n", 6)[3].split(" ", 2);
        assertThatThrownBy(() -> Demand.read(start[1])).isInstanceOf(IllegalArgumentException.class);
        Transaction read = TransactionContent.read(content, "state").orElseThrow();
        assertThat(read.action()).hasValue(new RequestedAction("idp_link:google", "somebody"));
        assertThat(read.demand()).isEqualTo(Demand.NONE);
        assertThat(TransactionContent.startedAt(content)).hasValue(Instant.EPOCH);
    }

    private String start(String path, String query) {
        facade.answer(browser, Requests.get(BOTH, path).query(query));
        return facade.keycloak().lastAuthorizationRequest().state();
    }

    private Reply comesBack(String state, String answer) {
        return facade.answer(browser, Requests.get(BOTH, "/callback/github").query("state=" + state + "&" + answer));
    }

    private static String location(Reply reply) {
        return reply instanceof Reply.ErrorRedirect error ? error.location() : ((Reply.Redirect) reply).location();
    }

    private static Identity another() {
        Identity ada = FakeAuthorizationServer.identity(BOTH, "sid-2");
        return new Identity(
                "another-person",
                ada.sid(),
                ada.name(),
                ada.email(),
                ada.emailVerified(),
                ada.picture(),
                ada.provider(),
                ada.clientOrigin(),
                ada.clientId(),
                false,
                ada.claims(),
                ada.authentication());
    }
}
