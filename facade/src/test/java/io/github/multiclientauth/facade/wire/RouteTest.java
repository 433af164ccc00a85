package io.github.multiclientauth.facade.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTest {

    @ParameterizedTest
    @CsvSource({
        "/api/auth/csrf, CSRF",
        "/api/auth/providers, PROVIDERS",
        "/api/auth/session, SESSION",
        "/api/auth/session/, SESSION",
        "/api/auth/signin, SIGNIN",
        "/api/auth/callback, CALLBACK",
        "/api/auth/signout, SIGNOUT",
        "/api/auth/error, ERROR",
        "/api/auth/verify-request, VERIFY_REQUEST",
        "/api/auth/_log, LOG",
    })
    void is_found(String path, Action action) {
        assertThat(Route.parse(path)).hasValue(new Route(action, Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({
        "/api/auth/signin/github, SIGNIN, github",
        "/api/auth/signin/github/, SIGNIN, github",
        "/api/auth/callback/github, CALLBACK, github",
        "/api/auth/callback/my_idp-1.2, CALLBACK, my_idp-1.2",
        "/api/auth/signin/nope, SIGNIN, nope",
    })
    void is_found_with_a_provider(String path, Action action, String provider) {
        assertThat(Route.parse(path)).hasValue(new Route(action, Optional.of(provider)));
    }

    @Test
    void takes_undefined_for_no_provider_as_auth_js_does() {
        assertThat(Route.parse("/api/auth/signin/undefined")).hasValue(new Route(Action.SIGNIN, Optional.empty()));
        assertThat(Route.parse("/api/auth/callback/undefined")).hasValue(new Route(Action.CALLBACK, Optional.empty()));
        assertThat(Route.parse("/api/auth/session/undefined")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/api/auth",
                "/api/auth/",
                "/api/auth//",
                "/api/authx/session",
                "/api/auth/unknown",
                "/api/auth/webauthn-options",
                // a provider where none is allowed, and more than one
                "/api/auth/session/github",
                "/api/auth/csrf/github",
                "/api/auth/signout/github",
                "/api/auth/error/AccessDenied",
                "/api/auth/signin/github/more",
                // other spellings
                "/API/auth/session",
                "/api/auth/Session",
                "/api/auth/SESSION",
                "/api//auth/session",
                "//api/auth/session",
                "/api/auth//session",
                "/api/auth/session//",
                "/api/auth/signin//github",
                "/api/auth/./session",
                "/api/auth/x/../session",
                "/api/auth/signin/..",
                "/api/auth/signin/.",
                "/api/auth/signin/.github",
                "/api/auth/..;/session",
                "/api/auth/session;a=b",
                "/api/auth/session;",
                "/api/auth/sess%69on",
                "/api/auth%2fsession",
                "/api/auth/session%00",
                "/api/auth/session%2e",
                "/api/auth/%2e/session",
                "/api/auth/signin/git%68ub",
                "/api/auth\\session",
                "/api/auth/session\\",
                "/api/auth/session?x",
                "/api/auth/session#x",
                "/api/auth/session ",
                "/api/auth/ session",
                "/api/auth/session\u0000",
                "/api/auth/session\n",
                "/api/auth/\uff53ession",
                "http://localhost:3000/api/auth/session",
                "api/auth/session",
                "*",
            })
    void has_one_spelling(String path) {
        assertThat(Route.parse(path)).isEmpty();
    }

    @Test
    void has_a_bounded_provider() {
        assertThat(Route.parse("/api/auth/signin/" + "a".repeat(100))).isPresent();
        assertThat(Route.parse("/api/auth/signin/" + "a".repeat(101))).isEmpty();
        assertThat(Route.parse("/api/auth/" + "a/".repeat(1_000_000))).isEmpty();
    }
}
