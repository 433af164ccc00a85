package io.github.multiclientauth.extension.provider;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizationUrlTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://accounts.example.com/o/oauth2/v2/auth",
                "http://127.0.0.1:4000/google/authorize",
                "https://accounts.example.com/auth?tenant=a"
            })
    void takes_http_and_https(String url) {
        assertThat(AuthorizationUrl.of(url)).contains(url);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "javascript:alert(1)",
                "data:text/html,x",
                "ftp://accounts.example.com/auth",
                "//accounts.example.com/auth",
                "/auth",
                "accounts.example.com/auth",
                "https:accounts.example.com/auth",
                "https://user@accounts.example.com/auth",
                "https://accounts.example.com/auth#fragment",
                "https://accounts.example.com/{tenant}/auth",
                " https://accounts.example.com/auth",
                "https://accounts.example.com\\@evil.example/auth"
            })
    void accepts_no_other_text(String url) {
        assertThat(AuthorizationUrl.of(url)).isEmpty();
    }
}
