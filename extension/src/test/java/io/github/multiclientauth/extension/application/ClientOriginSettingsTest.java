package io.github.multiclientauth.extension.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ClientOriginSettingsTest {

    @Test
    void have_defaults_when_nobody_has_configured_the_step() {
        assertThat(ClientOriginSettings.of(Map.of()))
                .isEqualTo(new ClientOriginSettings("multi-client-auth", false, true, ""));
    }

    @Test
    void are_those_of_the_console() {
        assertThat(ClientOriginSettings.of(Map.of(
                        "clientScope",
                        " my-scope ",
                        "parameterRequired",
                        "true",
                        "logoutUrlsAsked",
                        "false",
                        "ownLoginLabel",
                        " Acme account ")))
                .isEqualTo(new ClientOriginSettings("my-scope", true, false, "Acme account"));
    }

    @Test
    void an_empty_field_means_the_default() {
        assertThat(ClientOriginSettings.of(Map.of("clientScope", " ")).clientScope())
                .isEqualTo("multi-client-auth");
    }
}
