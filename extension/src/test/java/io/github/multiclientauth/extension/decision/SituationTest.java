package io.github.multiclientauth.extension.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.extension.decision.NextStep.AnswerApplication;
import io.github.multiclientauth.extension.decision.NextStep.AskProvider;
import io.github.multiclientauth.extension.decision.NextStep.Proceed;
import io.github.multiclientauth.extension.decision.NextStep.RefuseProvider;
import io.github.multiclientauth.extension.decision.NextStep.RequireLogin;
import io.github.multiclientauth.extension.decision.NextStep.SignInSeparately;
import io.github.multiclientauth.extension.decision.Situation.ProviderReturn;
import io.github.multiclientauth.extension.decision.Situation.RequestedProvider;
import io.github.multiclientauth.extension.decision.Situation.SsoSession;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SituationTest {

    private static final Optional<RequestedProvider> GITHUB = Optional.of(new RequestedProvider("github", true));
    private static final Optional<RequestedProvider> FORBIDDEN = Optional.of(new RequestedProvider("github", false));

    @Test
    void a_first_sign_in_goes_to_the_provider() {
        assertThat(step(GITHUB, ProviderReturn.NONE, SsoSession.NONE)).isEqualTo(new AskProvider("github"));
    }

    @Test
    void a_usable_session_makes_the_provider_unnecessary() {
        assertThat(step(GITHUB, ProviderReturn.NONE, SsoSession.USABLE)).isEqualTo(new Proceed());
    }

    @Test
    void a_request_to_sign_in_again_goes_to_the_provider() {
        assertThat(step(GITHUB, ProviderReturn.NONE, SsoSession.TO_BE_RENEWED)).isEqualTo(new AskProvider("github"));
    }

    @ParameterizedTest
    @EnumSource(names = {"OF_OTHER_PROVIDER", "OF_FORBIDDEN_PROVIDER"})
    void the_requested_provider_wins_over_a_session_of_another_one(SsoSession session) {
        assertThat(step(GITHUB, ProviderReturn.NONE, session)).isEqualTo(new SignInSeparately());
    }

    @ParameterizedTest
    @EnumSource(names = {"OF_OTHER_PROVIDER", "OF_FORBIDDEN_PROVIDER"})
    void a_silent_request_fails_and_keeps_the_session_of_another_provider(SsoSession session) {
        assertThat(new Situation(GITHUB, ProviderReturn.NONE, session, true).nextStep())
                .isEqualTo(new RequireLogin());
    }

    @ParameterizedTest
    @EnumSource(SsoSession.class)
    void a_person_who_cancels_is_not_signed_in_by_an_older_session(SsoSession session) {
        assertThat(step(GITHUB, ProviderReturn.CANCELLED, session))
                .isEqualTo(new AnswerApplication("github", ProviderReturn.CANCELLED));
    }

    @ParameterizedTest
    @EnumSource(SsoSession.class)
    void a_failure_at_the_provider_is_reported_to_the_application(SsoSession session) {
        assertThat(step(GITHUB, ProviderReturn.FAILED, session))
                .isEqualTo(new AnswerApplication("github", ProviderReturn.FAILED));
    }

    @ParameterizedTest
    @EnumSource(SsoSession.class)
    void a_forbidden_provider_is_never_asked(SsoSession session) {
        for (ProviderReturn providerReturn : ProviderReturn.values()) {
            assertThat(step(FORBIDDEN, providerReturn, session)).isEqualTo(new RefuseProvider("github"));
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OF_FORBIDDEN_PROVIDER")
    void without_a_requested_provider_keycloaks_flow_goes_on(SsoSession session) {
        for (ProviderReturn providerReturn : ProviderReturn.values()) {
            assertThat(step(Optional.empty(), providerReturn, session)).isEqualTo(new Proceed());
        }
    }

    @Test
    void a_session_of_a_forbidden_provider_is_not_continued() {
        assertThat(step(Optional.empty(), ProviderReturn.NONE, SsoSession.OF_FORBIDDEN_PROVIDER))
                .isEqualTo(new SignInSeparately());
        assertThat(new Situation(Optional.empty(), ProviderReturn.NONE, SsoSession.OF_FORBIDDEN_PROVIDER, true)
                        .nextStep())
                .isEqualTo(new RequireLogin());
    }

    private static NextStep step(
            Optional<RequestedProvider> requested, ProviderReturn providerReturn, SsoSession session) {
        return new Situation(requested, providerReturn, session, false).nextStep();
    }
}
