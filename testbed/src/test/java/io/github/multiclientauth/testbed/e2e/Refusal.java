package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.function.Consumer;

/** The error that an application gets when Keycloak or the extension refuses a sign-in. */
final class Refusal {

    private Refusal() {}

    /** The answer says why. */
    static Consumer<Map<String, String>> described(String description) {
        return answer -> assertThat(answer)
                .containsEntry("error", "access_denied")
                .containsEntry("error_description", description);
    }
}
