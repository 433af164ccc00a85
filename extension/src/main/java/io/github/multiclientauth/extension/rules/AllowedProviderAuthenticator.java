package io.github.multiclientauth.extension.rules;

import io.github.multiclientauth.extension.broker.ApplicationAnswer;
import io.github.multiclientauth.extension.broker.OptIn;
import io.github.multiclientauth.extension.broker.RealmProviders;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.broker.AbstractIdpAuthenticator;
import org.keycloak.authentication.authenticators.broker.util.SerializedBrokeredIdentityContext;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.ClientModel;
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
        String alias = identity.getIdpConfig().getAlias();
        if (isAllowed(context.getSession(), signIn, alias)) {
            context.success();
        } else {
            context.forceChallenge(new ApplicationAnswer(context.getSession(), signIn, alias).notAllowed());
        }
    }

    @Override
    protected void actionImpl(
            AuthenticationFlowContext context,
            SerializedBrokeredIdentityContext serialized,
            BrokeredIdentityContext identity) {
        authenticateImpl(context, serialized, identity);
    }

    private static boolean isAllowed(KeycloakSession session, AuthenticationSessionModel signIn, String alias) {
        ClientModel client = signIn.getClient();
        return !OptIn.concerns(signIn)
                || ApplicationRules.INSTANCE.allows(
                        session, client, RealmProviders.siblings(session).base(alias, client.getClientId()));
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
