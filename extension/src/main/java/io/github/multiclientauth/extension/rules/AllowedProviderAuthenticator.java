package io.github.multiclientauth.extension.rules;

import io.github.multiclientauth.extension.application.Application;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.broker.AbstractIdpAuthenticator;
import org.keycloak.authentication.authenticators.broker.util.SerializedBrokeredIdentityContext;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * First step of the flow for people whom the realm does not know yet: creates no account for a person who comes from a provider that the
 * application may not use. Our own providers check that themselves. This step is for all others.
 */
final class AllowedProviderAuthenticator extends AbstractIdpAuthenticator {

    /** Also refuses a disabled provider: Keycloak 26.0 lets people come back from one that was disabled meanwhile. */
    @Override
    protected void authenticateImpl(
            AuthenticationFlowContext context,
            SerializedBrokeredIdentityContext serialized,
            BrokeredIdentityContext identity) {
        IdentityProviderModel provider = identity.getIdpConfig();
        Application.of(context.getSession(), context.getAuthenticationSession())
                .filter(application -> !application.mayUse(provider))
                .ifPresentOrElse(
                        application -> context.forceChallenge(application.refuse(provider.getAlias())),
                        context::success);
    }

    @Override
    protected void actionImpl(
            AuthenticationFlowContext context,
            SerializedBrokeredIdentityContext serialized,
            BrokeredIdentityContext identity) {
        authenticateImpl(context, serialized, identity);
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
