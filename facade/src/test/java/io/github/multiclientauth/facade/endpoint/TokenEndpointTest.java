package io.github.multiclientauth.facade.endpoint;

import static io.github.multiclientauth.facade.fake.Applications.DASHBOARD;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.facade.client.ApiAccess;
import io.github.multiclientauth.facade.client.Application;
import io.github.multiclientauth.facade.client.Application.Demands;
import io.github.multiclientauth.facade.client.Recognition.Recognized;
import io.github.multiclientauth.facade.event.RequestEvent;
import io.github.multiclientauth.facade.fake.Applications;
import io.github.multiclientauth.facade.fake.Browser;
import io.github.multiclientauth.facade.fake.Facade;
import io.github.multiclientauth.facade.fake.Requests;
import io.github.multiclientauth.facade.oidc.AccessTokenSource.Answer;
import io.github.multiclientauth.facade.seal.KeyHolder;
import io.github.multiclientauth.facade.seal.Secret;
import io.github.multiclientauth.facade.wire.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.UUID;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenEndpointTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ApiAccess FOR_SERVERS = new ApiAccess(true, false);
    private static final String HERE = "http://localhost:3000/api/auth/token";
    private static final String CLIENT_SECRET = "client secret of portfolio";

    private final Facade facade = new Facade();
    private Recognized portfolio;
    private Browser browser;

    @BeforeEach
    void sign_in() {
        use(application(FOR_SERVERS, Demands.NONE));
        browser = facade.signedIn(portfolio, "sid");
        facade.poll();
        facade.events().clear();
    }

    private static Application application(ApiAccess access, Demands demands) {
        return Applications.PORTFOLIO.application().with(access).with(demands);
    }

    private void use(Application application) {
        facade.know(application, DASHBOARD.application());
        portfolio = facade.at("http://localhost:3000");
    }

    /** Newest first, as an operator gives it to the application's server. */
    private String authSecret() {
        return facade.seals().secrets(KeyHolder.application("portfolio")).stream()
                .map(Secret::reveal)
                .findFirst()
                .orElseThrow();
    }

    private Requests request() {
        return Requests.post(portfolio, "/token").from(browser);
    }

    private static String form(String... pairs) {
        StringBuilder form = new StringBuilder();
        for (int i = 0; i < pairs.length; i += 2) {
            form.append(i == 0 ? "" : "&").append(pairs[i]).append('=').append(URLEncoder.encode(pairs[i + 1], UTF_8));
        }
        return form.toString();
    }

    private Requests withSecret() {
        return request().form(form("client_id", "portfolio", "client_secret", authSecret()));
    }

    private Requests withAssertion(String assertion) {
        return request()
                .form(form(
                        "client_assertion_type",
                        "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                        "client_assertion",
                        assertion));
    }

    private String assertion(String secret, Consumer<ObjectNode> change) {
        return assertion(secret, "{\"alg\":\"HS256\",\"typ\":\"JWT\"}", change);
    }

    private String assertion(String secret, String header, Consumer<ObjectNode> change) {
        long now = facade.clock().instant().getEpochSecond();
        ObjectNode claims = JSON.createObjectNode()
                .put("iss", "portfolio")
                .put("sub", "portfolio")
                .put("aud", HERE)
                .put("iat", now)
                .put("exp", now + 60)
                .put("jti", UUID.randomUUID().toString());
        change.accept(claims);
        String content =
                base64(header.getBytes(UTF_8)) + "." + base64(claims.toString().getBytes(UTF_8));
        return content + "." + base64(hmac(secret, content));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] hmac(String secret, String content) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
            return mac.doFinal(content.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Reply.Json answer(Requests request) {
        Reply reply = facade.answer(request);
        return (Reply.Json) (reply instanceof Reply.Challenged challenged ? challenged.answer() : reply);
    }

    private static JsonNode json(Reply.Json reply) {
        try {
            return JSON.readTree(reply.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void assertIssued(Requests request) {
        Reply.Json reply = answer(request);
        assertThat(reply.body()).contains("\"access_token\":\"token-");
        assertThat(reply.status()).isEqualTo(200);
    }

    private void assertRefused(Requests request, int status, String error) {
        Reply.Json reply = answer(request);
        assertThat(json(reply).path("error").asText()).isEqualTo(error);
        assertThat(json(reply).path("error_description").asText()).isNotBlank();
        assertThat(json(reply).path("reference").asText()).isNotBlank();
        assertThat(reply.body()).doesNotContain("access_token", "token-");
        assertThat(reply.status()).isEqualTo(status);
    }

    private void assertWrongClient(Requests request) {
        assertRefused(request, 401, "invalid_client");
        assertThat(facade.accessTokens().questions()).isEmpty();
        assertThat(facade.events().of(RequestEvent.Refused.class)).isNotEmpty();
    }

    @Test
    void the_servers_of_an_application_get_the_token_of_the_session() {
        Reply.Json reply = answer(withSecret());

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body())
                .isEqualTo("{\"access_token\":\"token-1\",\"token_type\":\"Bearer\",\"expires_in\":300,"
                        + "\"scope\":\"email profile\"}");
    }

    @Test
    void keycloak_is_asked_once_for_many_requests() {
        for (int i = 0; i < 10; i++) {
            assertIssued(withSecret());
        }
        assertThat(facade.accessTokens().questions()).hasSize(1);
    }

    @Test
    void a_session_that_had_to_be_confirmed_is_renewed() {
        facade.clock().advance(Facade.REVALIDATE_AFTER.plusSeconds(1));

        Reply.Json reply = answer(withSecret());

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.cookies()).anyMatch(cookie -> cookie.name().contains("session-token"));
    }

    @Test
    void the_client_secret_of_keycloak_will_do_as_well() {
        assertIssued(request().form(form("client_id", "portfolio", "client_secret", CLIENT_SECRET)));
        assertIssued(withAssertion(assertion(CLIENT_SECRET, claims -> {})));
        assertIssued(request().proving(basic("portfolio", CLIENT_SECRET), null));
        assertIssued(request().proving(basic("portfolio", URLEncoder.encode(CLIENT_SECRET, UTF_8)), null));
        assertIssued(request().proving(basic("portfolio", authSecret()), null));
    }

    private static String basic(String id, String secret) {
        return "Basic " + Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(UTF_8));
    }

    @Test
    void an_assertion_by_the_application_itself_is_accepted() {
        assertIssued(withAssertion(assertion(authSecret(), claims -> {})));
        assertIssued(withAssertion(
                assertion(authSecret(), claims -> claims.putArray("aud").add(HERE))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "client_id=portfolio",
                "client_id=portfolio&client_secret=",
                "client_id=portfolio&client_secret=wrong",
                "client_secret=client+secret+of+portfolio",
                "client_id=dashboard&client_secret=client+secret+of+portfolio",
                "client_id=dashboard&client_secret=client+secret+of+dashboard",
                "client_id=portfolio&client_secret=client+secret+of+dashboard",
                "client_id=portfolio&client_assertion=x.y.z",
                "client_assertion_type=urn:ietf:params:oauth:client-assertion-type:saml2-bearer&client_assertion=x.y.z",
                "client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer&client_assertion=",
                "client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer&client_assertion=x.y.z",
                "client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer&client_assertion=a.b.c.d.e"
            })
    void a_server_that_does_not_prove_who_it_is_gets_nothing(String form) {
        assertWrongClient(request().form(form));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Basic",
                "Basic !",
                "Basic cG9ydGZvbGlv",
                "Bearer client secret of portfolio",
                "Basic ZGFzaGJvYXJkOmNsaWVudCBzZWNyZXQgb2YgZGFzaGJvYXJk"
            })
    void a_wrong_authorization_gets_nothing(String header) {
        assertWrongClient(request().proving(header, null));
        assertWrongClient(request().proving(basic("portfolio", "wrong"), null));
        assertWrongClient(request().proving(basic("dashboard", CLIENT_SECRET), null));
    }

    /** RFC 6749, section 5.2. */
    @Test
    void a_wrong_authorization_is_answered_with_a_challenge() {
        for (String header :
                new String[] {"", "Bearer x", basic("portfolio", "wrong"), basic("dashboard", CLIENT_SECRET)}) {
            assertThat(facade.answer(request().proving(header, null)))
                    .isInstanceOfSatisfying(
                            Reply.Challenged.class,
                            reply -> assertThat(reply.challenge())
                                    .isEqualTo("Basic realm=\"multi-client-auth\", charset=\"UTF-8\""));
        }
    }

    /** A browser would ask its user for a password. */
    @Test
    void nobody_else_is_challenged() {
        String wrong = basic("portfolio", "wrong");
        for (Requests each : new Requests[] {
            request().form(form("client_id", "portfolio", "client_secret", "wrong")),
            request(),
            withAssertion(assertion("another secret, of 32 characters!", claims -> {})),
            withSecret().proving(wrong, null),
            request().proving(wrong, null).ofBrowser(),
            request().proving(wrong, null).fetch("same-origin", null, null),
            request().proving(basic("portfolio", CLIENT_SECRET), null)
        }) {
            assertThat(facade.answer(each)).isInstanceOf(Reply.Json.class);
        }
    }

    @Test
    void a_wrong_assertion_gets_nothing() {
        String secret = authSecret();
        long now = facade.clock().instant().getEpochSecond();
        assertWrongClient(withAssertion(assertion("another secret, of 32 characters!", claims -> {})));
        assertWrongClient(withAssertion(assertion(secret, claims -> claims.put("iss", "dashboard"))));
        assertWrongClient(withAssertion(assertion(secret, claims -> claims.put("sub", "dashboard"))));
        assertWrongClient(withAssertion(assertion(secret, claims -> claims.put("exp", now))));
        assertWrongClient(withAssertion(assertion(secret, claims -> claims.put("exp", now - 1))));
        assertWrongClient(withAssertion(assertion(secret, claims -> claims.put("exp", now + 61))));
        assertWrongClient(withAssertion(
                assertion(secret, claims -> claims.put("iat", now + 3600).put("exp", now + 3660))));
        assertWrongClient(withAssertion(assertion(secret, claims -> claims.put("nbf", now + 3600))));
        for (String claim : new String[] {"iss", "sub", "aud", "iat", "exp", "jti"}) {
            assertWrongClient(withAssertion(assertion(secret, claims -> claims.remove(claim))));
            assertWrongClient(withAssertion(assertion(secret, claims -> claims.putArray(claim))));
        }
        assertWrongClient(withAssertion(assertion(secret, claims -> claims.put("jti", ""))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://localhost:3000/api/auth/token",
                "http://localhost/api/auth/token",
                "http://127.0.0.1:3001/api/auth/token",
                "http://localhost:3000",
                "http://localhost:3000/api/auth/token/",
                "http://localhost:3000/api/auth/session",
                "http://localhost:3000/api/auth/token?x",
                "http://localhost:3000/api/auth/token#x",
                "http://localhost:3000/api/auth/%74oken",
                "http://user@localhost:3000/api/auth/token",
                "http://localhost:3000.evil.example/api/auth/token",
                "/api/auth/token",
                "portfolio"
            })
    void an_assertion_for_another_address_gets_nothing(String audience) {
        assertWrongClient(withAssertion(assertion(authSecret(), claims -> claims.put("aud", audience))));
        assertWrongClient(withAssertion(assertion(
                authSecret(), claims -> claims.putArray("aud").add(HERE).add(audience))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"alg\":\"none\"}",
                "{\"alg\":\"HS512\"}",
                "{\"alg\":\"hs256\"}",
                "{}",
                "[]",
                "{\"alg\":\"HS256\",\"alg\":\"HS256\"}",
                "{\"alg\":\"HS256\",\"crit\":[\"b64\"],\"b64\":false}"
            })
    void an_assertion_with_another_header_gets_nothing(String header) {
        assertWrongClient(withAssertion(assertion(authSecret(), header, claims -> {})));
    }

    @Test
    void an_assertion_without_its_signature_gets_nothing() {
        String assertion = assertion(authSecret(), claims -> {});
        assertWrongClient(withAssertion(assertion.substring(0, assertion.lastIndexOf('.') + 1)));
        assertWrongClient(withAssertion(assertion.substring(0, assertion.length() - 4)));
    }

    @Test
    void an_assertion_counts_once() {
        String assertion = assertion(authSecret(), claims -> {});
        assertIssued(withAssertion(assertion));
        assertRefused(withAssertion(assertion), 401, "invalid_client");
    }

    /** RFC 6749, section 2.3. */
    @Test
    void a_server_authenticates_in_one_way_only() {
        assertRefused(withSecret().proving(basic("portfolio", CLIENT_SECRET), null), 400, "invalid_request");
        assertRefused(
                request()
                        .form(form(
                                "client_id",
                                "portfolio",
                                "client_secret",
                                CLIENT_SECRET,
                                "client_assertion",
                                assertion(CLIENT_SECRET, claims -> {}))),
                400,
                "invalid_request");
    }

    @Test
    void a_browser_gets_nothing_with_whatever_it_sends() {
        assertRefused(withSecret().ofBrowser(), 403, "access_denied");
        assertRefused(withSecret().fetch("same-origin", null, null), 403, "access_denied");
        assertThat(facade.accessTokens().questions()).isEmpty();
    }

    /** The fetch of Node.js. */
    @Test
    void a_fetch_mode_alone_is_no_browser() {
        assertIssued(withSecret().fetch(null, "cors", null));
    }

    @Test
    void an_application_without_the_mapper_gets_nothing() {
        use(application(ApiAccess.NONE, Demands.NONE));

        assertRefused(withSecret(), 400, "unauthorized_client");
        assertThat(facade.accessTokens().questions()).isEmpty();
    }

    /** Anybody who can open a pull request may have its secret. */
    @Test
    void a_preview_gets_nothing_with_the_secret_of_previews() {
        use(Applications.withPreviews(
                        Applications.PORTFOLIO.application(), "http://localhost:3000", "https://*-preview.example.com")
                .with(FOR_SERVERS)
                .with(Demands.NONE));
        Recognized preview = facade.at("https://pr-1-preview.example.com");
        String secret =
                facade.seals().secrets(KeyHolder.previewsOf("portfolio")).get(0).reveal();

        assertRefused(
                Requests.post(preview, "/token")
                        .from(browser)
                        .form(form("client_id", "portfolio", "client_secret", secret)),
                400,
                "unauthorized_client");
        assertThat(facade.accessTokens().questions()).isEmpty();
    }

    @Test
    void what_keycloak_refuses_is_not_given() {
        facade.accessTokens().onAsk(question -> new Answer.Refused("no audience is left"));

        assertRefused(withSecret(), 400, "unauthorized_client");
        assertThat(facade.events().of(RequestEvent.Refused.class))
                .extracting(RequestEvent.Refused::what)
                .containsExactly("no audience is left");
    }

    @Test
    void without_a_session_there_is_no_token() {
        browser = new Browser();

        assertRefused(withSecret(), 400, "invalid_grant");
        assertThat(facade.accessTokens().questions()).isEmpty();
    }

    @Test
    void a_session_that_is_over_gets_no_token() {
        facade.accessTokens().onAsk(question -> new Answer.Ended("User disabled"));
        assertRefused(withSecret(), 400, "invalid_grant");

        facade.answer(
                browser,
                Requests.post(portfolio, "/signout").form("csrfToken=" + facade.csrfToken(browser, portfolio)));
        facade.accessTokens().answerAsUsual();
        assertRefused(withSecret(), 400, "invalid_grant");
    }

    @Test
    void a_session_of_another_application_gets_no_token() {
        browser = facade.signedIn(DASHBOARD, "sid-of-dashboard");

        assertRefused(withSecret(), 400, "invalid_grant");
    }

    @Test
    void while_keycloak_is_away_the_server_can_try_again() {
        facade.goAway();
        assertRefused(withSecret(), 503, "temporarily_unavailable");

        facade.clock().advance(Facade.GRACE.plusSeconds(1));
        assertRefused(withSecret(), 503, "temporarily_unavailable");
    }

    @Test
    void a_client_that_demands_bound_tokens_has_to_show_a_key() {
        use(application(FOR_SERVERS, new Demands(false, true)));

        assertRefused(withSecret(), 400, "invalid_dpop_proof");
        assertRefused(withSecret().proving(null, "no.proof.there"), 400, "invalid_dpop_proof");
        assertThat(facade.accessTokens().questions()).isEmpty();
    }

    @Test
    void a_get_is_a_bad_request() {
        assertThat(answer(Requests.get(portfolio, "/token")).status()).isEqualTo(400);
    }
}
