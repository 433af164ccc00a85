package io.github.multiclientauth.extension.link;

import io.github.multiclientauth.extension.EmailAddress;
import io.github.multiclientauth.extension.application.Application;
import io.github.multiclientauth.extension.application.ProvedAddressNote;
import io.github.multiclientauth.extension.compatibility.ReplacingProviderFactory;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.authenticators.broker.IdpCreateUserIfUniqueAuthenticator;
import org.keycloak.authentication.authenticators.broker.IdpCreateUserIfUniqueAuthenticatorFactory;
import org.keycloak.authentication.authenticators.broker.util.SerializedBrokeredIdentityContext;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Keycloak's step "Create User If Unique", where an address belongs to the person who has proved it. An account that
 * has the address without having proved it loses it, and the person gets an account of their own. They never get that
 * account, which somebody may have prepared for them.
 *
 * @see <a href="https://github.com/advisories/GHSA-qq9h-g4jm-xgf3">GHSA-qq9h-g4jm-xgf3</a>
 */
public final class OwnAccountAuthenticator extends IdpCreateUserIfUniqueAuthenticator {

    /** The detail of the event that names the account that has lost its address. */
    static final String FORMER_ACCOUNT = "address_taken_from";

    @Override
    protected void authenticateImpl(
            AuthenticationFlowContext context,
            SerializedBrokeredIdentityContext serialized,
            BrokeredIdentityContext identity) {
        AuthenticationSessionModel signIn = context.getAuthenticationSession();
        if (signIn.getAuthNote(EXISTING_USER_INFO) == null
                && ProvedAddressRules.holds(context.getSession(), context.getRealm())
                && !identity.getIdpConfig().isTransientUsers()
                && !context.getRealm().isDuplicateEmailsAllowed()) {
            proved(context, identity).ifPresent(address -> freeAddress(context, identity, address));
        }
        super.authenticateImpl(context, serialized, identity);
    }

    /** Runs the step again after a click in Keycloak's e-mail. The existing account is none any more. */
    void authenticateAnew(AuthenticationFlowContext context) {
        context.getAuthenticationSession().removeAuthNote(EXISTING_USER_INFO);
        authenticate(context);
    }

    @Override
    protected void userRegisteredSuccess(
            AuthenticationFlowContext context,
            UserModel account,
            SerializedBrokeredIdentityContext serialized,
            BrokeredIdentityContext identity) {
        AuthenticationSessionModel signIn = context.getAuthenticationSession();
        if (ProvedAddressRules.holds(context.getSession(), context.getRealm())) {
            // At other clients Keycloak's own rules say what is verified, unless an address has moved.
            boolean ours = Application.of(context.getSession(), signIn).isPresent()
                    || signIn.getAuthNote(FORMER_ACCOUNT) != null
                    || MailProofNote.isThere(context.getSession(), signIn, identity);
            proved(context, identity)
                    .filter(address -> ours)
                    .ifPresent(address -> ProvedAddressNote.write(signIn, address));
            MailProofNote.take(context.getSession(), signIn, identity);
        }
    }

    private static Optional<EmailAddress> proved(AuthenticationFlowContext context, BrokeredIdentityContext identity) {
        boolean proved = EmailEvidenceReader.read(context, identity).provesAddress()
                || MailProofNote.isThere(context.getSession(), context.getAuthenticationSession(), identity);
        return EmailAddress.of(identity.getEmail()).filter(address -> proved);
    }

    private static void freeAddress(
            AuthenticationFlowContext context, BrokeredIdentityContext identity, EmailAddress address) {
        UnprovedAccountChanges changes = new UnprovedAccountChanges(context.getSession(), context.getRealm());
        List<UserModel> former = claimants(context, address)
                .filter(account -> changes.takeAddress(account, address))
                .toList();
        former.forEach(account -> report(context, identity, account));
        boolean clicked = MailProofNote.isThere(context.getSession(), context.getAuthenticationSession(), identity);
        if (clicked || !former.isEmpty() || address.isSameAs(identity.getModelUsername())) {
            chooseUserName(context, identity, address);
        }
    }

    /**
     * Finds the accounts with the address. As a user name it counts too, where people can sign in with either. It does
     * not count alone: an account without an address to prove, or with another address that it has proved, may be an
     * administrator's own.
     */
    private static Stream<UserModel> claimants(AuthenticationFlowContext context, EmailAddress address) {
        RealmModel realm = context.getRealm();
        UserProvider users = context.getSession().users();
        boolean namesAreAddresses = realm.isLoginWithEmailAllowed() || realm.isRegistrationEmailAsUsername();
        return Stream.of(
                        users.getUserByEmail(realm, address.text()),
                        namesAreAddresses ? users.getUserByUsername(realm, address.text()) : null)
                .filter(Objects::nonNull)
                // A person whom an administrator has disabled would be back with another account.
                .filter(UserModel::isEnabled)
                .filter(account -> account.getEmail() != null && !account.isEmailVerified())
                .filter(account -> address.isSameAs(account.getEmail()) || address.isSameAs(account.getUsername()));
    }

    private static void report(AuthenticationFlowContext context, BrokeredIdentityContext identity, UserModel account) {
        LinkLog.LOG.addressTaken(
                account.getId(),
                context.getRealm().getName(),
                identity.getIdpConfig().getAlias());
        context.getEvent().detail(FORMER_ACCOUNT, account.getId());
        context.getAuthenticationSession().setAuthNote(FORMER_ACCOUNT, account.getId());
    }

    /**
     * Avoids a question about an unrelated account that only has the same user name as the person has at the provider.
     */
    private static void chooseUserName(
            AuthenticationFlowContext context, BrokeredIdentityContext identity, EmailAddress address) {
        UserProvider users = context.getSession().users();
        RealmModel realm = context.getRealm();
        String name = identity.getModelUsername();
        if (name != null
                && users.getUserByUsername(realm, name) != null
                && users.getUserByEmail(realm, address.text()) == null) {
            identity.setModelUsername(userName(users, realm, address));
        }
    }

    /** Returns the address, or a random name if another account has the address as its user name. */
    static String userName(UserProvider users, RealmModel realm, EmailAddress address) {
        return users.getUserByUsername(realm, address.text()) == null
                ? address.text()
                : KeycloakModelUtils.generateId();
    }

    /** Takes the place of Keycloak's factory of the step "Create User If Unique", under its name. */
    public static final class Factory extends IdpCreateUserIfUniqueAuthenticatorFactory
            implements ReplacingProviderFactory<Authenticator> {

        private static final Authenticator AUTHENTICATOR = new OwnAccountAuthenticator();

        @Override
        public Authenticator create(KeycloakSession session) {
            return AUTHENTICATOR;
        }
    }
}
