package io.github.multiclientauth.extension.link;

import io.github.multiclientauth.extension.EmailAddress;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.broker.IdpEmailVerificationAuthenticator;
import org.keycloak.authentication.authenticators.broker.util.SerializedBrokeredIdentityContext;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Keycloak's step "Verify Existing Account By Email". A click in its mail proves that an account is somebody's only if the account has
 * proved its address before. Otherwise it proves the address alone, and the newcomer gets an account of their own with it.
 */
final class ProofByMailAuthenticator extends IdpEmailVerificationAuthenticator {

    private final OwnAccountAuthenticator ownAccount = new OwnAccountAuthenticator();

    @Override
    protected void authenticateImpl(
            AuthenticationFlowContext context,
            SerializedBrokeredIdentityContext serialized,
            BrokeredIdentityContext identity) {
        AuthenticationSessionModel signIn = context.getAuthenticationSession();
        if (!ProvedAddressRules.holds(context.getSession(), context.getRealm())) {
            super.authenticateImpl(context, serialized, identity);
        } else if (MailProofNote.isThere(context.getSession(), signIn, identity)) {
            ownAccount.authenticateAnew(context);
        } else if (isWorthAMail(getExistingUser(context.getSession(), context.getRealm(), signIn), identity)) {
            super.authenticateImpl(context, serialized, identity);
        } else {
            context.attempted();
        }
    }

    /** Not where the click would prove an address that neither the account has proved nor the newcomer claims. */
    private static boolean isWorthAMail(UserModel account, BrokeredIdentityContext identity) {
        return account.isEmailVerified()
                || EmailAddress.of(identity.getEmail())
                        .filter(address -> address.isSameAs(account.getEmail()))
                        .isPresent();
    }
}
