package io.github.multiclientauth.extension.provider;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerPathTest {

    @ParameterizedTest
    @ValueSource(strings = {"/realms/r/broker/git-hub/endpoint", "realms/r/broker/git-hub/endpoint/"})
    void a_callback_names_the_provider(String path) {
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
    void a_realm_may_be_called_as_it_likes() {
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
    void people_on_their_way_are_recognized(String path) {
        assertThat(BrokerPath.signIn(path)).contains("github");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/realms/r/broker/github/token", "/realms/r/broker/github/loginx", "/realms/r/account"})
    void people_elsewhere_are_not(String path) {
        assertThat(BrokerPath.signIn(path)).isEmpty();
    }
}
