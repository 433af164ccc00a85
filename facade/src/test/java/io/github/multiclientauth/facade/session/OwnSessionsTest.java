package io.github.multiclientauth.facade.session;

import static io.github.multiclientauth.facade.fake.Applications.DASHBOARD;
import static io.github.multiclientauth.facade.fake.Applications.PORTFOLIO;
import static io.github.multiclientauth.facade.fake.Applications.withPreviews;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.multiclientauth.facade.client.Recognition.Recognized;
import io.github.multiclientauth.facade.event.SessionEvent;
import io.github.multiclientauth.facade.event.SignOutEvent;
import io.github.multiclientauth.facade.fake.Browser;
import io.github.multiclientauth.facade.fake.Facade;
import io.github.multiclientauth.facade.fake.FakeAuthorizationServer;
import io.github.multiclientauth.facade.fake.FakeSessionKeeper;
import io.github.multiclientauth.facade.fake.Requests;
import io.github.multiclientauth.facade.wire.Page;
import io.github.multiclientauth.facade.wire.Page.Cause;
import io.github.multiclientauth.facade.wire.Page.Notice;
import io.github.multiclientauth.facade.wire.Reply;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A person sees and ends the own sessions, by a page and by JSON. */
class OwnSessionsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Facade facade = new Facade();
    private final Browser browser = facade.signedIn(PORTFOLIO, "sid-here");
    private final Browser phone = facade.signedIn(DASHBOARD, "sid-phone");

    private static Requests get() {
        return Requests.get(PORTFOLIO, "/sessions");
    }

    /** A script says that it wants JSON: it does not ask for HTML. */
    private static Requests script() {
        return get().returningRedirect();
    }

    private Page.Sessions page() {
        Reply.Html answer = (Reply.Html) facade.answer(browser, get());
        assertThat(answer.status()).isEqualTo(200);
        return (Page.Sessions) answer.page();
    }

    private JsonNode list() {
        return json(facade.answer(browser, script()));
    }

    private static JsonNode json(Reply reply) {
        try {
            return JSON.readTree(((Reply.Json) reply).body());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private String idOfPhone() {
        return page().sessions().get(1).id();
    }

    private Requests post(String form) {
        return Requests.post(PORTFOLIO, "/sessions")
                .form("csrfToken=" + facade.csrfToken(browser, PORTFOLIO) + "&" + form);
    }

    private String press(String form) {
        return ((Reply.Redirect) facade.answer(browser, post(form))).location();
    }

    private JsonNode call(String form) {
        return json(facade.answer(browser, post(form).returningRedirect()));
    }

    @Test
    void the_page_shows_the_session_of_this_browser_first_and_no_session_id_of_keycloak() {
        facade.siblings().add("sid-phone", "dashboard", "wiki");

        Page.Sessions page = page();

        assertThat(page.sessions()).extracting(Page.Session::current).containsExactly(true, false);
        assertThat(page.sessions().get(1).applications())
                .extracting(Page.Place::name)
                .containsExactly("dashboard", "wiki");
        assertThat(page.toString() + list()).doesNotContain("sid-here", "sid-phone");
        assertThat(page.back()).isEqualTo("http://localhost:3000/");
        assertThat(page.notice()).isEmpty();
        assertThat(page.hasOthers()).isTrue();
    }

    @Test
    void scripts_get_json() {
        facade.siblings().add("sid-phone", "dashboard");
        facade.siblings().very(7, 0);

        JsonNode list = list();

        assertThat(list.path("more").intValue()).isEqualTo(7);
        assertThat(list.path("sessions")).hasSize(2);
        JsonNode phones = list.path("sessions").path(1);
        assertThat(phones.path("id").textValue()).isEqualTo(idOfPhone()).matches("[0-9a-f]{32}");
        assertThat(phones.path("current").booleanValue()).isFalse();
        assertThat(phones.path("browser").textValue()).isEqualTo("Firefox 133");
        assertThat(phones.path("system").textValue()).isEqualTo("Linux");
        assertThat(phones.path("address").textValue()).isEqualTo("192.0.2.7");
        assertThat(phones.path("provider").textValue()).isEqualTo("github");
        assertThat(phones.path("started").textValue()).matches("\\d{4}-\\d\\d-\\d\\dT.*\\.\\d{3}Z");
        assertThat(phones.path("applications"))
                .hasToString("[{\"name\":\"dashboard\",\"origin\":\"https://dashboard.example.com\"}]");
    }

    /** Otherwise one application could recognize a session that another one lists. */
    @Test
    void an_id_is_good_for_one_session_only() {
        facade.siblings().add("sid-phone", "dashboard");
        String here = idOfPhone();
        Browser tablet = facade.signedIn(PORTFOLIO, "sid-tablet");
        Reply.Html there = (Reply.Html) facade.answer(tablet, get());

        assertThat(((Page.Sessions) there.page()).sessions().get(1).id()).isNotEqualTo(here);
    }

    @Test
    void ends_one_session_everywhere_at_once() {
        facade.siblings().add("sid-phone", "dashboard");
        facade.siblings().add("sid-other", "dashboard");

        assertThat(press("session=" + idOfPhone())).isEqualTo("http://localhost:3000/api/auth/sessions?notice=ended");

        assertThat(facade.session(phone, DASHBOARD)).isEqualTo("null");
        assertThat(facade.session(browser, PORTFOLIO)).isNotEqualTo("null");
        assertThat(page().sessions()).hasSize(2);
        assertThat(facade.events().of(SignOutEvent.OthersEnded.class))
                .extracting(SignOutEvent.OthersEnded::sids)
                .containsExactly(List.of("sid-phone"));
    }

    @Test
    void ends_all_others() {
        facade.siblings().add("sid-phone", "dashboard");
        facade.siblings().add("sid-other", "dashboard");

        assertThat(press("others=true")).isEqualTo("http://localhost:3000/api/auth/sessions?notice=all");

        assertThat(facade.session(phone, DASHBOARD)).isEqualTo("null");
        assertThat(facade.session(browser, PORTFOLIO)).isNotEqualTo("null");
        assertThat(page().hasOthers()).isFalse();
    }

    @Test
    void scripts_learn_how_many_have_ended() {
        facade.siblings().add("sid-phone", "dashboard");
        facade.siblings().add("sid-other", "dashboard");
        facade.siblings().very(0, 3);

        assertThat(call("session=" + idOfPhone())).hasToString("{\"ended\":1,\"left\":0}");
        assertThat(call("others=true")).hasToString("{\"ended\":1,\"left\":3}");
    }

    @Test
    void says_that_some_are_left() {
        facade.siblings().very(600, 500);

        assertThat(press("others=true")).endsWith("?notice=left");
    }

    /** The list was open for a while, and the session has ended meanwhile. */
    @Test
    void a_session_that_has_ended_is_no_mistake() {
        facade.siblings().add("sid-phone", "dashboard");
        String id = idOfPhone();
        call("session=" + id);

        assertThat(call("session=" + id)).hasToString("{\"ended\":0,\"left\":0}");
        assertThat(press("session=" + id)).endsWith("?notice=gone");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "sid-phone",
                "0123456789ABCDEF0123456789ABCDEF",
                "0123456789abcdef0123456789abcde",
                "0123456789abcdef0123456789abcdef0",
                "0123456789abcdef0123456789abcdef%0A"
            })
    void what_is_no_id_of_a_session_is_not_looked_for(String id) {
        assertThat(press("session=" + id)).endsWith("?notice=gone");
        assertThat(call("session=" + id)).hasToString("{\"ended\":0,\"left\":0}");
        assertThat(facade.siblings().lists()).isEmpty();
    }

    @Test
    void the_own_session_ends_by_signing_out() {
        String id = page().sessions().get(0).id();

        assertThat(press("session=" + id)).isEqualTo("http://localhost:3000");

        assertThat(facade.keeper().endings()).containsExactly(new FakeSessionKeeper.Ended("portfolio", "sid-here"));
        assertThat(facade.session(browser, PORTFOLIO)).isEqualTo("null");
    }

    @Test
    void the_own_session_ends_for_scripts_too() {
        String id = list().path("sessions").path(0).path("id").textValue();

        assertThat(call("session=" + id)).hasToString("{\"ended\":1,\"left\":0}");
        assertThat(facade.session(browser, PORTFOLIO)).isEqualTo("null");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "session=", "others=false", "session=x&others=true", "others=1"})
    void a_form_that_says_nothing_or_too_much_ends_nothing(String form) {
        facade.siblings().add("sid-phone", "dashboard");

        Reply.Html answer = (Reply.Html) facade.answer(browser, post(form));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(((Page.Problem) answer.page()).cause()).isEqualTo(Cause.MALFORMED);
        assertThat(page().sessions()).hasSize(2);
    }

    @Test
    void needs_the_csrf_token() {
        facade.siblings().add("sid-phone", "dashboard");
        Requests forged = Requests.post(PORTFOLIO, "/sessions").form("others=true");

        assertThat(((Reply.Redirect) facade.answer(browser, forged)).location())
                .isEqualTo("http://localhost:3000/api/auth/sessions?notice=csrf");
        assertThat(((Reply.Json) facade.answer(browser, forged.returningRedirect())).status())
                .isEqualTo(400);
        assertThat(page().sessions()).hasSize(2);
    }

    @Test
    void nobody_is_asked_to_sign_in() {
        assertThat(((Reply.Redirect) facade.answer(get())).location())
                .isEqualTo("http://localhost:3000/api/auth/signin?error=SessionRequired&callbackUrl="
                        + "http%3A%2F%2Flocalhost%3A3000%2Fapi%2Fauth%2Fsessions");
        assertThat(json(facade.answer(script())).isNull()).isTrue();
        assertThat(facade.siblings().lists()).isEmpty();
    }

    @Test
    void a_session_that_has_ended_at_keycloak_lists_nothing() {
        facade.siblings().end();

        assertThat(list().isNull()).isTrue();
        assertThat(facade.answer(browser, get())).isInstanceOf(Reply.Redirect.class);
    }

    @Test
    void a_session_that_was_signed_out_lists_nothing() {
        Browser copy = browser.copy();
        facade.answer(browser, Requests.get(PORTFOLIO, "/signout"));

        assertThat(json(facade.answer(copy, script())).isNull()).isTrue();
        assertThat(facade.siblings().lists()).isEmpty();
    }

    @Test
    void says_that_keycloak_does_not_answer() {
        String id = idOfPhone(0);
        facade.goAway();

        Reply.Html answer = (Reply.Html) facade.answer(browser, get());
        assertThat(answer.status()).isEqualTo(503);
        assertThat(((Page.Problem) answer.page()).cause()).isEqualTo(Cause.SESSIONS_UNAVAILABLE);
        assertThat(((Page.Problem) answer.page()).back()).hasValue("http://localhost:3000/");
        assertThat(((Reply.Message) facade.answer(browser, script())).status()).isEqualTo(503);
        // No page that is sent again when it is reloaded.
        assertThat(press("session=" + id)).endsWith("?notice=left");
        assertThat(((Reply.Message) facade.answer(browser, post("others=true").returningRedirect())).status())
                .isEqualTo(503);
        assertThat(facade.events().of(SessionEvent.OwnSessionsUnavailable.class))
                .extracting(SessionEvent.OwnSessionsUnavailable::reason)
                .containsOnly("away");
    }

    private String idOfPhone(int others) {
        facade.siblings().add("sid-phone", "dashboard");
        return page().sessions().get(1 + others).id();
    }

    @Test
    void says_that_too_many_wait_for_keycloak() {
        facade.fillTheQueueOfOwnSessions();

        assertThat(((Reply.Html) facade.answer(browser, get())).status()).isEqualTo(503);
        assertThat(press("others=true")).endsWith("?notice=left");
    }

    /** Somebody who is signed in could otherwise keep all others from signing in. */
    @Test
    void take_no_threads_from_sign_ins() {
        facade.fillTheQueueOfOwnSessions();

        Browser tablet = facade.signedIn(DASHBOARD, "sid-tablet");

        assertThat(facade.session(tablet, DASHBOARD)).isNotEqualTo("null");
        facade.emptyTheQueues();
        facade.fillTheQueue();
        assertThat(page().sessions()).hasSize(1);
    }

    private List<CompletableFuture<Reply>> atTheSameTime(Stream<String> forms) {
        List<Requests> requests =
                forms.map(form -> post(form).returningRedirect().from(browser)).toList();
        List<CompletableFuture<Reply>> answers =
                requests.stream().map(facade::begin).toList();
        facade.run();
        return answers;
    }

    /** A button that is pressed twice has one answer. */
    @Test
    void one_request_of_a_session_ends_others_at_a_time() {
        facade.siblings().add("sid-phone", "dashboard");
        facade.siblings().add("sid-other", "dashboard");
        String phones = page().sessions().get(1).id();
        String others = page().sessions().get(2).id();

        List<CompletableFuture<Reply>> answers =
                atTheSameTime(Stream.of("session=" + phones, "session=" + phones, "session=" + others, "others=true"));

        assertThat(answers.subList(0, 2))
                .allSatisfy(answer -> assertThat(json(answer.join())).hasToString("{\"ended\":1,\"left\":0}"));
        assertThat(answers.subList(2, 4)).allMatch(answer -> ((Reply.Message) answer.join()).status() == 503);
        assertThat(call("session=" + others)).hasToString("{\"ended\":1,\"left\":0}");
    }

    /** Each of them has to be looked for in a list. */
    @Test
    void ids_that_are_made_up_cost_one_question_at_a_time() {
        List<CompletableFuture<Reply>> answers =
                atTheSameTime(IntStream.range(0, 50).mapToObj(i -> "session=%032x".formatted(i)));

        assertThat(answers).allMatch(CompletableFuture::isDone);
        assertThat(facade.siblings().lists()).hasSize(1);
    }

    @Test
    void asks_once_for_requests_at_the_same_time() {
        List<CompletableFuture<Reply>> answers = Stream.generate(() -> facade.begin(script().from(browser)))
                .limit(20)
                .toList();
        facade.run();

        assertThat(answers).allMatch(answer -> !json(answer.join()).isNull());
        assertThat(facade.siblings().lists()).hasSize(1);
    }

    /** Another tab is being answered with the list as it was. */
    @Test
    void a_list_after_the_end_of_a_session_is_made_anew() {
        String id = idOfPhone(0);
        CompletableFuture<Reply> ending =
                facade.begin(post("session=" + id).returningRedirect().from(browser));
        facade.run();
        ending.join();

        assertThat(list().path("sessions")).hasSize(1);
    }

    @Test
    void an_administrator_who_acts_as_the_person_is_told_so() {
        facade.siblings().impersonate();

        assertThat(page().impersonated()).isTrue();
    }

    @Test
    void leads_back_to_where_the_person_came_from() {
        facade.siblings().add("sid-phone", "dashboard");
        Page.Sessions page =
                (Page.Sessions) ((Reply.Html) facade.answer(browser, get().query("callbackUrl=/account"))).page();

        assertThat(page.back()).isEqualTo("http://localhost:3000/account");
        assertThat(page.callbackUrl()).hasValue("http://localhost:3000/account");
        assertThat(press("others=true&callbackUrl=/account"))
                .endsWith("?notice=all&callbackUrl=http%3A%2F%2Flocalhost%3A3000%2Faccount");
        assertThat(press("others=true&callbackUrl=https://evil.example"))
                .endsWith("?notice=all&callbackUrl=http%3A%2F%2Flocalhost%3A3000");
    }

    @ParameterizedTest
    @CsvSource({
        "ended, SESSION_ENDED",
        "all, SESSIONS_ENDED",
        "gone, SESSION_GONE",
        "left, SESSIONS_LEFT",
        "csrf, MISSING_CSRF",
        "<b>other</b>,"
    })
    void says_what_has_happened(String notice, Notice shown) {
        Reply.Html answer = (Reply.Html) facade.answer(browser, get().query("notice=" + notice));

        assertThat(((Page.Sessions) answer.page()).notice().orElse(null)).isEqualTo(shown);
    }

    private Browser signedInAtPreview(Recognized preview, String sid) {
        Browser visitor = new Browser();
        String state = facade.beginSignIn(visitor, preview, "github");
        facade.redeem(FakeAuthorizationServer.identity(preview, sid));
        Recognized home = facade.at(preview.registeredOrigin().toString());
        Reply.SeeOther handedOff = (Reply.SeeOther)
                facade.answer(Requests.get(home, "/callback/github").query("code=code&state=" + state));
        String query = handedOff.location().substring(handedOff.location().indexOf('?') + 1);
        facade.answer(visitor, Requests.get(preview, "/callback/github").query(query));
        return visitor;
    }

    /** Whoever proposes a change to the application chooses what runs there. */
    @Test
    void a_preview_sees_and_ends_only_sessions_at_its_application() {
        facade.know(
                withPreviews(PORTFOLIO.application(), "http://localhost:3000", "https://*-preview.example.com"),
                DASHBOARD.application());
        Recognized preview = facade.at("https://pr-1-preview.example.com");
        Browser visitor = signedInAtPreview(preview, "sid-here");
        facade.siblings().add("sid-phone", "dashboard");
        facade.siblings().add("sid-tablet", "portfolio");
        Requests list = Requests.get(preview, "/sessions").returningRedirect();

        // At the same time: they share no answer, although their session at Keycloak is the same.
        CompletableFuture<Reply> ofApplication = facade.begin(script().from(browser));
        CompletableFuture<Reply> ofPreview = facade.begin(list.from(visitor));
        facade.run();
        JsonNode all = json(ofApplication.join()).path("sessions");
        JsonNode own = json(ofPreview.join()).path("sessions");
        assertThat(all.findValuesAsText("name")).containsExactly("portfolio", "dashboard", "portfolio");
        assertThat(own.findValuesAsText("name")).containsExactly("portfolio", "portfolio");

        String csrf = "csrfToken=" + facade.csrfToken(visitor, preview) + "&";
        Requests end = Requests.post(preview, "/sessions").returningRedirect();
        String phones = all.path(1).path("id").textValue();
        assertThat(json(facade.answer(visitor, end.form(csrf + "session=" + phones))))
                .hasToString("{\"ended\":0,\"left\":0}");
        assertThat(json(facade.answer(visitor, end.form(csrf + "others=true"))))
                .hasToString("{\"ended\":1,\"left\":0}");
        assertThat(list().path("sessions").findValuesAsText("name")).containsExactly("portfolio", "dashboard");
        assertThat(facade.session(phone, DASHBOARD)).isNotEqualTo("null");
    }

    /** An application's server can make cookies, but not one for a session of another person's. */
    @Test
    void keycloak_decides_whose_sessions_are_listed() {
        list();

        assertThat(facade.siblings().lists())
                .extracting(question -> question.client().value(), question -> question.sid())
                .containsExactly(org.assertj.core.groups.Tuple.tuple("portfolio", "sid-here"));
    }
}
