package io.github.multiclientauth.facade.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.facade.client.Recognition.Recognized;
import io.github.multiclientauth.facade.fake.Applications;
import io.github.multiclientauth.facade.fake.Browser;
import io.github.multiclientauth.facade.fake.Facade;
import io.github.multiclientauth.facade.fake.Requests;
import io.github.multiclientauth.facade.wire.CallbackUrl;
import io.github.multiclientauth.facade.wire.Reply;
import io.github.multiclientauth.facade.wire.SetCookie;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever a provider, an administrator or an address contains, all cookies of an application fit into one request: the
 * header that carries them stays below 8 KiB.
 */
class LongestCookiesTest {

    /** What nginx accepts for a header, with its name and line end. */
    private static final int HEADER = 8192 - "Cookie: \r\n".length();

    /** What browsers store, name and value together (RFC 6265bis, section 5.6). */
    private static final int COOKIE = 4096;

    private static final Recognized HTTP = Applications.at("portfolio", "http://localhost:3000", "github");
    private static final Recognized HTTPS = Applications.at(
            "https://portfolio.example.com/shop", "https://" + "a".repeat(63) + ".shop.example.com:8443", "github");
    private static final Recognized LONG_NAMES = Applications.onSharedHost(
            Applications.at("\u20ac".repeat(255), "https://portfolio.example.com:8443", "github"));

    private final Facade facade = new Facade();
    private final Browser browser = new Browser();
    private String demand = "";

    static Stream<Recognized> applications() {
        return Stream.of(HTTP, HTTPS, LONG_NAMES);
    }

    /** What encoding makes longer: as JSON, in UTF-8, as base64url, in a cookie. */
    static Stream<String> texts() {
        return Stream.of("p", "\"", "\\", "\u00e9", "\u20ac", "\ud83d\udd11", "/", "%C3", "&");
    }

    static Stream<Arguments> all() {
        return applications().flatMap(at -> texts().map(text -> Arguments.of(at, text)));
    }

    @ParameterizedTest
    @MethodSource("all")
    void fit_into_a_request_whatever_they_contain(Recognized at, String text) throws Exception {
        facade.redeem(longest(at, text));
        demand = "&max_age=99999999&acr_values=1+" + "a".repeat(100) + "+" + "\"".repeat(100);
        String address = longestAddress(text);
        List<String> states = new ArrayList<>();
        for (int round = 0; round < 2; round++) {
            for (int tab = 0; tab < 12; tab++) {
                states.add(begin(at, address.substring(0, address.length() >> tab % 4)));
            }
            String newest = states.get(states.size() - 1);
            Reply reply = answer(at, "/callback/github", "code=c&state=" + newest);

            assertThat(reply).isInstanceOf(Reply.Redirect.class);
            assertThat(facade.session(browser, at)).contains("\"user\"");
        }
    }

    @ParameterizedTest
    @MethodSource("applications")
    void leave_room_for_eight_tabs(Recognized at) throws Exception {
        facade.redeem(longest(at, "\u20ac"));
        answer(at, "/callback/github", "code=c&state=" + begin(at, longestAddress("/")));
        String address = "/checkout/cart/items?coupon=SUMMER-2026&from=newsletter&item=1234567890&utm_source=x";
        List<String> states =
                IntStream.range(0, 8).mapToObj(tab -> begin(at, address)).toList();

        for (String state : states) {
            Reply reply = answer(at, "/callback/github", "code=c&state=" + state);
            assertThat(((Reply.Redirect) reply).location()).endsWith(address);
        }
    }

