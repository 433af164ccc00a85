package io.github.multiclientauth.extension.rules;

import io.github.multiclientauth.extension.application.Application;
import io.github.multiclientauth.extension.application.ApplicationAnswer;
import io.github.multiclientauth.extension.application.ClientOriginNote;
import io.github.multiclientauth.extension.application.ProvedAddressNote;
import io.github.multiclientauth.extension.application.ProviderNote;
import io.github.multiclientauth.extension.application.RequestedAction;
import io.github.multiclientauth.extension.application.SignIn;
import io.github.multiclientauth.extension.broker.RefusedValues;
import io.github.multiclientauth.extension.origin.OriginCheck;
import io.github.multiclientauth.extension.origin.SeparateSignIn;
import io.github.multiclientauth.extension.provider.OwnLogin;
import jakarta.ws.rs.core.Response;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The end of every browser sign-in of a client that has opted in. For other clients it only applies a proved address.
 * It is a required action, because Keycloak runs those at the end of all sign-ins, whatever provider, flow or session
 * they use.
 *
 * <ul>
 *   <li>Checks the origin of a sign-in that has run without our first step.
 *   <li>Refuses a provider that the application may not use, or that has been disabled meanwhile.
 *   <li>Refuses an action that another person has asked for than the one who is signed in.
 *   <li>Notes the provider for this client, and puts the origin into Keycloak's event.
 *   <li>Takes away a stored picture that the user profile refuses.
 *   <li>Marks the address of a new account as verified, if the person has proved it during the sign-in.
 *   <li>Ends the browser's session, if the sign-in is separate from it.
 * </ul>
 */
final class SignInGateProvider implements RequiredActionProvider {

    private static final String ASKING_KEYCLOAK = SignInGateProvider.class.getName();

    @Override
    public void evaluateTriggers(RequiredActionContext context) {
        KeycloakSession session = context.getSession();
        AuthenticationSessionModel signIn = context.getAuthenticationSession();
        if (session.getAttribute(ASKING_KEYCLOAK) != null || SignIn.isEmailActionOnly(signIn)) {
            return;
        }
        Application.of(session, signIn)
                .ifPresentOrElse(application -> evaluate(context, application), () -> ProvedAddressNote.apply(signIn));
    }

    private static void evaluate(RequiredActionContext context, Application application) {
        AuthenticationSessionModel signIn = application.signIn();
        RequestedAction.keepOwnLogin(application);
        String provider = application.signInProvider();
        if (!isFromOwnOrigin(application)
                || RequestedAction.isForAnotherPerson(application, context.getUser())
                || application.isProviderGone()
                || !application.providers().allows(provider)) {
            signIn.addRequiredAction(SignInGateProviderFactory.ID);
            return;
        }
        ProviderNote.write(signIn, provider);
        // The event of the sign-in, if no page follows.
        ClientOriginNote.tell(context.getEvent(), signIn);
        ProvedAddressNote.apply(signIn);
        new RefusedValues(application.session())
                .dropPicture(context.getUser(), application.realm().getName());
        if (isLastStep(context)) {
            endReplacedSession(application.session(), signIn);
        }
    }

    private static boolean isFromOwnOrigin(Application application) {
        return SignIn.isWithoutBrowser(application.signIn()) || new OriginCheck(application).admits();
    }

    static void endReplacedSession(KeycloakSession session, AuthenticationSessionModel signIn) {
        if (SeparateSignIn.endReplacedSession(session, signIn)) {
            RulesLog.LOG.replacedSessionEnded(
                    signIn.getClient().getClientId(), signIn.getRealm().getName());
        }
    }

    /**
     * Whether no page follows. From such a page the person may still go away, and then keeps the older session. To find
     * out, this calls Keycloak, which calls all required actions again, ours among them.
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

    /** Refuses also if the client has opted out since the action was added. */
    @Override
    public void requiredActionChallenge(RequiredActionContext context) {
        KeycloakSession session = context.getSession();
        AuthenticationSessionModel signIn = context.getAuthenticationSession();
        context.challenge(Application.of(session, signIn)
                .map(SignInGateProvider::refuse)
                .orElseGet(() -> new ApplicationAnswer(session, signIn, OwnLogin.NAME).notAllowed()));
    }

    private static Response refuse(Application application) {
        return isFromOwnOrigin(application)
                ? RequestedAction.refusalOfAnotherPerson(application)
                        .orElseGet(() -> application.refuse(application.signInProvider()))
                : new OriginCheck(application).refuse();
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
