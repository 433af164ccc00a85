package io.github.multiclientauth.facade.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.facade.fake.Facade;
import io.github.multiclientauth.facade.wire.Route;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutingTableTest {

    private final Facade facade = new Facade();

    @ParameterizedTest
    @CsvSource({
        "/api/auth/csrf, csrf",
        "/api/auth/providers, providers",
        "/api/auth/session, session",
        "/api/auth/session/, session",
        "/api/auth/sessions, sessions",
        "/api/auth/sessions/, sessions",
        "/api/auth/signin, signin",
        "/api/auth/callback, callback",
        "/api/auth/signout, signout",
        "/api/auth/error, error",
        "/api/auth/_log, _log",
        "/api/auth/token, token",
    })
    void finds_an_endpoint(String path, String name) {
        assertThat(facade.find(path).map(Destination::route)).hasValue(new Route(name, Optional.empty()));
        assertThat(facade.find(path).map(Destination::template)).hasValue("/api/auth/" + name);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/auth/signin/github, signin, github",
        "/api/auth/signin/github/, signin, github",
        "/api/auth/callback/github, callback, github",
        "/api/auth/callback/my_idp-1.2, callback, my_idp-1.2",
        "/api/auth/signin/nope, signin, nope",
    })
    void finds_an_endpoint_with_a_provider(String path, String name, String provider) {
        assertThat(facade.find(path).map(Destination::route)).hasValue(new Route(name, Optional.of(provider)));
        assertThat(facade.find(path).map(Destination::template)).hasValue("/api/auth/" + name + "/{provider}");
    }

    @Test
    void treats_undefined_as_no_provider_like_auth_js() {
        assertThat(facade.find("/api/auth/signin/undefined")).isEqualTo(facade.find("/api/auth/signin"));
        assertThat(facade.find("/api/auth/callback/undefined")).isEqualTo(facade.find("/api/auth/callback"));
        assertThat(facade.find("/api/auth/session/undefined")).isEmpty();
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
                "/api/auth/verify-request",
                "/api/auth/webauthn-options",
                // a provider where none is allowed, and more than one
                "/api/auth/session/github",
                "/api/auth/sessions/one",
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
    void accepts_one_spelling_of_each_route(String path) {
        assertThat(facade.find(path)).isEmpty();
    }

    @Test
    void limits_the_length_of_a_provider() {
        assertThat(facade.find("/api/auth/signin/" + "a".repeat(100))).isPresent();
        assertThat(facade.find("/api/auth/signin/" + "a".repeat(101))).isEmpty();
        assertThat(facade.find("/api/auth/" + "a/".repeat(1_000_000))).isEmpty();
    }
}
