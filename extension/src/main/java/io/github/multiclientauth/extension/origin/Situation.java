package io.github.multiclientauth.extension.origin;

import io.github.multiclientauth.extension.origin.NextStep.AnswerApplication;
import io.github.multiclientauth.extension.origin.NextStep.AskProvider;
import io.github.multiclientauth.extension.origin.NextStep.Proceed;
import java.util.Optional;

/**
 * What is known when a sign-in goes on from our step.
 *
 * @param requestedProvider alias of the enabled identity provider that the request asks for ({@code kc_idp_hint})
 * @param providerReturn whether the person comes back from it empty-handed
 * @param session what the browser's session is good for
 */
record Situation(Optional<String> requestedProvider, ProviderReturn providerReturn, SsoSession session) {

    /**
     * Where the application asked for a provider, Keycloak's login page never gets in the way.
     *
     * <p>A failure comes before the session: whoever cancels at the provider must not end up signed in with an older
     * session after all.
     */
    NextStep nextStep() {
        if (requestedProvider.isEmpty()) {
            return new Proceed();
        }
        String alias = requestedProvider.get();
        if (providerReturn != ProviderReturn.NONE) {
            return new AnswerApplication(alias, providerReturn);
        }
        return session == SsoSession.USABLE ? new Proceed() : new AskProvider(alias);
    }
}
