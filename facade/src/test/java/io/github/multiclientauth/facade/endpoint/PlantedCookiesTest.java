package io.github.multiclientauth.facade.endpoint;

import static io.github.multiclientauth.facade.fake.Applications.DASHBOARD;
import static io.github.multiclientauth.facade.fake.Applications.PORTFOLIO;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.facade.fake.Browser;
import io.github.multiclientauth.facade.fake.Facade;
import io.github.multiclientauth.facade.fake.FakeAuthorizationServer;
import io.github.multiclientauth.facade.fake.FakeSessionKeeper;
import io.github.multiclientauth.facade.fake.Requests;
import io.github.multiclientauth.facade.oidc.Identity;
import io.github.multiclientauth.facade.seal.KeyHolder;
import io.github.multiclientauth.facade.seal.Seal;
import io.github.multiclientauth.facade.wire.Chunks;
import io.github.multiclientauth.facade.wire.Reply;
import io.github.multiclientauth.facade.wire.RequestCookies;
import io.github.multiclientauth.facade.wire.SetCookie;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Cookies that somebody else put beside the facade's own: a page of a sibling domain can, for the whole domain and for any
 * path. The request then has two of one name, in an order that the other side chooses.
 */
class PlantedCookiesTest {

    private static final String SESSION = "authjs.session-token";
    private static final String CSRF = "authjs.csrf-token";

    private final Facade facade = new Facade();
    private final Browser browser = facade.signedIn(PORTFOLIO, "sid-1");

    static Stream<String> junk() {
        return Stream.of("", "x", "%", "a.b.c.d.e", "eyJhbGciOiJkaXIifQ..a.b.c", "OF DASHBOARD", "OF ANOTHER MASTER");
    }

    /** What stands for a cookie that cannot be written before the test runs. */
    private String planted(String junk) {
        return switch (junk) {
            case "OF DASHBOARD" ->
                facade.signedIn(DASHBOARD, "sid-1").value(SESSION).orElseThrow();
            case "OF ANOTHER MASTER" ->
                new Facade("another master: Qp4$kW8z_Nv6!cX1mHd5jLs9")
                        .signedIn(PORTFOLIO, "sid-1")
                        .value(SESSION)
                        .orElseThrow();
            default -> junk;
        };
    }

    @ParameterizedTest
    @MethodSource("junk")
    void a_session_cookie_that_does_not_open_is_ignored_if_another_does(String junk) {
        String planted = SESSION + "=" + planted(junk);

        signedInAndNothingCleared(planted + "; " + cookies());
        signedInAndNothingCleared(cookies() + "; " + planted);
        signedInAndNothingCleared(planted + "; " + cookies() + "; " + planted);
    }

    @ParameterizedTest
    @ValueSource(strings = {".0", ".1", ".5", ".15", ".99", ".00"})
    void a_planted_chunk_beside_a_cookie_in_one_piece_is_ignored(String chunk) {
        String planted = SESSION + chunk + "=junk";

        signedInAndNothingCleared(planted + "; " + cookies());
        signedInAndNothingCleared(cookies() + "; " + planted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".0", ".1", ".2", ".3", ".5", ".01", ".99"})
    void a_planted_chunk_beside_chunks_is_ignored(String chunk) {
        Browser large = signedInWithALargeSession();
        assertThat(large.names()).contains(SESSION + ".0", SESSION + ".1").doesNotContain(SESSION);
        String good = large.header("/api/auth/session");

        for (String junk : List.of("", "junk", "x".repeat(3936))) {
            signedInAndNothingCleared(SESSION + chunk + "=" + junk + "; " + good);
            signedInAndNothingCleared(good + "; " + SESSION + chunk + "=" + junk);
        }
    }

    @Test
    void hundreds_of_planted_cookies_hide_nothing() {
        String planted = repeated(150, SESSION + "=a.b.c.d.e");
        signedInAndNothingCleared(planted + "; " + cookies());

        Browser large = signedInWithALargeSession();
        signedInAndNothingCleared(repeated(150, SESSION + ".1=x") + "; " + large.header("/api/auth/session"));
    }

