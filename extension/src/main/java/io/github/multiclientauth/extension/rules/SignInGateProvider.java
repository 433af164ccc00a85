package io.github.multiclientauth.extension.rules;

import io.github.multiclientauth.extension.broker.ApplicationAnswer;
import io.github.multiclientauth.extension.origin.ClientOriginNote;
import io.github.multiclientauth.extension.origin.ProviderNote;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * What happens at the end of every browser sign-in of a client that has opted in. A required action, because Keycloak asks
 * those at the end of all of them, whatever provider, flow or session they came by.
 *
 * <ul>
 *   <li>A provider that the application may not use ends here at the latest.
 *   <li>The provider is noted for this client.
 *   <li>If the sign-in stands apart from the browser's session, that one ends now, and its applications are told. Keycloak
 *       would remove it without a word.
 * </ul>
 */
final class SignInGateProvider implements RequiredActionProvider {

    @Override
    public void evaluateTriggers(RequiredActionContext context) {
        AuthenticationSessionModel signIn = context.getAuthenticationSession();
        if (!ClientOriginNote.isWritten(signIn)) {
            return;
        }
        String provider = SignInProvider.of(context.getSession(), signIn);
        if (!ApplicationRules.INSTANCE.allows(context.getSession(), signIn.getClient(), provider)) {
            signIn.addRequiredAction(SignInGateProviderFactory.ID);
            return;
        }
        ProviderNote.write(signIn, provider);
        if (isLastStep(signIn, context.getUser())) {
            endReplacedSession(context.getSession(), signIn);
        }
    }

    /** The person may still go away from a page that is yet to come, and then keeps the older session. */
    private static boolean isLastStep(AuthenticationSessionModel signIn, UserModel user) {
        return signIn.getRequiredActions().isEmpty()
                && user.getRequiredActionsStream().findAny().isEmpty()
                && !signIn.getClient().isConsentRequired();
    }

    // Keycloak 26.5 made AuthResult a record and deprecated its getters; older ones have nothing else.
    @SuppressWarnings("removal")
    private static void endReplacedSession(KeycloakSession session, AuthenticationSessionModel signIn) {
        if (SignInProvider.isSingleSignOn(signIn)) {
            return;
        }
        AuthenticationManager.AuthResult cookie =
                AuthenticationManager.authenticateIdentityCookie(session, signIn.getRealm(), false);
        if (cookie != null
                && !cookie.getSession().getId().equals(signIn.getParentSession().getId())) {
            AuthenticationManager.backchannelLogout(session, cookie.getSession(), true);
            RulesLog.LOG.replacedSessionEnded(
                    signIn.getClient().getClientId(), signIn.getRealm().getName());
        }
    }

    @Override
    public void requiredActionChallenge(RequiredActionContext context) {
        AuthenticationSessionModel signIn = context.getAuthenticationSession();
        String provider = SignInProvider.of(context.getSession(), signIn);
        context.challenge(new ApplicationAnswer(context.getSession(), signIn, provider).notAllowed());
    }

    @Override
    public void processAction(RequiredActionContext context) {
        requiredActionChallenge(context);
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
