package io.github.multiclientauth.testbed.e2e;

import static io.github.multiclientauth.testbed.e2e.SameSession.assertSameSession;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.proof.Cookie;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.provider.Person;
import io.github.multiclientauth.testbed.provider.oauth.Failure;
import io.github.multiclientauth.testbed.web.Parameters;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sign-ins that must not succeed, and what users see. */
@EndToEnd
class RefusedCallbackIT {

    private final Chain chain;
    private final Visitor visitor;
    private final Auth portfolio;
    private final Person person;

    RefusedCallbackIT(Chain chain) {
        this.chain = chain;
        this.visitor = chain.visitor();
        this.portfolio = new Auth(visitor, chain.portfolio());
        this.person = chain.somebody();
    }

    @Test
    void cancelling_at_the_provider_returns_to_the_sign_in_page_of_the_application() {
        Answer provider = chain.atPortfolio(visitor).start();

        Answer end = visitor.follow(visitor.press(provider, "button[name=cancel]"));

        assertThat(ErrorAddress.plain(end.address())).isEqualTo(portfolio.at("signin?error=OAuthCallbackError"));
        assertThat(end.status()).isEqualTo(200);
        assertThat(end.document().text()).contains("You were not signed in");
        assertThat(portfolio.session().isNull()).isTrue();
    }

    @Test
    void a_user_who_cancelled_can_sign_in_again() {
        visitor.follow(visitor.press(chain.atPortfolio(visitor).start(), "button[name=cancel]"));

        assertThat(chain.atPortfolio(visitor).as(person.login()).isNull()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"server_error", "temporarily_unavailable", "redirect_uri_mismatch"})
    void an_error_of_the_provider_returns_to_the_sign_in_page_too(String error) {
        Answer callback = callbackToKeycloak(Map.of("error", error, "error_description", "<b>no</b>"));

        Answer end = visitor.follow(callback);

        assertThat(ErrorAddress.plain(end.address())).isEqualTo(portfolio.at("signin?error=OAuthCallbackError"));
        assertThat(portfolio.session().isNull()).isTrue();
    }

    static Set<Failure> failuresOfGitHub() {
        return Failure.WITHOUT_ID_TOKENS;
    }

    @ParameterizedTest
    @MethodSource("failuresOfGitHub")
    void a_failure_between_keycloak_and_the_provider_signs_no_user_in(Failure failure) {
        chain.providers().gitHub().standIn().ledger().failures().set(person.login(), failure);

        Answer end = visitor.follow(
                visitor.press(chain.atPortfolio(visitor).start(), "button[name=login][value=" + person.login() + "]"));

        assertThat(end.document().text()).isNotBlank().doesNotContain("Exception", "\tat ");
        assertThat(portfolio.session().isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"AAAA", "", "%00"})
    void a_wrong_state_is_refused(String state) {
        refused(visitor.get(withState(state)));
        assertThat(portfolio.session().isNull()).isTrue();
    }

    @Test
    void a_state_that_is_no_utf_8_is_refused() {
        malformed(visitor.get(withState("%FF%FE")));
        assertThat(portfolio.session().isNull()).isTrue();
    }

    @Test
    void a_repeated_state_is_refused() {
        malformed(visitor.get(URI.create(callback(visitor) + "&state=AAAA")));
        assertThat(portfolio.session().isNull()).isTrue();
    }

    private URI withState(String state) {
        String code = Parameters.ofQuery(callback(visitor)).get("code");
        return portfolio.at("callback/github?code=" + code + "&state=" + state);
    }

    @Test
    void a_callback_without_state_or_code_is_refused() {
        Map<String, String> parameters = Parameters.ofQuery(callback(visitor));

        refused(visitor.get(portfolio.at("callback/github?code=" + parameters.get("code"))));
        refused(visitor.get(portfolio.at("callback/github?state=" + parameters.get("state"))));
        refused(visitor.get(portfolio.at("callback/github")));
        assertThat(portfolio.session().isNull()).isTrue();
    }

    @Test
    void a_replayed_callback_is_refused_and_the_session_stays() {
        URI callback = callback(visitor);
        visitor.follow(visitor.get(callback));
        JsonNode session = portfolio.session();
        assertThat(session.isNull()).isFalse();

        refused(visitor.get(callback));

        assertSameSession(session, portfolio.session());
    }

