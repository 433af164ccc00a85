package io.github.multiclientauth.testbed.e2e;

import static io.github.multiclientauth.testbed.e2e.SameSession.assertSameForServer;
import static io.github.multiclientauth.testbed.e2e.SameSession.assertSameSession;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.proof.Cookie;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.provider.Person;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Runs {@code @auth/express}, {@code @auth/core/jwt} and {@code next-auth} 5 and 4 from npm on an application's server. With
 * the application's derived secret they read the facade's cookies, and the facade reads theirs. {@link NextJsIT} tests a real
 * Next.js.
 */
@EndToEnd
class AuthJsServerIT {

    private static final String SESSION_COOKIE = "authjs.session-token";

    @RegisterExtension
    static final Started STARTED = new Started();

    private static AuthJsServer server;

    private final Chain chain;
    private final Visitor visitor;
    private final Auth portfolio;
    private final Person person;
    private JsonNode session;

    AuthJsServerIT(Chain chain) {
        this.chain = chain;
        this.visitor = chain.visitor();
        this.portfolio = new Auth(visitor, chain.portfolio());
        this.person = chain.somebody();
    }

    @BeforeAll
    static void start_the_server(Chain chain) throws Exception {
        server = STARTED.add(AuthJsServer.start(chain));
    }

    @BeforeEach
    void sign_in() {
        session = chain.atPortfolio(visitor).as(person.login());
    }

    @Test
    void express_reads_the_session() {
        JsonNode user = visitor.get(server.at("/express")).json().path("user");

        // The fields that Auth.js returns by default.
        assertThat(user.path("name").asText()).isEqualTo(person.displayName());
        assertThat(user.path("email").asText()).isEqualTo(person.email());
        assertThat(user.path("image").asText()).isEqualTo(chain.picture(person));
        assertThat(user).hasSize(3);
    }

    @Test
    void express_sees_no_session_after_signing_out() {
        portfolio.signOut();

        assertThat(visitor.get(server.at("/express")).json().isNull()).isTrue();
    }

    @Test
    void the_session_of_another_application_does_not_open() {
        Visitor other = chain.visitor();
        chain.atDashboard(other).as(person.login());
        Cookie foreign = cookie(other, URI.create(chain.dashboard() + "/"));
        visitor.cookies().put(atPortfolio(foreign.value()));

        assertThat(visitor.get(server.at("/express")).json().isNull()).isTrue();
        assertThat(visitor.get(server.at("/next-auth")).json().isNull()).isTrue();
    }

    @Test
    void jwt_decodes_what_the_facade_sealed() {
        JsonNode claims = claims();

        JsonNode user = session.path("user");
        assertThat(claims.path("sub")).isEqualTo(user.path("id"));
        assertThat(claims.path("name")).isEqualTo(user.path("name"));
        assertThat(claims.path("email")).isEqualTo(user.path("email"));
        assertThat(claims.path("picture")).isEqualTo(user.path("image"));
        assertThat(claims.path("provider")).isEqualTo(user.path("provider"));
        assertThat(claims.path("clientOrigin")).isEqualTo(user.path("clientOrigin"));
        assertThat(claims.path("clientId")).isEqualTo(user.path("clientId"));
        assertThat(claims.path("sid").asText())
                .isEqualTo(chain.administrator()
                        .sessions(user.path("id").asText())
                        .get(0)
                        .path("id")
                        .asText());
    }

    @Test
    void the_facade_opens_what_jwt_encoded() {
        JsonNode before = claims();

        visitor.cookies().put(atPortfolio(sealedAgain(60)));

        assertSameSession(session, portfolio.session());
        JsonNode after = claims();
        assertThat(after.path("jti")).isNotEqualTo(before.path("jti"));
        // As long as before, if Keycloak has confirmed the session meanwhile.
        assertThat(after.path("exp").asLong())
                .isLessThanOrEqualTo(before.path("exp").asLong());
        assertThat(after.path("sid")).isEqualTo(before.path("sid"));
    }

    @Test
    void an_exp_of_jwt_that_has_passed_ends_the_session() {
        visitor.cookies().put(atPortfolio(sealedAgain(-60)));

        assertThat(portfolio.session().isNull()).isTrue();
    }