    /** The oldest tab goes first if the addresses are the longest ones. Its page offers another try. */
    @Test
    void leave_the_newest_tabs_when_there_is_no_room() {
        String address = longestAddress("p");
        String oldest = begin(HTTP, address);
        String newest = begin(HTTP, address);

        Reply reply = answer(HTTP, "/callback/github", "code=c&state=" + oldest);
        assertThat(((Reply.ErrorRedirect) reply).location()).contains("/error?", "code=unknown_sign_in");
        assertThat(answer(HTTP, "/callback/github", "error=access_denied&state=" + newest))
                .isInstanceOf(Reply.ErrorRedirect.class)
                .matches(again -> ((Reply.ErrorRedirect) again).location().contains("/signin?"));
    }

    /** Nobody can shorten those. A new sign-in gets what is left, and the others make room. */
    @ParameterizedTest
    @ValueSource(ints = {1_000, 3_000, 6_000})
    void make_room_for_the_applications_own(int own) throws Exception {
        facade.redeem(longest(HTTP, "p"));
        answer(HTTP, "/callback/github", "code=c&state=" + begin(HTTP, "/"));
        for (int tab = 0; tab < 10; tab++) {
            begin(HTTP, "/" + "a".repeat(100));
        }
        browser.put("own", "x".repeat(own), "/");

        String state = facade.beginSignIn(browser, HTTP, "github");

        int waiting = (int) browser.names().stream()
                .filter(name -> name.contains("transaction"))
                .count();
        if (own == 1_000) {
            assertThat(waiting).isGreaterThan(5);
            assertThat(header()).hasSizeLessThan(HEADER);
        } else if (own == 3_000) {
            assertThat(header()).hasSizeLessThan(HEADER);
        } else {
            assertThat(waiting).isEqualTo(1);
        }
        assertThat(facade.answer(browser, Requests.get(HTTP, "/callback/github").query("code=c&state=" + state)))
                .isInstanceOf(Reply.Redirect.class);
    }

    /** Cookies ignore ports, so each request carries those of all applications on the host. */
    @Test
    void of_two_ordinary_applications_on_one_host_fit_with_many_tabs() throws Exception {
        List<Recognized> applications = List.of(onLocalhost("portfolio", 3000), onLocalhost("dashboard", 3001));
        for (int round = 0; round < 2; round++) {
            for (Recognized at : applications) {
                for (int tab = 0; tab < 12; tab++) {
                    begin(at, "/after?tab=" + tab);
                }
                facade.signIn(browser, at, "sid-" + round + at.application().clientId());
                assertFits();
            }
        }
        for (Recognized at : applications) {
            assertThat(facade.session(browser, at)).contains("Ada");
        }
    }

    @Test
    void of_five_ordinary_applications_on_one_host_fit() throws Exception {
        for (int i = 0; i < 5; i++) {
            Recognized at = onLocalhost("application-" + i, 3000 + i);
            facade.signIn(browser, at, "sid-" + i);
            begin(at, "/after");
        }
    }

    private static Recognized onLocalhost(String id, int port) {
        return Applications.onSharedHost(Applications.at(id, "http://localhost:" + port, "github"));
    }

    /** The names change when another client enters the host, and back when it leaves. */
    @Test
    void fit_while_their_names_change() throws Exception {
        for (int i = 0; i < 4; i++) {
            Recognized at = i % 2 == 0 ? HTTP : Applications.onSharedHost(HTTP);
            facade.redeem(longest(at, "\u20ac"));
            for (int tab = 0; tab < 12; tab++) {
                begin(at, "/" + "a".repeat(tab * 20));
            }
            answer(at, "/callback/github", "code=c&state=" + begin(at, "/" + "b".repeat(700 + i)));
        }
    }

    /** A cookie of three times its length would fit into no browser. */
    @Test
    void do_not_contain_a_very_long_callback_url() {
        answer(HTTP, "/signin", "callbackUrl=" + encoded("/" + "a".repeat(500)));
        assertThat(browser.value("authjs.callback-url")).isPresent();

        answer(HTTP, "/signin", "callbackUrl=" + encoded("/" + "/".repeat(500)));
        assertThat(browser.value("authjs.callback-url"))
                .as("nor the one before")
                .isEmpty();

        facade.clock().advance(Duration.ofSeconds(1));
        assertThat(((Reply.Redirect) answer(HTTP, "/signout", "")).location()).isEqualTo("http://localhost:3000");
    }

