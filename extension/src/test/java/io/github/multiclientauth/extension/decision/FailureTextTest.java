package io.github.multiclientauth.extension.decision;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.keycloak.broker.provider.IdentityBrokerException;

class FailureTextTest {

    @Test
    void is_what_keycloak_says() {
        assertThat(FailureText.of(new IdentityBrokerException("Wrong audience from token."), "{}"))
                .isEqualTo("Wrong audience from token.");
    }

    @Test
    void never_quotes_the_token_response() {
        String response = "{\"refresh_token\":\"canary\"}";
        IdentityBrokerException failure =
                new IdentityBrokerException("No access token available in OAuth server response: " + response);

        assertThat(FailureText.of(failure, response)).isEqualTo("IdentityBrokerException");
    }

    @Test
    void is_one_short_line_whatever_the_provider_says() {
        assertThat(FailureText.of(new IllegalStateException("a\r\nb\u001b[31m\u2028c"), "{}"))
                .isEqualTo("a\\u{d}\\u{a}b\\u{1b}[31m\\u{2028}c");
        assertThat(FailureText.of(new IllegalStateException("x".repeat(10_000)), "{}"))
                .hasSize(200);
    }

    @Test
    void names_the_failure_that_says_nothing() {
        assertThat(FailureText.of(new NullPointerException(), "{}")).isEqualTo("NullPointerException");
    }
}
