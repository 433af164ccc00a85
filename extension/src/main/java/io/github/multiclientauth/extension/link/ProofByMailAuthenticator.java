package io.github.multiclientauth.extension.link;

import io.github.multiclientauth.extension.EmailAddress;
import io.github.multiclientauth.extension.compatibility.ReplacingProviderFactory;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.authenticators.broker.IdpEmailVerificationAuthenticator;
import org.keycloak.authentication.authenticators.broker.IdpEmailVerificationAuthenticatorFactory;
import org.keycloak.authentication.authenticators.broker.util.SerializedBrokeredIdentityContext;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Keycloak's step "Verify Existing Account By Email". A click in its e-mail proves that an account is the person's only
 * if the account has proved its address before. Otherwise it proves only the address, and the person gets an account of
 * their own with it.
 */
public final class ProofByMailAuthenticator extends IdpEmailVerificationAuthenticator {

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

    /**
     * Whether an e-mail makes sense. It does not if the click would prove an address that the account has not proved
     * and the person does not claim.
     */
    private static boolean isWorthAMail(UserModel account, BrokeredIdentityContext identity) {
        return account.isEmailVerified()
                || EmailAddress.of(identity.getEmail())
                        .filter(address -> address.isSameAs(account.getEmail()))
                        .isPresent();
    }

    /** Takes the place of Keycloak's factory of the step "Verify Existing Account By Email", under its name. */
    public static final class Factory extends IdpEmailVerificationAuthenticatorFactory
            implements ReplacingProviderFactory<Authenticator> {

        private static final Authenticator AUTHENTICATOR = new ProofByMailAuthenticator();

        @Override
        public Authenticator create(KeycloakSession session) {
            return AUTHENTICATOR;
        }
    }
}
