package io.github.multiclientauth.extension.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.extension.decision.Situation.ProviderReturn;
import org.junit.jupiter.api.Test;
import org.keycloak.services.messages.Messages;

class ProviderReturnTest {

    @Test
    void knows_keycloaks_message_for_a_cancelled_sign_in() {
        assertThat(ProviderReturn.of(Messages.ACCESS_DENIED_WHEN_IDP_AUTH)).isEqualTo(ProviderReturn.CANCELLED);
    }

    @Test
    void takes_any_other_message_for_a_failure() {
        assertThat(ProviderReturn.of(Messages.IDENTITY_PROVIDER_UNEXPECTED_ERROR))
                .isEqualTo(ProviderReturn.FAILED);
        assertThat(ProviderReturn.of("server_error")).isEqualTo(ProviderReturn.FAILED);
        assertThat(ProviderReturn.of("null")).isEqualTo(ProviderReturn.FAILED);
    }

    @Test
    void a_sign_in_that_keycloak_starts_anew_has_not_failed() {
        assertThat(ProviderReturn.of(Messages.LOGIN_TIMEOUT)).isEqualTo(ProviderReturn.NONE);
        assertThat(ProviderReturn.of(Messages.EXPIRED_ACTION)).isEqualTo(ProviderReturn.NONE);
    }

    @Test
    void without_a_message_nothing_has_happened_yet() {
        assertThat(ProviderReturn.of(null)).isEqualTo(ProviderReturn.NONE);
    }
}
