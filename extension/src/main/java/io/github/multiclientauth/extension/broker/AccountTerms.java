package io.github.multiclientauth.extension.broker;

import io.github.multiclientauth.extension.EmailAddress;
import io.github.multiclientauth.extension.application.Application;
import java.util.Optional;
import org.keycloak.broker.provider.AbstractIdentityProvider;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.IdentityProviderSyncMode;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;

/**
 * What a provider may change in an existing account at a sign-in. In sync mode "force" Keycloak writes everything that
 * the provider says, and fails if another account has the address or the user name. The person could not sign in with
 * that provider any more. Here the account keeps what it has.
 */
record AccountTerms(Application application, IdentityProviderModel provider) {

    /**
     * Runs before Keycloak looks for the account. Up to 26.2 it writes the address without calling the provider's
     * class.
     */
    void recognize(BrokeredIdentityContext identity) {
        Optional.ofNullable(users().getUserByFederatedIdentity(
                                realm(),
                                new FederatedIdentityModel(
                                        provider.getAlias(), identity.getId(), identity.getUsername())))
                // A person who is signed in and links a provider.
                .or(() -> Optional.ofNullable(application.signIn().getAuthenticatedUser()))
                .ifPresent(account -> keepAddress(account, identity));
    }

    /** Runs before Keycloak changes the account. */
    void update(UserModel account, BrokeredIdentityContext identity) {
        if (isNewAccount()) {
            return;
        }
        keepAddress(account, identity);
        String name = identity.getModelUsername();
        if (name != null && isOfAnother(account, users().getUserByUsername(realm(), name))) {
            identity.setModelUsername(account.getUsername());
            BrokerLog.LOG.userNameKept(account.getId(), realm().getName(), provider.getAlias());
        }
    }

    /**
     * Runs after the account is created. An address that Keycloak has changed is not the one that the provider has
     * verified.
     */
    void finish(BrokeredIdentityContext identity) {
        if (isNewAccount()
                && EmailAddress.of(identity.getEmail())
                        .filter(address -> !address.isKeptByKeycloak())
                        .isPresent()) {
            application.signIn().getAuthenticatedUser().setEmailVerified(false);
        }
    }

    private boolean isNewAccount() {
        return Boolean.parseBoolean(
                application.signIn().getAuthNote(AbstractIdentityProvider.BROKER_REGISTERED_NEW_USER));
    }

    private void keepAddress(UserModel account, BrokeredIdentityContext identity) {
        if (identity.getIdpConfig().getSyncMode() == IdentityProviderSyncMode.FORCE
                && EmailAddress.of(identity.getEmail())
                        .filter(address -> !address.isSameAs(account.getEmail()))
                        .filter(address -> !address.isKeptByKeycloak() || isTaken(account, address))
                        .isPresent()) {
            // Without an address from the provider, Keycloak changes neither the account's address nor its
            // verification.
            identity.setEmail(null);
            BrokerLog.LOG.addressKept(account.getId(), realm().getName(), provider.getAlias());
        }
    }

    private boolean isTaken(UserModel account, EmailAddress address) {
        return !realm().isDuplicateEmailsAllowed()
                && isOfAnother(account, users().getUserByEmail(realm(), address.text()));
    }

    private static boolean isOfAnother(UserModel account, UserModel found) {
        return found != null && !found.getId().equals(account.getId());
    }

    private UserProvider users() {
        return application.session().users();
    }

    private RealmModel realm() {
        return application.realm();
    }
}
