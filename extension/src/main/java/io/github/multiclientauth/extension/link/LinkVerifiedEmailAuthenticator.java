package io.github.multiclientauth.extension.link;

import io.github.multiclientauth.extension.EmailAddress;
import io.github.multiclientauth.extension.application.ClientProviders;
import io.github.multiclientauth.extension.application.ProviderName;
import io.github.multiclientauth.extension.decision.AccountMatch;
import io.github.multiclientauth.extension.decision.EmailEvidence;
import jakarta.ws.rs.core.Response;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.broker.AbstractIdpAuthenticator;
import org.keycloak.authentication.authenticators.broker.util.ExistingUserInfo;
import org.keycloak.authentication.authenticators.broker.util.SerializedBrokeredIdentityContext;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.events.Details;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.services.ErrorPage;

/**
 * Step of the flow for people whom the realm does not know yet, after "Create User If Unique". It links the account at
 * the provider to the existing one, if the same verified e-mail address proves that both are the same person's.
 * Everything else is left to the steps that ask.
 *
 * <p>Keycloak's own step of this kind, "Automatically Set Existing User", checks nothing. It also links to an account
 * with the same user name.
 */
final class LinkVerifiedEmailAuthenticator extends AbstractIdpAuthenticator {

    /** In {@code theme-resources/messages}; argument: name of the provider. */
    static final String NO_WAY_MESSAGE = "multiClientAuthAccountExists";

    @Override
    protected void authenticateImpl(
            AuthenticationFlowContext context,
            SerializedBrokeredIdentityContext serialized,
            BrokeredIdentityContext identity) {
        String existing = context.getAuthenticationSession().getAuthNote(EXISTING_USER_INFO);
        if (existing == null) {
            context.attempted();
            return;
        }
        UserModel user = getExistingUser(context.getSession(), context.getRealm(), context.getAuthenticationSession());
        switch (match(context, identity, user, ExistingUserInfo.deserialize(existing))
                .outcome()) {
            case LINK -> link(context, identity, user);
            case CONFIRM -> context.attempted();
            case NO_WAY -> refuse(context, identity, user);
        }
    }

    @Override
    protected void actionImpl(
            AuthenticationFlowContext context,
            SerializedBrokeredIdentityContext serialized,
            BrokeredIdentityContext identity) {
        authenticateImpl(context, serialized, identity);
    }

    private static AccountMatch match(
            AuthenticationFlowContext context,
            BrokeredIdentityContext identity,
            UserModel user,
            ExistingUserInfo existing) {
        EmailEvidence evidence = EmailEvidenceReader.read(context, identity);
        return new AccountMatch(
                UserModel.EMAIL.equals(existing.getDuplicateAttributeName())
                        && EmailAddress.of(evidence.address())
                                .filter(address -> address.isSameAs(user.getEmail()))
                                .isPresent(),
                user.isEmailVerified(),
                evidence,
                hasOtherProof(context, identity, user));
    }

    /**
     * Whether there is a password, an e-mail that Keycloak can send, or a provider that the account is linked to
     * already.
     */
    private static boolean hasOtherProof(
            AuthenticationFlowContext context, BrokeredIdentityContext identity, UserModel user) {
        RealmModel realm = context.getRealm();
        return user.credentialManager().isConfiguredFor(PasswordCredentialModel.TYPE)
                || !realm.getSmtpConfig().isEmpty() && user.getEmail() != null
                || context.getSession()
                        .users()
                        .getFederatedIdentitiesStream(realm, user)
                        .map(FederatedIdentityModel::getIdentityProvider)
                        .anyMatch(alias -> canBeAsked(context, alias)
                                && !alias.equals(identity.getIdpConfig().getAlias()));
    }

    private static boolean canBeAsked(AuthenticationFlowContext context, String alias) {
        ClientProviders providers = new ClientProviders(
                context.getSession(), context.getAuthenticationSession().getClient());
        IdentityProviderModel provider =
                context.getSession().identityProviders().getByAlias(alias);
        return provider != null
                && provider.isEnabled()
                // The application's own provider would serve the sign-in instead, and has another id for the person.
                && providers.serving(alias).equals(alias)
                && providers.allows(providers.nameOf(alias));
    }

    private static void link(AuthenticationFlowContext context, BrokeredIdentityContext identity, UserModel user) {
        LinkLog.LOG.linked(
                user.getId(),
                context.getRealm().getName(),
                identity.getIdpConfig().getAlias());
        context.setUser(user);
        context.success();
    }

    private static void refuse(AuthenticationFlowContext context, BrokeredIdentityContext identity, UserModel user) {
        IdentityProviderModel provider = identity.getIdpConfig();
        LinkLog.LOG.noWay(user.getId(), context.getRealm().getName(), provider.getAlias());
        context.getEvent()
                .user(user)
                .detail(Details.IDENTITY_PROVIDER, provider.getAlias())
                .error("account_exists");
        context.forceChallenge(ErrorPage.error(
                context.getSession(),
                context.getAuthenticationSession(),
                Response.Status.CONFLICT,
                NO_WAY_MESSAGE,
                ProviderName.of(context.getSession(), provider)));
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
