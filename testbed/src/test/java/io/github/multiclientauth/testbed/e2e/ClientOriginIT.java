package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.web.Parameters;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No client gets a token with an origin that is not its own, whatever the browser sends. */
@EndToEnd
@OnKeycloaksImage
class ClientOriginIT {

    private final Chain chain;
    private final Visitor visitor;
    private final Auth portfolio;

    ClientOriginIT(Chain chain) {
        this.chain = chain;
        this.visitor = chain.visitor();
        this.portfolio = new Auth(visitor, chain.portfolio());
    }

    static Stream<String> foreign_origins() {
        return Stream.of(
                "https://unknown.example",
                "{portfolio}/",
                "{portfolio}/path",
                "{portfolio}?",
                "{portfolio}#",
                "{portfolio}@evil.example",
                "http://evil.example@localhost:{port}",
                "{portfolio}.evil.example",
                "https://localhost:{port}",
                "http://localhost",
                "http://localhost:{port}0",
                "http://localhost.:{port}",
                "http://127.0.0.1:{port}",
                "http://[::1]:{port}",
                "http://x.localhost:{port}",
                "localhost:{port}",
                "//localhost:{port}",
                " {portfolio}",
                "{portfolio} ",
                "{portfolio}\\",
                "{portfolio},{portfolio}",
                "null",
                "*",
                "+");
    }

    @ParameterizedTest
    @MethodSource("foreign_origins")
    void an_origin_that_is_not_registered_at_the_client_is_refused(String pattern) {
        refused(pattern.replace("{portfolio}", chain.portfolio().toString())
                .replace("{port}", Integer.toString(chain.portfolio().port())));
    }

    @Test
    void the_origin_of_another_application_is_refused() {
        refused(chain.dashboard().toString());
    }

    @Test
    void the_origin_of_another_application_is_refused_with_single_sign_on_too() {
        chain.atPortfolio(visitor).as(chain.somebody().login());

        refused(chain.dashboard().toString());
    }

    @Test
    void with_prompt_none_the_application_gets_the_refusal_without_a_page() {
        URI request =
                authorizationRequest(Map.of("client_origin", chain.dashboard().toString(), "prompt", "none"));

        Answer answer = visitor.followTo(visitor.get(request), chain.portfolio());

        assertThat(Parameters.ofQuery(answer.location().orElseThrow()))
                .containsKeys("error", "state")
                .doesNotContainKey("code");
    }

    @Test
    void with_prompt_none_and_no_session_the_answer_is_login_required() {
        Answer answer =
                visitor.followTo(visitor.get(authorizationRequest(Map.of("prompt", "none"))), chain.portfolio());

        assertThat(Parameters.ofQuery(answer.location().orElseThrow()))
                .containsEntry("error", "login_required")
                .doesNotContainKey("code");
    }

    @Test
    void with_prompt_none_and_a_session_the_answer_is_a_code() {
        chain.atPortfolio(visitor).as(chain.somebody().login());

        Answer answer =
                visitor.followTo(visitor.get(authorizationRequest(Map.of("prompt", "none"))), chain.portfolio());

        assertThat(Parameters.ofQuery(answer.location().orElseThrow())).containsKeys("code", "state", "iss");
    }

    @Test
    void a_repeated_parameter_is_refused() {
        URI once = authorizationRequest(Map.of());
        URI twice = URI.create(Parameters.append(
                once.toString(), Map.of("client_origin", chain.dashboard().toString())));

        Answer answer = visitor.followTo(visitor.get(twice), chain.portfolio());

        assertThat(Parameters.ofQuery(answer.location().orElseThrow()))
                .containsEntry("error", "invalid_request")
                .doesNotContainKey("code");
    }

    @Test
    void without_the_parameter_the_redirect_uri_decides() {
        String login = chain.somebody().login();
        Map<String, String> parameters = parameters();
        parameters.remove("client_origin");

        Answer provider = visitor.browse(address(parameters));
        visitor.follow(visitor.press(provider, "button[name=login][value=" + login + "]"));

        assertThat(portfolio.session().path("user").path("clientOrigin").asText())
                .isEqualTo(chain.portfolio().toString());
    }

    @Test
    void many_other_parameters_do_not_displace_it() {
        Map<String, String> parameters = parameters();
        String hint = parameters.remove("kc_idp_hint");
        parameters.remove("client_origin");
        for (int i = 0; i < 10; i++) {
            parameters.put("x" + i, "x");
        }
        parameters.put("client_origin", chain.dashboard().toString());
        parameters.put("kc_idp_hint", hint);

        Answer answer = visitor.browse(address(parameters));

        assertThat(answer.address().getPort()).isEqualTo(chain.keycloak().port());
        assertThat(answer.status()).isEqualTo(400);
    }

    /** Keycloak's page with status 400, and no redirect. */
    private void refused(String clientOrigin) {
        Answer answer = visitor.get(authorizationRequest(Map.of("client_origin", clientOrigin)));

        assertThat(answer.location()).isEmpty();
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.contentType()).startsWith("text/html");
        assertThat(answer.document().text()).doesNotContainIgnoringCase("exception");
    }

    /** The authorization request of portfolio, changed. */
    private URI authorizationRequest(Map<String, String> changes) {
        Map<String, String> parameters = parameters();
        parameters.putAll(changes);
        return address(parameters);
    }

    private Map<String, String> parameters() {
        return new LinkedHashMap<>(Parameters.ofQuery(visitor.get(portfolio.at("signin/github?callbackUrl=%2F"))
                .location()
                .orElseThrow()));
    }

    private URI address(Map<String, String> parameters) {
        return URI.create(Parameters.append(chain.issuer() + "/protocol/openid-connect/auth", parameters));
    }
}