    @Test
    void a_copy_of_a_session_that_has_ended_is_ignored() {
        String ended = browser.value(SESSION).orElseThrow();
        facade.answer(browser, Requests.get(PORTFOLIO, "/signout"));
        facade.clock().advance(Duration.ofSeconds(1));
        facade.signIn(browser, PORTFOLIO, "sid-2");

        signedInAndNothingCleared(SESSION + "=" + ended + "; " + cookies());
    }

    /** Nothing shows which one is the browser's own: a guess could sign a person in as the attacker. */
    @Test
    void with_sessions_of_two_persons_nobody_is_signed_in_and_nothing_is_cleared() {
        String ofMallory =
                SESSION + "=" + signedInAs("mallory", "sid-m").value(SESSION).orElseThrow();

        for (String header : List.of(ofMallory + "; " + cookies(), cookies() + "; " + ofMallory)) {
            Reply reply = facade.answer(Requests.get(PORTFOLIO, "/session").cookies(header));
            assertThat(((Reply.Json) reply).body()).isEqualTo("null");
            assertThat(cleared(reply)).isEmpty();
        }
    }

    @Test
    void with_two_sessions_of_one_person_the_later_one_counts() {
        String earlier = browser.value(SESSION).orElseThrow();
        facade.clock().advance(Duration.ofMinutes(4));
        Browser later = facade.signedIn(PORTFOLIO, "sid-2");
        facade.clock().advance(Duration.ofMinutes(2));

        for (String header : List.of(
                SESSION + "=" + earlier + "; " + later.header("/api/auth/session"),
                later.header("/api/auth/session") + "; " + SESSION + "=" + earlier)) {
            signedInAndNothingCleared(header);
        }
        assertThat(facade.keeper().questions()).as("the later is not due").isEmpty();
    }