    @Test
    void signing_out_with_a_cookie_that_jwt_encoded_ends_all_copies() {
        String copy = sealedAgain(60);
        visitor.cookies().put(atPortfolio(sealedAgain(60)));
        Visitor thief = thief(copy);
        assertSameSession(session, portfolioOf(thief).session());

        portfolio.signOut();

        assertThat(portfolio.session().isNull()).isTrue();
        assertThat(chain.administrator()
                        .sessions(session.path("user").path("id").asText()))
                .isEmpty();
        assertThat(portfolioOf(thief(copy)).session().isNull())
                .as("sealed before")
                .isTrue();
        // A server that decodes the cookie itself cannot see the sign-out. Where that matters, it has to ask the
        // facade.
        Visitor sealsAgain = thief(copy);
        String sealedAfterwards = sealedAgain(sealsAgain, 60);
        assertThat(portfolioOf(thief(sealedAfterwards)).session().isNull())
                .as("sealed afterwards: the sid decides")
                .isTrue();
    }

    @Test
    void auth_of_next_auth_reads_the_session_and_the_facade_accepts_its_cookie() {
        Answer answer = visitor.get(server.at("/next-auth"));

        JsonNode user = answer.json().path("user");
        assertThat(user.path("name").asText()).isEqualTo(person.displayName());
        assertThat(user.path("email").asText()).isEqualTo(person.email());
        assertThat(user.path("image").asText()).isEqualTo(chain.picture(person));
        assertThat(user).hasSize(3);
        assertThat(answer.setCookies()).anyMatch(cookie -> cookie.startsWith(SESSION_COOKIE + "="));
        assertSameSession(session, portfolio.session());
    }

