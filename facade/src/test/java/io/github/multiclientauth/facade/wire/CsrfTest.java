package io.github.multiclientauth.facade.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.multiclientauth.facade.fake.Applications;
import io.github.multiclientauth.facade.fake.Browser;
import io.github.multiclientauth.facade.fake.Requests;
import io.github.multiclientauth.facade.seal.AuthJsVectors;
import io.github.multiclientauth.facade.seal.Secret;
import io.github.multiclientauth.origin.Origin;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsrfTest {

    private static final List<Secret> SECRETS = List.of(new Secret("secret of the application"));
    private static final String OTHER_TOKEN = "f".repeat(64);

    private final Csrf csrf = new Csrf(new SecureRandom());
    private final Browser browser = new Browser();
    private String token;

    @BeforeEach
    void visit() {
        Csrf.Token made = csrf.token(session(), SECRETS);
        token = made.value();
        browser.take(List.of(Csrf.cookie(made, session().names(), SECRETS)));
    }

    @Test
    void hashes_as_auth_js_does() {
        JsonNode vector = AuthJsVectors.at("csrf");
        List<Secret> secrets = List.of(new Secret(vector.required("secret").textValue()));
        Csrf.Token known = new Csrf.Token(vector.required("token").textValue(), true);

        assertThat(Csrf.cookie(known, session().names(), secrets).header())
                .startsWith("authjs.csrf-token=" + vector.required("cookie").textValue() + ";");
    }

    @Test
    void accepts_a_token_that_auth_js_has_set() {
        JsonNode vector = AuthJsVectors.at("csrf");
        AuthRequest request = Requests.get(Applications.PORTFOLIO, "/csrf")
                .cookies("authjs.csrf-token=" + vector.required("cookie").textValue())
                .build();

        assertThat(csrf.token(
                        request, List.of(new Secret(vector.required("secret").textValue()))))
                .isEqualTo(new Csrf.Token(vector.required("token").textValue(), false));
    }

    @Test
    void accepts_a_token_that_auth_js_has_hashed_with_several_secrets() {
        JsonNode vector = AuthJsVectors.at("csrfWithSecretList");
        List<Secret> secrets = StreamSupport.stream(vector.required("secrets").spliterator(), false)
                .map(secret -> new Secret(secret.textValue()))
                .toList();
        String value = vector.required("token").textValue();
        AuthRequest request = Requests.get(Applications.PORTFOLIO, "/csrf")
                .cookies("authjs.csrf-token=" + value + "|"
                        + vector.required("hash").textValue())
                .build();

        assertThat(csrf.token(request, secrets)).isEqualTo(new Csrf.Token(value, false));
    }

    @Test
    void gives_each_browser_its_own_token_and_the_same_one_again() {
        assertThat(token).matches("[0-9a-f]{64}");
        assertThat(csrf.token(session(), SECRETS)).isEqualTo(new Csrf.Token(token, false));

        Csrf.Token ofAnother =
                csrf.token(Requests.get(Applications.PORTFOLIO, "/session").build(), SECRETS);
        assertThat(ofAnother.isNew()).isTrue();
        assertThat(ofAnother.value()).isNotEqualTo(token);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "|",
                "a",
                "%7C",
                // a token with a wrong hash
                "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff%7C",
                "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff%7C"
                        + "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
            })
    void replaces_a_cookie_without_the_right_hash(String planted) {
        AuthRequest request = Requests.post(Applications.PORTFOLIO, "/signout")
                .cookies("authjs.csrf-token=" + planted)
                .form("csrfToken=" + OTHER_TOKEN)
                .build();

        assertThat(csrf.token(request, SECRETS).isNew()).isTrue();
        assertThat(csrf.token(request, SECRETS).value()).isNotEqualTo(OTHER_TOKEN);
        assertThat(Csrf.isProtected(request, SECRETS)).isFalse();
    }

    @Test
    void replaces_a_cookie_of_another_application() {
        List<Secret> ofAnother = List.of(new Secret("secret of another"));

        assertThat(csrf.token(session(), ofAnother).isNew()).isTrue();
        assertThat(Csrf.isProtected(posting("csrfToken=" + token).build(), ofAnother))
                .isFalse();
    }

    /** Facades restart one after the other, and a page may ask one for the token and post it to another. */
    @ParameterizedTest
    @CsvSource({
        "former,            former + next",
        "former + next,     former",
        "former + next,     next + former",
        "next + former,     former + next",
        "next + former,     next",
        "next,              next + former",
        "a + next + former, next + former",
    })
    void is_good_at_every_facade_while_the_secrets_are_rotated(String setBy, String sentTo) {
        Csrf.Token made =
                csrf.token(Requests.get(Applications.PORTFOLIO, "/csrf").build(), secrets(setBy));
        Browser rotating = new Browser();
        rotating.take(List.of(Csrf.cookie(made, session().names(), secrets(setBy))));
        AuthRequest post = Requests.post(Applications.PORTFOLIO, "/signout")
                .from(rotating)
                .form("csrfToken=" + made.value())
                .build();

        boolean isKnown = !setBy.startsWith("a ");
        assertThat(csrf.token(post, secrets(sentTo)).isNew()).isNotEqualTo(isKnown);
        assertThat(Csrf.isProtected(post, secrets(sentTo))).isEqualTo(isKnown);
    }

    private static List<Secret> secrets(String names) {
        return Stream.of(names.split(" \\+ "))
                .map(name -> new Secret("the secret " + name))
                .toList();
    }

    @Test
    void protects_a_post_that_carries_the_token_of_the_cookie() {
        assertThat(Csrf.isProtected(posting("csrfToken=" + token).build(), SECRETS))
                .isTrue();
    }

    @Test
    void protects_no_post_without_the_token() {
        assertThat(Csrf.isProtected(posting("").build(), SECRETS)).isFalse();
        assertThat(Csrf.isProtected(posting("csrfToken=").build(), SECRETS)).isFalse();
        assertThat(Csrf.isProtected(posting("csrfToken=" + OTHER_TOKEN).build(), SECRETS))
                .isFalse();
        assertThat(Csrf.isProtected(posting("csrfToken=" + token.substring(1)).build(), SECRETS))
                .isFalse();
        assertThat(Csrf.isProtected(posting("csrfToken=" + token + "0").build(), SECRETS))
                .isFalse();
    }

    @Test
    void ignores_a_token_in_the_query() {
        assertThat(Csrf.isProtected(posting("").query("csrfToken=" + token).build(), SECRETS))
                .isFalse();
    }

    @Test
    void protects_no_post_that_brings_a_token_but_no_cookie() {
        assertThat(Csrf.isProtected(
                        Requests.post(Applications.PORTFOLIO, "/signout")
                                .form("csrfToken=" + token)
                                .build(),
                        SECRETS))
                .isFalse();
    }

    /** SvelteKit's client. */
    @Test
    void protects_a_post_of_the_own_origin_with_a_header_that_needs_a_pre_flight() {
        Requests post = posting("");

        assertThat(Csrf.isProtected(
                        post.returningRedirect().origin("http://localhost:3000").build(), SECRETS))
                .isTrue();
        assertThat(Csrf.isProtected(post.returningRedirect().build(), SECRETS)).isFalse();
        assertThat(Csrf.isProtected(post.origin("http://localhost:3000").build(), SECRETS))
                .isFalse();
    }

    /** The pre-flight is granted there, so that the header proves no more than the origin. */
    @Test
    void protects_no_post_by_that_header_at_a_host_of_several_applications() {
        Requests post = Requests.post(
                        Applications.PORTFOLIO.at(
                                Origin.parse("https://auth.example").orElseThrow()),
                        "/signout")
                .returningRedirect()
                .origin("http://localhost:3000");

        assertThat(Csrf.isProtected(post.build(), SECRETS)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "http://localhost:3001",
                "https://localhost:3000",
                "http://localhost",
                "http://localhost:3000.evil.example",
                "http://localhost:3000/",
                "http://localhost:3000 http://evil.example",
                "http://evil.example",
            })
    void protects_no_post_of_another_origin_with_that_header(String origin) {
        assertThat(Csrf.isProtected(
                        posting("").returningRedirect().origin(origin).build(), SECRETS))
                .isFalse();
    }

    @Test
    void prints_no_token() {
        assertThat(new Csrf.Token("canary", true)).hasToString("Token[***]");
    }

    private AuthRequest session() {
        return Requests.get(Applications.PORTFOLIO, "/session").from(browser).build();
    }

    private Requests posting(String form) {
        return Requests.post(Applications.PORTFOLIO, "/signout").from(browser).form(form);
    }
}
