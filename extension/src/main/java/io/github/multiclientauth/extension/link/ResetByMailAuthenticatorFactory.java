package io.github.multiclientauth.extension.link;

import io.github.multiclientauth.extension.EmailAddress;
import io.github.multiclientauth.extension.compatibility.ReplacingProviderFactory;
import io.github.multiclientauth.extension.rules.OwnLoginRules;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.authenticators.broker.AbstractIdpAuthenticator;
import org.keycloak.authentication.authenticators.broker.util.ExistingUserInfo;
import org.keycloak.authentication.authenticators.resetcred.ResetCredentialEmail;
import org.keycloak.models.DefaultActionTokenKey;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Keycloak's step "Send Reset Email", under its name.
 *
 * <p>A person who clicks in the e-mail has the address. If the account had not proved it before, another person may
 * have created the account, and everything in it is theirs. So it loses the address, and the owner of the address gets
 * an account of their own. Where the application's rules do not allow Keycloak's own login page, nothing is sent or
 * changed.
 */
public final class ResetByMailAuthenticatorFactory extends ResetCredentialEmail
        implements ReplacingProviderFactory<Authenticator> {

    /** Runs before the e-mail is sent, and again after the click, when Keycloak has noted whose link it was. */
    @Override
    public void authenticate(AuthenticationFlowContext context) {
        OwnLoginRules.refusal(context.getSession(), context.getAuthenticationSession())
                .ifPresentOrElse(context::forceChallenge, () -> {
                    prove(context);
                    super.authenticate(context);
                });
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        OwnLoginRules.refusal(context.getSession(), context.getAuthenticationSession())
                .ifPresentOrElse(context::forceChallenge, () -> {
                    prove(context);
                    super.action(context);
                });
    }

    /**
     * Moves the address to a new account, so that the owner of the address gets nothing that was prepared in the former
     * one.
     */
    private static void prove(AuthenticationFlowContext context) {
        AuthenticationSessionModel signIn = context.getAuthenticationSession();
        UserModel account = context.getUser();
        if (account != null
                && account.getId().equals(signIn.getAuthNote(DefaultActionTokenKey.ACTION_TOKEN_USER_ID))
                && !account.isEmailVerified()
                && ProvedAddressRules.holds(context.getSession(), context.getRealm())) {
            UnprovedAccountChanges changes = new UnprovedAccountChanges(context.getSession(), context.getRealm());
            EmailAddress.of(account.getEmail())
                    .filter(address -> changes.takeAddress(account, address))
                    .ifPresent(address -> goOnWith(ownAccount(context, address), context, account, address));
        }
    }

    private static UserModel ownAccount(AuthenticationFlowContext context, EmailAddress address) {
        RealmModel realm = context.getRealm();
        UserProvider users = context.getSession().users();
        UserModel own = users.addUser(realm, OwnAccountAuthenticator.userName(users, realm, address));
        own.setEnabled(true);
        own.setEmail(address.text());
        own.setEmailVerified(true);
        return own;
    }

    private static void goOnWith(
            UserModel own, AuthenticationFlowContext context, UserModel former, EmailAddress address) {
        AuthenticationSessionModel signIn = context.getAuthenticationSession();
        context.clearUser();
        context.setUser(own);
        signIn.setAuthNote(DefaultActionTokenKey.ACTION_TOKEN_USER_ID, own.getId());
        // The person may have clicked "Forgot password" on the page that asks for a proof of the former account.
        if (signIn.getAuthNote(AbstractIdpAuthenticator.EXISTING_USER_INFO) != null) {
            signIn.setAuthNote(
                    AbstractIdpAuthenticator.EXISTING_USER_INFO,
                    new ExistingUserInfo(own.getId(), UserModel.EMAIL, address.text()).serialize());
        }
        LinkLog.LOG.addressTakenByReset(former.getId(), context.getRealm().getName(), own.getId());
        context.getEvent().user(own).detail(OwnAccountAuthenticator.FORMER_ACCOUNT, former.getId());
    }
}
