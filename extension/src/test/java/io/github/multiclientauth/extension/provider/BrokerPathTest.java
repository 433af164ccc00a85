package io.github.multiclientauth.extension.provider;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerPathTest {

    @ParameterizedTest
    @ValueSource(strings = {"/realms/r/broker/git-hub/endpoint", "realms/r/broker/git-hub/endpoint/"})
    void the_callback_path_names_the_provider(String path) {
        assertThat(BrokerPath.callback(path)).contains("git-hub");
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
    void no_other_path_is_a_callback(String path) {
        assertThat(BrokerPath.callback(path)).isEmpty();
    }

    @Test
    void the_path_is_recognized_whatever_the_name_of_the_realm() {
        assertThat(BrokerPath.callback("/realms/broker/broker/endpoint/endpoint"))
                .contains("endpoint");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/realms/r/broker/github/login",
                "/realms/r/broker/github/endpoint",
                "realms/r/broker/github/endpoint/clients/portfolio"
            })
    void the_paths_to_and_from_a_provider_name_it(String path) {
        assertThat(BrokerPath.signIn(path)).contains("github");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/realms/r/broker/github/token", "/realms/r/broker/github/loginx", "/realms/r/account"})
    void other_paths_are_not_recognized(String path) {
        assertThat(BrokerPath.signIn(path)).isEmpty();
    }
}
