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
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.authentication.authenticators.browser.IdentityProviderAuthenticator;
import org.keycloak.constants.AdapterConstants;
import org.keycloak.events.Details;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.utils.FormMessage;
import org.keycloak.protocol.LoginProtocol;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.utils.WebOriginsUtils;
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

    private final SecureRandom random;

    ClientOriginAuthenticator(SecureRandom random) {
        this.random = random;
    }

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        ClientOriginSettings settings = settings(context);
        if (!OptIn.concerns(context.getAuthenticationSession().getClient(), settings)) {
            context.success();
            return;
        }
        OriginDecision decision = decide(context, settings);
        if (decision instanceof Admitted admitted) {
            admit(context, admitted);
        } else if (decision instanceof Refused refused) {
            refuse(context, refused);
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

    private static OriginDecision decide(AuthenticationFlowContext context, ClientOriginSettings settings) {
        AuthenticationSessionModel authenticationSession = context.getAuthenticationSession();
        return new OriginPolicy(webOrigins(context).origins(), settings.parameterRequired())
                .decide(ClientOriginParameter.values(context), authenticationSession.getRedirectUri());
    }

    private static WebOrigins webOrigins(AuthenticationFlowContext context) {
        return WebOrigins.of(WebOriginsUtils.resolveValidWebOrigins(
                context.getSession(), context.getAuthenticationSession().getClient()));
    }

    private void admit(AuthenticationFlowContext context, Admitted admitted) {
        OriginLog.LOG.admitted(client(context), context.getRealm().getName(), admitted.origin());
        ClientOriginNote.write(context.getAuthenticationSession(), admitted.origin());
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

    private void refuse(AuthenticationFlowContext context, Refused refused) {
        Reference reference = Reference.random(random);
        String claimed = Printable.of(refused.claimed());
        String realm = context.getRealm().getName();
        OriginLog.LOG.refused(reference, client(context), realm, claimed, refused.reason());
        WebOrigins webOrigins = webOrigins(context);
        if (!webOrigins.ignored().isEmpty()) {
            OriginLog.LOG.ignoredWebOrigins(
                    client(context), realm, Printable.of(String.join(" ", webOrigins.ignored())));
        }
        ClientOriginNote.clear(context.getAuthenticationSession());
        context.getEvent()
                .detail("client_origin", claimed)
                .detail(Details.REASON, refused.reason().code())
                .detail("reference", reference.value())
                .error("client_origin_refused");
        // Under prompt=none Keycloak answers the application with login_required instead of showing the page.
        context.failure(AuthenticationFlowError.ACCESS_DENIED, RefusalPage.of(context, reference));
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

    /** A hint that names no provider, or a disabled one, is Keycloak's own step's business: it shows the login page. */
    private static Optional<RequestedProvider> requestedProvider(AuthenticationFlowContext context) {
        KeycloakSession session = context.getSession();
        ClientModel client = context.getAuthenticationSession().getClient();
        ProviderSiblings siblings = RealmProviders.siblings(session);
        return Optional.ofNullable(context.getAuthenticationSession().getClientNote(AdapterConstants.KC_IDP_HINT))
                .map(hint -> siblings.serving(hint, client.getClientId()))
                .map(alias -> session.identityProviders().getByAlias(alias))
                .filter(IdentityProviderModel::isEnabled)
                .map(IdentityProviderModel::getAlias)
                .map(alias -> new RequestedProvider(
                        alias,
                        ApplicationRules.INSTANCE.allows(session, client, siblings.base(alias, client.getClientId()))));
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