    @Test
    void middleware_of_next_auth_admits_users_and_the_facade_accepts_its_cookie() {
        JsonNode before = claims();

        Answer answer = visitor.get(server.at("/middleware"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("user").path("email").asText()).isEqualTo(person.email());
        // It also reads the facade's cookies with the CSRF token and the callback URL as its own.
        assertThat(answer.setCookies()).singleElement().asString().startsWith(SESSION_COOKIE + "=");
        assertThat(claims().path("jti")).isNotEqualTo(before.path("jti"));
        assertSameSession(session, portfolio.session());
        assertThat(portfolio.update("{}").json().path("user"))
                .as("and asks Keycloak with it")
                .isEqualTo(session.path("user"));
    }

    @Test
    void middleware_of_next_auth_refuses_users_who_have_signed_out() {
        visitor.get(server.at("/middleware"));

        portfolio.signOut();

        assertThat(visitor.get(server.at("/middleware")).location()).hasValue(portfolio.at("signin"));
    }

    @Test
    void the_facade_reads_and_clears_a_cookie_that_next_auth_has_split() {
        Answer answer = visitor.get(server.at("/middleware/many-claims"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(sessionCookies()).containsExactlyInAnyOrder(SESSION_COOKIE + ".0", SESSION_COOKIE + ".1");
        assertSameSession(session, portfolio.session());

        portfolio.signOut();

        assertThat(sessionCookies()).isEmpty();
    }

    @Test
    void next_auth_with_our_configuration_wraps_handlers_and_protects_pages() {
        JsonNode user = visitor.get(server.at("/configured")).json().path("user");
        assertThat(user).isEqualTo(session.path("user"));
        assertThat(visitor.get(server.at("/configured/dashboard")).headers().firstValue("x-middleware-next"))
                .hasValue("1");

        Visitor stranger = chain.visitor();
        assertThat(stranger.get(server.at("/configured")).location()).hasValue(portfolio.at("signin"));
        assertThat(stranger.get(server.at("/configured/dashboard"))
                        .location()
                        .orElseThrow()
                        .toString())
                .startsWith(portfolio.at("signin").toString() + "?callbackUrl=")
                .endsWith("%2Fconfigured%2Fdashboard");
    }

    /** The facade cannot finish it: its state is in a cookie of Auth.js. */
    @Test
    void a_sign_in_that_auth_js_has_begun_on_the_server_ends_on_a_page_that_says_so() {
        Visitor other = chain.visitor();
        portfolioOf(other).csrfToken();

        Answer provider = other.follow(other.get(server.at("/configured/sign-in")));
        Answer end = other.follow(other.press(provider, "button[name=login][value=" + person.login() + "]"));

        assertThat(end.status()).isEqualTo(400);
        assertThat(end.address().getQuery()).contains("error=Configuration", "code=begun_by_auth_js");
        assertThat(end.document().text()).contains("began this sign-in with Auth.js");
    }

    @Test
    void next_auth_4_reads_the_session_and_keeps_the_cookie() {
        String before = cookie(visitor, URI.create(chain.portfolio() + "/")).value();

        Answer answer = visitor.get(server.at("/next-auth-4/session"));

        assertSameForServer(session, answer.json());
        assertThat(answer.setCookies()).anyMatch(set -> set.startsWith(SESSION_COOKIE + "=" + before));
        assertSameSession(session, portfolio.session());
        JsonNode token = visitor.get(server.at("/next-auth-4/token")).json();
        assertThat(token.path("sub")).isEqualTo(session.path("user").path("id"));
        assertThat(visitor.get(server.at("/next-auth-4/dashboard")).json().asText())
                .isEqualTo("admitted");
    }

    @Test
    void next_auth_4_knows_nobody_without_a_session_and_sends_them_to_the_sign_in_page() {
        portfolio.signOut();

        assertThat(visitor.get(server.at("/next-auth-4/session")).json().isNull())
                .isTrue();
        assertThat(visitor.get(server.at("/next-auth-4/token")).json().isNull()).isTrue();
        assertThat(visitor.get(server.at("/next-auth-4/dashboard")).location().map(URI::toString))
                .hasValue(portfolio.at("signin") + "?callbackUrl=%2Fnext-auth-4%2Fdashboard");
    }

    /** This facade trusts no proxy: the server asks it with the application's {@code Host}. */
    @Test
    void form_actions_sign_in_and_out() {
        Visitor other = chain.visitor();

        Answer provider = other.follow(other.post(server.at("/actions/sign-in"), Map.of()));
        Answer end = other.follow(other.press(provider, "button[name=login][value=" + person.login() + "]"));

        assertThat(end.address()).isEqualTo(URI.create(chain.portfolio() + "/?a=1"));
        assertThat(portfolioOf(other).session().path("user")).isEqualTo(session.path("user"));
        assertThat(other.get(server.at("/api/auth/session")).json().path("user"))
                .as("forwarded by proxy()")
                .isEqualTo(session.path("user"));

        Answer out = other.post(server.at("/actions/sign-out"), Map.of());

        assertThat(out.location()).hasValue(URI.create(chain.portfolio() + "/"));
        assertThat(portfolioOf(other).session().isNull()).isTrue();
        assertThat(portfolio.update("{}").json().isNull())
                .as("the other browser had a session of its own at Keycloak")
                .isFalse();
    }

    @Test
    void signing_out_on_the_server_ends_the_session_at_keycloak() {
        visitor.post(server.at("/actions/sign-out"), Map.of());

        assertThat(chain.administrator()
                        .sessions(session.path("user").path("id").asText()))
                .isEmpty();
    }

    @Test
    void links_to_sign_in_work_through_proxy() {
        Visitor other = chain.visitor();

        Answer answer = other.get(server.at("/api/auth/signin/github"));

        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.location().orElseThrow().toString())
                .startsWith(chain.issuer() + "/protocol/openid-connect/auth?");
        assertThat(answer.setCookies()).anyMatch(set -> set.startsWith("authjs.transaction."));
    }

    private JsonNode claims() {
        return visitor.get(server.at("/claims")).json();
    }

    private String sealedAgain(int maxAge) {
        return sealedAgain(visitor, maxAge);
    }

    /** The visitor's session as {@code @auth/core/jwt} decodes it. */
    private String sealedAgain(Visitor of, int maxAge) {
        return of.get(server.at("/sealed-again?maxAge=" + maxAge)).json().asText();
    }

    private Visitor thief(String token) {
        Visitor thief = chain.visitor();
        thief.cookies().put(atPortfolio(token));
        return thief;
    }

    private Auth portfolioOf(Visitor somebody) {
        return new Auth(somebody, chain.portfolio());
    }

    private List<String> sessionCookies() {
        return portfolio.cookies().stream()
                .map(Cookie::name)
                .filter(name -> name.startsWith(SESSION_COOKIE))
                .toList();
    }

    private static Cookie cookie(Visitor of, URI address) {
        return of.cookies().find(address, SESSION_COOKIE).orElseThrow();
    }

    private Cookie atPortfolio(String token) {
        return new Cookie(chain.portfolio().host(), "/", SESSION_COOKIE, token, Optional.empty());
    }
}
