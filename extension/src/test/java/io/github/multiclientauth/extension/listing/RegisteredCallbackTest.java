package io.github.multiclientauth.extension.listing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegisteredCallbackTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://shop.example/api/auth/callback/keycloak",
                "https://shop.example/base/auth/callback/keycloak",
                "https://shop.example/api/auth/callback/*",
                "https://shop.example/api/auth/callback/key*",
                "https://shop.example/*",
                "https://shop.example*",
                "*"
            })
    void is_registered(String redirectUri) {
        assertThat(RegisteredCallback.isRegistered("keycloak", List.of("https://a.example/cb", redirectUri)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://shop.example/api/auth/callback/github",
                "https://shop.example/api/auth/callback/keycloak2",
                "https://shop.example/api/auth/callback/my-keycloak",
                "https://shop.example/api/auth/callback/keycloak/",
                "https://shop.example/api/auth/callback/git*",
                "https://shop.example/other/*",
                "https://shop.example"
            })
    void is_not_registered(String redirectUri) {
        assertThat(RegisteredCallback.isRegistered("keycloak", List.of(redirectUri)))
                .isFalse();
    }

    @Test
    void is_not_registered_where_nothing_is() {
        assertThat(RegisteredCallback.isRegistered("keycloak", List.of())).isFalse();
    }
}
