package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.function.Consumer;

/** What an application is told where Keycloak, or the extension in it, signs nobody in. */
final class Refusal {

    private Refusal() {}

    /** Keycloak 26.0 has no place for the description. */
    static Consumer<Map<String, String>> described(String description) {
        return answer -> {
            assertThat(answer).containsEntry("error", "access_denied");
            if (KeycloakIsNewEnough.is("26.1")) {
                assertThat(answer).containsEntry("error_description", description);
            }
        };
    }
}
