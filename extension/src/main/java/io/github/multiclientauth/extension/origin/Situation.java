package io.github.multiclientauth.extension.origin;

import io.github.multiclientauth.extension.origin.NextStep.AnswerApplication;
import io.github.multiclientauth.extension.origin.NextStep.AskProvider;
import io.github.multiclientauth.extension.origin.NextStep.Proceed;
import io.github.multiclientauth.extension.origin.NextStep.RefuseProvider;
import io.github.multiclientauth.extension.origin.NextStep.RequireLogin;
import io.github.multiclientauth.extension.origin.NextStep.StandApart;
import java.util.Optional;

/**
 * What is known when a sign-in goes on from our step.
 *
 * @param requested the identity provider that the request asks for ({@code kc_idp_hint})
 * @param providerReturn whether the person comes back from it empty-handed
 * @param session what the browser's session is good for
 * @param silent whether the person must not be asked anything ({@code prompt=none})
 */
record Situation(
        Optional<RequestedProvider> requested, ProviderReturn providerReturn, SsoSession session, boolean silent) {

    /**
     * Where the application asked for a provider, Keycloak's login page never gets in the way, and no session of another
     * provider takes its place.
     *
     * <p>A failure comes before the session: whoever cancels at the provider must not end up signed in with an older
     * session after all.
     */
    NextStep nextStep() {
        return requested.map(this::nextStep).orElseGet(this::nextStepWithoutProvider);
    }

    private NextStep nextStep(RequestedProvider provider) {
        if (!provider.allowed()) {
            return new RefuseProvider(provider.alias());
        }
        if (providerReturn != ProviderReturn.NONE) {
            return new AnswerApplication(provider.alias(), providerReturn);
        }
        return switch (session) {
            case USABLE -> new Proceed();
            case NONE, TO_BE_RENEWED -> new AskProvider(provider.alias());
            case OF_OTHER_PROVIDER, OF_FORBIDDEN_PROVIDER -> standApart();
        };
    }

    /** Keycloak's own steps find no use for a session of a forbidden provider, but would sign others in within it. */
    private NextStep nextStepWithoutProvider() {
        return session == SsoSession.OF_FORBIDDEN_PROVIDER ? standApart() : new Proceed();
    }

    private NextStep standApart() {
        return silent ? new RequireLogin() : new StandApart();
    }
}
