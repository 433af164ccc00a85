package io.github.multiclientauth.extension.broker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallbackPathTest {

    @ParameterizedTest
    @ValueSource(strings = {"/realms/r/broker/git-hub/endpoint", "realms/r/broker/git-hub/endpoint/"})
    void names_the_provider(String path) {
        assertThat(CallbackPath.provider(path)).contains("git-hub");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/realms/r/broker/github/login",
                "/realms/r/broker/github/token",
                "/realms/r/broker/github/endpoint/logout_response",
                "/realms/r/broker//endpoint",
                "/realms/r/broker/after-first-broker-login",
                "/realms/r/login-actions/broker/github/endpoint"
            })
    void is_no_other_path(String path) {
        assertThat(CallbackPath.provider(path)).isEmpty();
    }

    @Test
    void a_realm_may_be_called_as_it_likes() {
        assertThat(CallbackPath.provider("/realms/broker/broker/endpoint/endpoint"))
                .contains("endpoint");
    }
}