    @Test
    void a_callback_replayed_with_its_cookies_is_refused() {
        URI callback = callback(visitor);
        Visitor copy = chain.visitor();
        visitor.cookies().all().forEach(copy.cookies()::put);
        visitor.follow(visitor.get(callback));

        refused(copy.get(callback));

        assertThat(new Auth(copy, chain.portfolio()).session().isNull()).isTrue();
    }

    @Test
    void a_callback_in_another_browser_is_refused() {
        Visitor victim = chain.visitor();

        refused(victim.get(callback(visitor)));

        assertThat(new Auth(victim, chain.portfolio()).session().isNull()).isTrue();
    }

    @Test
    void a_callback_for_one_application_is_refused_at_another() {
        Auth dashboard = new Auth(visitor, chain.dashboard());
        URI callback = callback(visitor);
        visitor.cookies()
                .all()
                .forEach(cookie -> visitor.cookies()
                        .put(new Cookie(
                                chain.dashboard().host(),
                                cookie.path(),
                                cookie.name(),
                                cookie.value(),
                                cookie.expires())));

        Answer answer = visitor.get(dashboard.at("callback/github?" + callback.getRawQuery()));

        assertThat(answer.location().map(ErrorAddress::plain)).hasValue(dashboard.at("error?error=Configuration"));
        assertThat(dashboard.session().isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example/realms/multi-client-auth", ""})
    void a_wrong_issuer_is_refused(String issuer) {
        Map<String, String> parameters = new LinkedHashMap<>(Parameters.ofQuery(callback(visitor)));
        parameters.put("iss", issuer);

        refused(visitor.get(
                URI.create(Parameters.append(portfolio.at("callback/github").toString(), parameters))));
        assertThat(portfolio.session().isNull()).isTrue();
    }

    @Test
    void a_made_up_code_is_refused() {
        Map<String, String> parameters = new LinkedHashMap<>(Parameters.ofQuery(callback(visitor)));
        parameters.put("code", "made.up.code");

        refused(visitor.get(
                URI.create(Parameters.append(portfolio.at("callback/github").toString(), parameters))));
        assertThat(portfolio.session().isNull()).isTrue();
    }

    @Test
    void an_unknown_provider_is_refused() {
        for (String path : List.of("signin/nope", "callback/nope?code=1&state=2")) {
            Answer answer = visitor.get(portfolio.at(path));
            assertThat(answer.status()).as(path).isEqualTo(404);
            assertThat(answer.json().path("message").asText()).contains("Available: auth0, facebook, github");
            signsNobodyIn(answer);
        }
    }

    @Test
    void the_error_page_says_what_to_do() {
        Answer page = visitor.browse(portfolio.at("callback/github"));

        assertThat(page.status()).isEqualTo(400);
        assertThat(page.contentType()).startsWith("text/html");
        assertThat(page.document().select("h1").text()).isEqualTo("Your browser sent no cookies");
        assertThat(page.document().text()).doesNotContain("Exception");
    }

    /** Checks for the error page of Auth.js. */
    private void refused(Answer answer) {
        assertThat(answer.location().map(ErrorAddress::plain))
                .as("%s", answer)
                .hasValue(portfolio.at("error?error=Configuration"));
        signsNobodyIn(answer);
    }

    /** Checks for 400, because the request does not belong to the Auth.js API. */
    private void malformed(Answer answer) {
        assertThat(answer.status()).isEqualTo(400);
        signsNobodyIn(answer);
    }

    private static void signsNobodyIn(Answer answer) {
        assertThat(answer.setCookies()).noneMatch(cookie -> cookie.contains("session-token=e"));
    }

    /** The address of the callback that would finish a sign-in, before it is requested. */
    private URI callback(Visitor browser) {
        Answer provider = chain.atPortfolio(browser).start();
        Answer agreed = browser.press(provider, "button[name=login][value=" + person.login() + "]");
        return browser.followTo(agreed, chain.portfolio()).location().orElseThrow();
    }

    /** Replaces the provider's answer to Keycloak. */
    private Answer callbackToKeycloak(Map<String, String> answer) {
        Answer provider = chain.atPortfolio(visitor).start();
        URI cancelled =
                visitor.press(provider, "button[name=cancel]").location().orElseThrow();
        Map<String, String> parameters = new LinkedHashMap<>(answer);
        parameters.put("state", Parameters.ofQuery(cancelled).get("state"));
        return visitor.get(URI.create(Parameters.append(cancelled.toString().split("\\?", 2)[0], parameters)));
    }
}
