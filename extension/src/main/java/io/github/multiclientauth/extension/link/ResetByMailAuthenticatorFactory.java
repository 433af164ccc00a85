package io.github.multiclientauth.extension.link;

import io.github.multiclientauth.extension.broker.OptIn;
import io.github.multiclientauth.extension.compatibility.ReplacingProviderFactory;
import io.github.multiclientauth.extension.rules.OwnLoginRules;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.resetcred.ResetCredentialEmail;
import org.keycloak.models.DefaultActionTokenKey;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Keycloak's step "Send Reset Email", under its name.
 *
 * <p>Whoever clicks in the mail has the address. If the account had not proved it before, somebody else may have made the account, and
 * everything on it is theirs: it is emptied before the owner of the address gets it. Where the application's rule does not name
 * Keycloak's own login page, nothing is sent or changed.
 */
public final class ResetByMailAuthenticatorFactory extends ResetCredentialEmail implements ReplacingProviderFactory {

    @Override
    public int order() {
        return orderBesideKeycloaks();
    }

    /** Called before the mail is sent, and again after the click, when Keycloak has noted whose link it was. */
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

    /** Only once: the address counts as verified from then on. */
    private static void prove(AuthenticationFlowContext context) {
        AuthenticationSessionModel signIn = context.getAuthenticationSession();
        UserModel account = context.getUser();
        if (account != null
                && account.getId().equals(signIn.getAuthNote(DefaultActionTokenKey.ACTION_TOKEN_USER_ID))
                && account.getEmail() != null
                && !account.isEmailVerified()
                && OptIn.concerns(signIn)) {
            new UnprovedAccountChanges(context.getSession(), context.getRealm()).empty(account);
            account.setEmailVerified(true);
            LinkLog.LOG.accountEmptied(account.getId(), context.getRealm().getName());
        }
    }
}
