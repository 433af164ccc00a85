package io.github.multiclientauth.extension.rules;

import io.github.multiclientauth.extension.broker.ApplicationAnswer;
import io.github.multiclientauth.extension.broker.OptIn;
import io.github.multiclientauth.extension.broker.ProvedAddressNote;
import io.github.multiclientauth.extension.origin.OriginCheck;
import io.github.multiclientauth.extension.origin.ProviderNote;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * What happens at the end of every browser sign-in of a client that has opted in; of others only what becomes of a proved address. A required action, because Keycloak asks
 * those at the end of all of them, whatever provider, flow or session they came by.
 *
 * <ul>
 *   <li>Whoever came by without our first step is checked for the origin now.
 *   <li>A provider that the application may not use, or that has been disabled meanwhile, ends here at the latest.
 *   <li>The provider is noted for this client.
 *   <li>The address of a new account counts as verified, if the person has proved it on the way.
 *   <li>If the sign-in stands apart from the browser's session, that one ends now.
 * </ul>
 */
final class SignInGateProvider implements RequiredActionProvider {

    private static final String ASKING_KEYCLOAK = SignInGateProvider.class.getName();

    @Override
    public void evaluateTriggers(RequiredActionContext context) {
        KeycloakSession session = context.getSession();
        AuthenticationSessionModel signIn = context.getAuthenticationSession();
        if (session.getAttribute(ASKING_KEYCLOAK) != null || SignInProvider.isNoSignIn(signIn)) {
            return;
        }
        if (!OptIn.concerns(signIn)) {
            ProvedAddressNote.apply(signIn);
            return;
        }
        if (!isFromOwnOrigin(session, signIn) || !isAllowed(session, signIn)) {
            signIn.addRequiredAction(SignInGateProviderFactory.ID);
            return;
        }
        ProviderNote.write(signIn, SignInProvider.of(session, signIn));
        ProvedAddressNote.apply(signIn);
        if (isLastStep(context)) {
            ReplacedSession.end(session, signIn);
        }
    }

    private static boolean isFromOwnOrigin(KeycloakSession session, AuthenticationSessionModel signIn) {
        return SignInProvider.isWithoutABrowser(signIn) || OriginCheck.admits(session, signIn);
    }

    private static boolean isAllowed(KeycloakSession session, AuthenticationSessionModel signIn) {
        return !SignInProvider.isOfDisabledProvider(session, signIn)
                && ApplicationRules.INSTANCE.allows(session, signIn.getClient(), SignInProvider.of(session, signIn));
    }

    /**
     * The person may still go away from a page that is yet to come, and then keeps the older session. Keycloak says which
     * page that is, after it has asked all required actions, ours among them.
     */
    private static boolean isLastStep(RequiredActionContext context) {
        KeycloakSession session = context.getSession();
        session.setAttribute(ASKING_KEYCLOAK, true);
        try {
            return AuthenticationManager.nextRequiredAction(
                            session,
                            context.getAuthenticationSession(),
                            context.getHttpRequest(),
                            context.getEvent().clone())
                    == null;
        } finally {
            session.removeAttribute(ASKING_KEYCLOAK);
        }
    }

    @Override
    public void requiredActionChallenge(RequiredActionContext context) {
        KeycloakSession session = context.getSession();
        AuthenticationSessionModel signIn = context.getAuthenticationSession();
        context.challenge(
                isFromOwnOrigin(session, signIn)
                        ? new ApplicationAnswer(session, signIn, SignInProvider.of(session, signIn)).notAllowed()
                        : OriginCheck.refuse(session, signIn));
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
