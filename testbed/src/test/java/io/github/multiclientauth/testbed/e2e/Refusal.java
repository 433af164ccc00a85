package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

/** What an application is told where Keycloak, or the extension in it, signs nobody in. */
record Refusal(String description) {

    static Refusal of(String description) {
        return new Refusal(description);
    }

    /** Keycloak 26.0 has no place for the description. */
    void isIn(Map<String, String> answer) {
        assertThat(answer).containsEntry("error", "access_denied");
        if (KeycloakIsNewEnough.is("26.1")) {
            assertThat(answer).containsEntry("error_description", description);
        }
    }
}
