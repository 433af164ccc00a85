package io.github.multiclientauth.extension.origin;

import io.github.multiclientauth.extension.broker.ApplicationAnswer;
import io.github.multiclientauth.extension.broker.OptIn;
import io.github.multiclientauth.extension.broker.ProviderSiblings;
import io.github.multiclientauth.extension.broker.RealmProviders;
import io.github.multiclientauth.extension.origin.NextStep.AnswerApplication;
import io.github.multiclientauth.extension.origin.NextStep.AskProvider;
import io.github.multiclientauth.extension.origin.NextStep.RefuseProvider;
import io.github.multiclientauth.extension.origin.NextStep.RequireLogin;
import io.github.multiclientauth.extension.origin.NextStep.StandApart;
import io.github.multiclientauth.extension.origin.OriginDecision.Admitted;
import io.github.multiclientauth.extension.origin.OriginDecision.Refused;
import io.github.multiclientauth.extension.rules.ApplicationRules;
import io.github.multiclientauth.extension.rules.SignInProvider;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.authentication.authenticators.browser.IdentityProviderAuthenticator;
import org.keycloak.constants.AdapterConstants;
import org.keycloak.events.Details;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.utils.FormMessage;
import org.keycloak.protocol.LoginProtocol;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.util.TokenUtil;

/**
 * First step of the browser flow, for clients that have opted in; for any other client the flow goes on as if it were not
 * there.
 *
 * <p>It also sends the browser to the identity provider that the application asks for, although Keycloak has a step for
 * that: Keycloak runs only the step again that sent somebody away, so that nobody else learns of a cancelled sign-in. With
 * Keycloak's own step the login page would appear, or an older session would sign the person in after all.
 */
final class ClientOriginAuthenticator extends IdentityProviderAuthenticator {

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        ClientOriginSettings settings = settings(context);
        if (!OptIn.concerns(context.getAuthenticationSession().getClient(), settings)) {
            context.success();
            return;
        }
        OriginCheck check = new OriginCheck(context.getSession(), context.getAuthenticationSession(), settings);
        OriginDecision decision = check.decide();
        if (decision instanceof Admitted admitted) {
            check.admit(admitted.origin());
            goOn(context);
        } else if (decision instanceof Refused refused) {
            // Under prompt=none Keycloak answers the application with login_required instead of showing the page.
            context.failure(AuthenticationFlowError.ACCESS_DENIED, check.refuse(refused, context.getEvent()));
        }
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

    private void goOn(AuthenticationFlowContext context) {
        NextStep step = situation(context).nextStep();
        if (step instanceof AskProvider ask) {
            redirect(context, ask.alias());
        } else if (step instanceof StandApart) {
            context.forceChallenge(SeparateSignIn.begin(context));
        } else if (step instanceof RequireLogin) {
            // Under prompt=none Keycloak answers the application with login_required in place of any page.
            context.forceChallenge(Response.noContent().build());
        } else if (step instanceof RefuseProvider refusal) {
            context.forceChallenge(
                    new ApplicationAnswer(context.getSession(), context.getAuthenticationSession(), refusal.alias())
                            .notAllowed());
        } else if (step instanceof AnswerApplication answer) {
            answerApplication(context, answer);
        } else {
            context.success();
        }
    }

    private static Situation situation(AuthenticationFlowContext context) {
        AuthenticationSessionModel signIn = context.getAuthenticationSession();
        Optional<RequestedProvider> requested = requestedProvider(context);
        return new Situation(
                requested,
                ProviderReturn.of(forwardedError(context)),
                SeparateSignIn.is(signIn) ? SsoSession.NONE : ssoSession(context, requested),
                TokenUtil.hasPrompt(
                        signIn.getClientNote(OIDCLoginProtocol.PROMPT_PARAM), OIDCLoginProtocol.PROMPT_VALUE_NONE));
    }

    /** A hint that names no provider is Keycloak's own step's business: it shows the login page. */
    private static Optional<RequestedProvider> requestedProvider(AuthenticationFlowContext context) {
        KeycloakSession session = context.getSession();
        ClientModel client = context.getAuthenticationSession().getClient();
        ProviderSiblings siblings = RealmProviders.siblings(session);
        return Optional.ofNullable(context.getAuthenticationSession().getClientNote(AdapterConstants.KC_IDP_HINT))
                .map(hint -> siblings.serving(hint, client.getClientId()))
                .map(alias -> session.identityProviders().getByAlias(alias))
                .map(provider -> new RequestedProvider(
                        provider.getAlias(),
                        provider.isEnabled()
                                && ApplicationRules.INSTANCE.allows(
                                        session, client, siblings.base(provider.getAlias(), client.getClientId()))));
    }

    private static String forwardedError(AuthenticationFlowContext context) {
        FormMessage message = context.getForwardedErrorMessage();
        return message == null ? null : String.valueOf(message.getMessage());
    }

    // Deprecated since Keycloak 26.5 in favour of a record's accessors, which older ones do not have.
    @SuppressWarnings("removal")
    private static SsoSession ssoSession(AuthenticationFlowContext context, Optional<RequestedProvider> requested) {
        AuthenticationManager.AuthResult cookie =
                AuthenticationManager.authenticateIdentityCookie(context.getSession(), context.getRealm(), true);
        return cookie == null ? SsoSession.NONE : ssoSession(context, requested, cookie.getSession());
    }

    private static SsoSession ssoSession(
            AuthenticationFlowContext context, Optional<RequestedProvider> requested, UserSessionModel userSession) {
        KeycloakSession session = context.getSession();
        AuthenticationSessionModel signIn = context.getAuthenticationSession();
        ClientModel client = signIn.getClient();
        String provider = SignInProvider.of(session, userSession, client);
        if (!ApplicationRules.INSTANCE.allows(session, client, provider)) {
            return SsoSession.OF_FORBIDDEN_PROVIDER;
        }
        ProviderSiblings siblings = RealmProviders.siblings(session);
        if (requested.isPresent()
                && !siblings.base(requested.get().alias(), client.getClientId()).equals(provider)) {
            return SsoSession.OF_OTHER_PROVIDER;
        }
        return session.getProvider(LoginProtocol.class, signIn.getProtocol())
                        .requireReauthentication(userSession, signIn)
                ? SsoSession.TO_BE_RENEWED
                : SsoSession.USABLE;
    }

    private static void answerApplication(AuthenticationFlowContext context, AnswerApplication answer) {
        String realm = context.getRealm().getName();
        if (answer.why() == ProviderReturn.CANCELLED) {
            OriginLog.LOG.cancelled(client(context), realm, answer.alias());
            context.getEvent().detail(Details.REASON, "cancelled_at_provider");
        } else {
            String error = Printable.of(forwardedError(context));
            OriginLog.LOG.failedAtProvider(client(context), realm, answer.alias(), error);
            context.getEvent().detail(Details.REASON, "failed_at_provider");
        }
        // Not LoginProtocol.sendError, which could say more: Keycloak 26.0 has it with other parameters.
        context.cancelLogin();
    }

    private static String client(AuthenticationFlowContext context) {
        return context.getAuthenticationSession().getClient().getClientId();
    }
}
