package io.github.multiclientauth.extension.origin;

import io.github.multiclientauth.extension.Printable;
import io.github.multiclientauth.extension.application.Application;
import io.github.multiclientauth.extension.application.ClientOriginNote;
import io.github.multiclientauth.extension.application.ClientOriginSettings;
import io.github.multiclientauth.extension.application.RequestedAction;
import io.github.multiclientauth.extension.application.SsoCookie;
import io.github.multiclientauth.extension.decision.NextStep;
import io.github.multiclientauth.extension.decision.OriginPolicy.OriginDecision;
import io.github.multiclientauth.extension.decision.OriginPolicy.OriginDecision.Admitted;
import io.github.multiclientauth.extension.decision.OriginPolicy.OriginDecision.Refused;
import io.github.multiclientauth.extension.decision.Situation;
import io.github.multiclientauth.extension.decision.Situation.ProviderReturn;
import io.github.multiclientauth.extension.decision.Situation.RequestedProvider;
import io.github.multiclientauth.extension.decision.Situation.SsoSession;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.authentication.authenticators.browser.IdentityProviderAuthenticator;
import org.keycloak.constants.AdapterConstants;
import org.keycloak.events.Details;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.utils.FormMessage;
import org.keycloak.protocol.LoginProtocol;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.util.TokenUtil;

/**
 * First step of the browser flow, for clients that have opted in. For any other client the flow goes on as if it were not there.
 *
 * <p>It also sends the browser to the identity provider that the application asks for, although Keycloak has a step for that. When somebody
 * comes back, Keycloak runs only the step that sent them away, so that no other step learns of a cancelled sign-in. With Keycloak's own step
 * the login page would appear, or an older session would sign the person in after all.
 */
final class ClientOriginAuthenticator extends IdentityProviderAuthenticator {

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        Application.of(context.getSession(), context.getAuthenticationSession(), settings(context))
                .ifPresentOrElse(application -> checkOrigin(context, application), context::success);
    }

    /** When the page of our step is asked for again, such as by the browser's back button. */
    @Override
    public void action(AuthenticationFlowContext context) {
        authenticate(context);
    }

    private static ClientOriginSettings settings(AuthenticationFlowContext context) {
        return ClientOriginSettings.of(Optional.ofNullable(context.getAuthenticatorConfig())
                .map(AuthenticatorConfigModel::getConfig)
                .orElse(Map.of()));
    }

    private void checkOrigin(AuthenticationFlowContext context, Application application) {
        OriginCheck check = new OriginCheck(application);
        OriginDecision decision = check.decide();
        if (decision instanceof Admitted admitted) {
            check.admit(admitted.origin());
            ClientOriginNote.tell(context.getEvent(), application.signIn());
            RequestedAction.of(application)
                    .flatMap(RequestedAction::refusal)
                    .ifPresentOrElse(context::forceChallenge, () -> goOn(context, application));
        } else if (decision instanceof Refused refused) {
            // Under prompt=none Keycloak answers the application with login_required instead of showing the page.
            context.failure(AuthenticationFlowError.ACCESS_DENIED, check.refuse(refused, context.getEvent()));
        }
    }

    private void goOn(AuthenticationFlowContext context, Application application) {
        situation(context, application).nextStep().takeIn(new NextStep.Flow() {

            @Override
            public void proceed() {
                context.success();
            }

            @Override
            public void askProvider(String alias) {
                redirect(context, alias);
            }

            @Override
            public void signInSeparately() {
                context.forceChallenge(SeparateSignIn.begin(context));
            }

            @Override
            public void requireLogin() {
                // Under prompt=none Keycloak answers the application with login_required in place of any page.
                context.forceChallenge(Response.noContent().build());
            }

            @Override
            public void refuseProvider(String alias) {
                context.forceChallenge(application.refuse(alias));
            }

            @Override
            public void answerApplication(String alias, ProviderReturn why) {
                endAtApplication(context, application, alias, why);
            }
        });
    }

    private static Situation situation(AuthenticationFlowContext context, Application application) {
        AuthenticationSessionModel signIn = application.signIn();
        Optional<RequestedProvider> requested = requestedProvider(application);
        return new Situation(
                requested,
                ProviderReturn.of(forwardedError(context)),
                SeparateSignIn.isSeparate(signIn) ? SsoSession.NONE : ssoSession(application, requested),
                TokenUtil.hasPrompt(
                        signIn.getClientNote(OIDCLoginProtocol.PROMPT_PARAM), OIDCLoginProtocol.PROMPT_VALUE_NONE));
    }

    /** A hint that names no provider is left to Keycloak's own step, which shows the login page. */
    private static Optional<RequestedProvider> requestedProvider(Application application) {
        return Optional.ofNullable(application.signIn().getClientNote(AdapterConstants.KC_IDP_HINT))
                .flatMap(application::serving)
                .map(provider -> new RequestedProvider(provider.getAlias(), application.mayUse(provider)));
    }

    private static String forwardedError(AuthenticationFlowContext context) {
        FormMessage message = context.getForwardedErrorMessage();
        return message == null ? null : String.valueOf(message.getMessage());
    }

    private static SsoSession ssoSession(Application application, Optional<RequestedProvider> requested) {
        return SsoCookie.activeSession(application.session(), application.realm())
                .map(userSession -> ssoSession(application, requested, userSession))
                .orElse(SsoSession.NONE);
    }

    private static SsoSession ssoSession(
            Application application, Optional<RequestedProvider> requested, UserSessionModel userSession) {
        String provider = application.providers().signInProvider(userSession);
        if (!application.providers().allows(provider)) {
            return SsoSession.OF_FORBIDDEN_PROVIDER;
        }
        if (requested.isPresent()
                && !application.providers().nameOf(requested.get().alias()).equals(provider)) {
            return SsoSession.OF_OTHER_PROVIDER;
        }
        AuthenticationSessionModel signIn = application.signIn();
        return application
                        .session()
                        .getProvider(LoginProtocol.class, signIn.getProtocol())
                        .requireReauthentication(userSession, signIn)
                ? SsoSession.TO_BE_RENEWED
                : SsoSession.USABLE;
    }

    private static void endAtApplication(
            AuthenticationFlowContext context, Application application, String alias, ProviderReturn why) {
        String realm = application.realm().getName();
        if (why == ProviderReturn.CANCELLED) {
            OriginLog.LOG.cancelled(application.clientId(), realm, alias);
            context.getEvent().detail(Details.REASON, "cancelled_at_provider");
        } else {
            String error = Printable.of(forwardedError(context));
            OriginLog.LOG.failedAtProvider(application.clientId(), realm, alias, error);
            context.getEvent().detail(Details.REASON, "failed_at_provider");
        }
        // Not LoginProtocol.sendError, which could say more: Keycloak 26.0 has it with other parameters.
        context.cancelLogin();
    }
}
