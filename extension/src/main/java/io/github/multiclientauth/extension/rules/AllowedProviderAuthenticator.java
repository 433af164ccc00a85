package io.github.multiclientauth.extension.rules;

import io.github.multiclientauth.extension.broker.ApplicationAnswer;
import io.github.multiclientauth.extension.broker.OptIn;
import io.github.multiclientauth.extension.broker.RealmProviders;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.broker.AbstractIdpAuthenticator;
import org.keycloak.authentication.authenticators.broker.util.SerializedBrokeredIdentityContext;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.ClientModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * First step of the flow for people whom the realm does not know yet: no account is made for somebody who comes from a
 * provider that the application may not use. Our own providers see to that themselves; this is for all others.
 */
final class AllowedProviderAuthenticator extends AbstractIdpAuthenticator {

    @Override
    protected void authenticateImpl(
            AuthenticationFlowContext context,
            SerializedBrokeredIdentityContext serialized,
            BrokeredIdentityContext identity) {
        AuthenticationSessionModel signIn = context.getAuthenticationSession();
        IdentityProviderModel provider = identity.getIdpConfig();
        if (isAllowed(context.getSession(), signIn, provider)) {
            context.success();
        } else {
            context.forceChallenge(
                    new ApplicationAnswer(context.getSession(), signIn, provider.getAlias()).notAllowed());
        }
    }

    @Override
    protected void actionImpl(
            AuthenticationFlowContext context,
            SerializedBrokeredIdentityContext serialized,
            BrokeredIdentityContext identity) {
        authenticateImpl(context, serialized, identity);
    }

    /** Keycloak 26.0 lets people come back from a provider that has been disabled meanwhile; newer ones do not. */
    private static boolean isAllowed(
            KeycloakSession session, AuthenticationSessionModel signIn, IdentityProviderModel provider) {
        ClientModel client = signIn.getClient();
        return !OptIn.concerns(signIn)
                || provider.isEnabled()
                        && ApplicationRules.INSTANCE.allows(
                                session,
                                client,
                                RealmProviders.siblings(session).base(provider.getAlias(), client.getClientId()));
    }

    @Override
    public boolean requiresUser() {
        return false;
    }

    @Override
    public boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
        return true;
    }
}
