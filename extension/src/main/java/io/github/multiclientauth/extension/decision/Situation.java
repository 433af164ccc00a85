package io.github.multiclientauth.extension.decision;

import io.github.multiclientauth.extension.decision.NextStep.AnswerApplication;
import io.github.multiclientauth.extension.decision.NextStep.AskProvider;
import io.github.multiclientauth.extension.decision.NextStep.Proceed;
import io.github.multiclientauth.extension.decision.NextStep.RefuseProvider;
import io.github.multiclientauth.extension.decision.NextStep.RequireLogin;
import io.github.multiclientauth.extension.decision.NextStep.SignInSeparately;
import java.util.Optional;

/**
 * What is known when a sign-in goes on from our step.
 *
 * @param requested the identity provider that the request asks for ({@code kc_idp_hint})
 * @param providerReturn whether the person comes back from it without having signed in
 * @param session what the browser's session is good for
 * @param silent whether the person must not be asked anything ({@code prompt=none})
 */
public record Situation(
        Optional<RequestedProvider> requested, ProviderReturn providerReturn, SsoSession session, boolean silent) {

    /**
     * The identity provider that a request asks for.
     *
     * @param alias of the provider that serves the request, the application's own one if it has one
     * @param allowed whether it is enabled, and the application may use it
     */
    public record RequestedProvider(String alias, boolean allowed) {}

    /** Whether the person comes back from an identity provider without having signed in. */
    public enum ProviderReturn {
        /** No: the flow runs for another reason. */
        NONE,
        /** The person did not want to. */
        CANCELLED,
        /** Something went wrong at the provider. */
        FAILED;

        /** Keycloak's message for {@code error=access_denied} from a provider. */
        private static final String ACCESS_DENIED = "access-denied-when-idp-auth";

        /** Keycloak's messages when it starts an expired or stale sign-in anew. Nobody has cancelled that one yet. */
        private static final String LOGIN_TIMEOUT = "loginTimeout";

        private static final String EXPIRED_ACTION = "expiredActionMessage";

        /**
         * Reads it from the message with which Keycloak runs the flow: nothing else says that a provider has failed.
         *
         * @param forwardedError key of the message, {@code null} if there is none
         */
        public static ProviderReturn of(String forwardedError) {
            if (forwardedError == null) {
                return NONE;
            }
            return switch (forwardedError) {
                case LOGIN_TIMEOUT, EXPIRED_ACTION -> NONE;
                case ACCESS_DENIED -> CANCELLED;
                default -> FAILED;
            };
        }
    }

    /** What this browser's single sign-on session is good for, in the present request. */
    public enum SsoSession {
        /** There is none, or the sign-in is separate from it. */
        NONE,
        /** There is one, but the request wants the person to sign in again ({@code prompt=login}, {@code max_age}). */
        TO_BE_RENEWED,
        /** Keycloak can sign the person in without a question. */
        USABLE,
        /** It was begun with another identity provider than the request asks for. */
        OF_OTHER_PROVIDER,
        /** It was begun with an identity provider that the application may not use. */
        OF_FORBIDDEN_PROVIDER
    }

    /**
     * Decides how the sign-in goes on. Where the application asks for a provider, the person never sees Keycloak's login page, and no
     * session of another provider is used instead.
     *
     * <p>A failure counts before the session: a person who cancels at the provider must not be signed in by an older session.
     */
    public NextStep nextStep() {
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
            case OF_OTHER_PROVIDER, OF_FORBIDDEN_PROVIDER -> signInSeparately();
        };
    }

    /**
     * Keycloak's own steps do not use a session of a forbidden provider, but would continue it for the person who signs
     * in.
     */
    private NextStep nextStepWithoutProvider() {
        return session == SsoSession.OF_FORBIDDEN_PROVIDER ? signInSeparately() : new Proceed();
    }

    private NextStep signInSeparately() {
        return silent ? new RequireLogin() : new SignInSeparately();
    }
}
