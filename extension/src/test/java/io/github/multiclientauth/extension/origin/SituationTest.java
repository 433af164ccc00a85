package io.github.multiclientauth.extension.origin;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.extension.origin.NextStep.AnswerApplication;
import io.github.multiclientauth.extension.origin.NextStep.AskProvider;
import io.github.multiclientauth.extension.origin.NextStep.Proceed;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SituationTest {

    private static final Optional<String> GITHUB = Optional.of("github");

    @Test
    void a_first_sign_in_goes_to_the_provider() {
        assertThat(new Situation(GITHUB, ProviderReturn.NONE, SsoSession.NONE).nextStep())
                .isEqualTo(new AskProvider("github"));
    }

    @Test
    void a_session_spares_the_provider() {
        assertThat(new Situation(GITHUB, ProviderReturn.NONE, SsoSession.USABLE).nextStep())
                .isEqualTo(new Proceed());
    }

    @Test
    void signing_in_again_goes_to_the_provider_again() {
        assertThat(new Situation(GITHUB, ProviderReturn.NONE, SsoSession.TO_BE_RENEWED).nextStep())
                .isEqualTo(new AskProvider("github"));
    }

    @ParameterizedTest
    @EnumSource(SsoSession.class)
    void who_cancels_is_not_signed_in_by_an_older_session(SsoSession session) {
        assertThat(new Situation(GITHUB, ProviderReturn.CANCELLED, session).nextStep())
                .isEqualTo(new AnswerApplication("github", ProviderReturn.CANCELLED));
    }

    @ParameterizedTest
    @EnumSource(SsoSession.class)
    void a_failure_at_the_provider_is_told_to_the_application(SsoSession session) {
        assertThat(new Situation(GITHUB, ProviderReturn.FAILED, session).nextStep())
                .isEqualTo(new AnswerApplication("github", ProviderReturn.FAILED));
    }

    @ParameterizedTest
    @EnumSource(ProviderReturn.class)
    void without_a_requested_provider_the_flow_is_keycloaks(ProviderReturn providerReturn) {
        for (SsoSession session : SsoSession.values()) {
            assertThat(new Situation(Optional.empty(), providerReturn, session).nextStep())
                    .isEqualTo(new Proceed());
        }
    }
}