    @Test
    void a_sign_out_ends_every_session_that_the_request_has() {
        Browser later = facade.signedIn(PORTFOLIO, "sid-2");
        String header = "authjs.session-token=x; " + cookies() + "; " + later.header("/api/auth/signout");
        Reply reply = facade.answer(Requests.get(PORTFOLIO, "/signout").cookies(header));

        assertThat(cleared(reply)).containsExactly(SESSION);
        assertThat(facade.session(browser, PORTFOLIO)).isEqualTo("null");
        assertThat(facade.session(later, PORTFOLIO)).isEqualTo("null");
        assertThat(facade.keeper().endings())
                .extracting(FakeSessionKeeper.Ended::sid)
                .containsExactlyInAnyOrder("sid-1", "sid-2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "OF LENGTH", "OF DASHBOARD"})
    void a_csrf_cookie_with_a_wrong_hash_is_ignored(String junk) {
        String token = facade.csrfToken(browser, PORTFOLIO);
        String planted = CSRF + "="
                + switch (junk) {
                    case "OF LENGTH" -> "0".repeat(64) + "%7C" + "0".repeat(64);
                    case "OF DASHBOARD" -> {
                        Browser other = new Browser();
                        facade.csrfToken(other, DASHBOARD);
                        yield other.value(CSRF).orElseThrow().replace("|", "%7C");
                    }
                    default -> junk;
                };

        for (String header : List.of(planted + "; " + cookies(), cookies() + "; " + planted)) {
            Reply.Json csrf =
                    (Reply.Json) facade.answer(Requests.get(PORTFOLIO, "/csrf").cookies(header));
            assertThat(csrf.body()).contains(token);
            assertThat(csrf.cookies()).isEmpty();
            assertThat(facade.answer(Requests.post(PORTFOLIO, "/signin")
                            .form("csrfToken=" + token)
                            .cookies(header)))
                    .isInstanceOf(Reply.Redirect.class);
        }
    }

    @ParameterizedTest
    @MethodSource("junk")
    void a_transaction_cookie_that_does_not_open_is_ignored(String junk) {
        for (boolean before : new boolean[] {true, false}) {
            String value = planted(junk);
            Browser signingIn = new Browser();
            String state = facade.beginSignIn(signingIn, PORTFOLIO, "github");
            facade.redeem(FakeAuthorizationServer.identity(PORTFOLIO, "sid-3"));
            String good = signingIn.header("/api/auth/callback/github");
            String planted = transaction(signingIn) + "=" + value;

            Reply reply = facade.answer(Requests.get(PORTFOLIO, "/callback/github")
                    .query("code=code&state=" + state)
                    .cookies(before ? planted + "; " + good : good + "; " + planted));
            assertThat(signingIn.take(reply).cookies()).isNotEmpty();
            assertThat(facade.session(signingIn, PORTFOLIO)).contains("Ada");
        }
    }

    /** There is room for ten; those that do not open make way first, but not under the name of one that does. */
    @Test
    void a_new_sign_in_does_not_displace_one_with_a_planted_cookie_beside_it() {
        Browser signingIn = new Browser();
        facade.beginSignIn(signingIn, PORTFOLIO, "github");
        String first = transaction(signingIn);
        String others = IntStream.range(10, 22)
                .mapToObj(i -> "authjs.transaction.junk" + "0".repeat(6) + i + "=x")
                .collect(Collectors.joining("; "));
        Reply reply = facade.answer(Requests.get(PORTFOLIO, "/signin/github")
                .cookies(first + "=x; " + others + "; " + signingIn.header("/api/auth/signin/github")));

        assertThat(cleared(reply)).isNotEmpty().doesNotContain(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"javascript:alert(1)", "https://evil.example/", "evil.example", ""})
    void a_callback_url_cookie_that_cannot_be_used_is_ignored(String planted) {
        facade.answer(browser, Requests.get(PORTFOLIO, "/signin").query("callbackUrl=/after"));
        for (String header : List.of(
                "authjs.callback-url=" + planted + "; " + cookies(), cookies() + "; authjs.callback-url=" + planted)) {
            Reply reply = facade.answer(Requests.get(PORTFOLIO, "/signout").cookies(header));
            assertThat(((Reply.Redirect) reply).location()).isEqualTo("http://localhost:3000/after");
        }
    }

    private void signedInAndNothingCleared(String header) {
        Reply reply = facade.answer(Requests.get(PORTFOLIO, "/session").cookies(header));

        assertThat(((Reply.Json) reply).body()).contains("Ada");
        assertThat(cleared(reply)).isEmpty();
    }

    private String body(Requests request) {
        return ((Reply.Json) facade.answer(request)).body();
    }

    private String cookies() {
        return browser.header("/api/auth/session");
    }

    private static List<String> cleared(Reply reply) {
        return reply.cookies().stream()
                .filter(cookie -> cookie.maxAge().isPresent() && cookie.maxAge().getAsLong() == 0)
                .map(SetCookie::name)
                .toList();
    }

    private static String transaction(Browser signingIn) {
        return signingIn.names().stream()
                .filter(name -> name.startsWith("authjs.transaction."))
                .findFirst()
                .orElseThrow();
    }

    private static String repeated(int times, String pair) {
        return IntStream.range(0, times).mapToObj(i -> pair).collect(Collectors.joining("; "));
    }

    private Browser signedInAs(String subject, String sid) {
        Identity ada = FakeAuthorizationServer.identity(PORTFOLIO, sid);
        return signedIn(new Identity(
                subject,
                sid,
                ada.name(),
                ada.email(),
                ada.emailVerified(),
                ada.picture(),
                ada.provider(),
                ada.clientOrigin(),
                ada.clientId(),
                false));
    }

    /** So long that the session needs two cookies. */
    /** The browser after an application's own server has put much into the session. */
    private Browser signedInWithALargeSession() {
        Browser large = signedIn(FakeAuthorizationServer.identity(PORTFOLIO, "sid-1"));
        Seal seal = facade.seals().session(KeyHolder.application("portfolio"), SESSION);
        String claims = new String(seal.open(large.value(SESSION).orElseThrow()).orElseThrow(), UTF_8);
        String larger = "{\"own\":\"" + "a".repeat(3000) + "\"," + claims.substring(1);
        large.remove(SESSION);
        large.take(new Chunks(SESSION, "/", false)
                .write(seal.seal(larger.getBytes(UTF_8)), facade.clock().instant(), RequestCookies.parse(List.of())));
        return large;
    }

    private Browser signedIn(Identity identity) {
        Browser signingIn = new Browser();
        String state = facade.beginSignIn(signingIn, PORTFOLIO, "github");
        facade.redeem(identity);
        facade.answer(signingIn, Requests.get(PORTFOLIO, "/callback/github").query("code=code&state=" + state));
        return signingIn;
    }
}