    /** A sign-in that has begun has the URL in its own cookie. */
    @ParameterizedTest
    @MethodSource("texts")
    void lead_to_the_longest_callback_url_all_the_same(String text) throws Exception {
        facade.redeem(longest(HTTP, "p"));
        String address = longestAddress(text);
        Reply reply = answer(HTTP, "/callback/github", "code=c&state=" + begin(HTTP, address));

        assertThat(((Reply.Redirect) reply).location())
                .isEqualTo(CallbackUrl.resolve(address, HTTP.origin())
                        .orElseThrow()
                        .value());
    }

    private String begin(Recognized at, String address) {
        facade.clock().advance(Duration.ofMillis(10));
        answer(at, "/signin/github", "callbackUrl=" + encoded(address) + demand);
        return facade.keycloak().lastAuthorizationRequest().state();
    }

    /** Answers the request, and checks the cookies of the answer and those of the next request. */
    private Reply answer(Recognized at, String path, String query) {
        Reply reply = facade.answer(browser, Requests.get(at, path).query(query));
        int set = reply.cookies().stream()
                .map(SetCookie::header)
                .mapToInt(String::length)
                .sum();
        assertThat(set).as("Set-Cookie of %s", path).isLessThan(HEADER);
        assertFits();
        return reply;
    }

    private void assertFits() {
        String header = header();
        assertThat(header.length()).as("the header").isLessThan(HEADER);
        assertThat(header.split("; "))
                .allSatisfy(pair -> assertThat(pair.length()).isLessThan(COOKIE));
    }

    private String header() {
        return browser.header("/api/auth/callback/github");
    }

    /** The claims of a token in which every text is as long as Keycloak has it, or longer. */
    private static Identity longest(Recognized at, String text) throws IdentityClaims.UnusableException {
        Map<String, Object> claims = new HashMap<>(Map.of(
                "sub",
                "f:3f0c7d0a-2d0e-4a4e-9f0b-0e5b1c1f8a11:" + text.repeat(60),
                "sid",
                "3f0c7d0a-2d0e-4a4e-9f0b-0e5b1c1f8a11",
                "email",
                text.repeat(30) + "@example.com",
                "email_verified",
                true,
                "provider",
                "github",
                "clientOrigin",
                at.registeredOrigin().toString()));
        claims.put("clientId", at.application().clientId().value());
        claims.put("name", text.repeat(100));
        claims.put("acr", "a".repeat(100));
        claims.put("auth_time", 1_764_000_000L);
        claims.put("amr", Collections.nCopies(8, "a".repeat(16)));
        claims.put("act", Map.of("sub", "7c1c".repeat(25), "name", text.repeat(25)));
        claims.put("preferred_username", text.repeat(20));
        claims.put("proxy_access", Map.of("roles", List.of(text), "groups", Collections.nCopies(4, "/" + text)));
        String picture = "https://pictures.example.com/";
        Identity without =
                new IdentityClaims(claims::get).identity(at.application().clientId(), true);
        // Exactly as long as there is room for.
        for (int length = 2048; without.picture().isEmpty() && length > picture.length(); length--) {
            claims.put("picture", picture + "p".repeat(length - picture.length()));
            Identity with =
                    new IdentityClaims(claims::get).identity(at.application().clientId(), true);
            without = with.picture().isPresent() ? with : without;
        }
        return without.asDemanded();
    }

    /** A path that is exactly as long as a callbackUrl may be. */
    private static String longestAddress(String text) {
        StringBuilder address = new StringBuilder("/");
        while (!CallbackUrl.isTooLong(address + text)) {
            address.append(text);
        }
        while (!CallbackUrl.isTooLong(address + "a")) {
            address.append('a');
        }
        return address.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
