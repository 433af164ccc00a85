package io.github.multiclientauth.extension.link;

import io.github.multiclientauth.extension.EmailAddress;
import io.github.multiclientauth.extension.application.Application;
import io.github.multiclientauth.extension.broker.ProvedAddressNote;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.broker.IdpCreateUserIfUniqueAuthenticator;
import org.keycloak.authentication.authenticators.broker.util.SerializedBrokeredIdentityContext;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Keycloak's step "Create User If Unique", where an address belongs to whoever has proved it. An account that has the address without
 * having proved it loses it, so that the newcomer gets an account of their own; they never get that one, which somebody may have
 * prepared for them.
 *
 * @see <a href="https://github.com/advisories/GHSA-qq9h-g4jm-xgf3">GHSA-qq9h-g4jm-xgf3</a>
 */
final class OwnAccountAuthenticator extends IdpCreateUserIfUniqueAuthenticator {

    /** What the event says of the account that has lost its address. */
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
            proved(context, identity).ifPresent(address -> makeWay(context, identity, address));
        }
        super.authenticateImpl(context, serialized, identity);
    }

    /** After a click in Keycloak's mail: there is an existing account no longer. */
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

    private static void makeWay(
            AuthenticationFlowContext context, BrokeredIdentityContext identity, EmailAddress address) {
        UnprovedAccountChanges changes = new UnprovedAccountChanges(context.getSession(), context.getRealm());
        List<UserModel> former = claimants(context, address)
                .filter(account -> changes.takeAddress(account, address))
                .toList();
        former.forEach(account -> tell(context, identity, account));
        boolean clicked = MailProofNote.isThere(context.getSession(), context.getAuthenticationSession(), identity);
        if (clicked || !former.isEmpty() || address.isSameAs(identity.getModelUsername())) {
            chooseUserName(context, identity, address);
        }
    }

    /**
     * The address as a user name is a claim, too, wherever one can sign in with either. But not by itself: an account with no address to
     * prove, or with another one that it has proved, may be an administrator's own.
     */
    private static Stream<UserModel> claimants(AuthenticationFlowContext context, EmailAddress address) {
        RealmModel realm = context.getRealm();
        UserProvider users = context.getSession().users();
        boolean namesAreAddresses = realm.isLoginWithEmailAllowed() || realm.isRegistrationEmailAsUsername();
        return Stream.of(
                        users.getUserByEmail(realm, address.text()),
                        namesAreAddresses ? users.getUserByUsername(realm, address.text()) : null)
                .filter(Objects::nonNull)
                // Somebody whom an administrator has locked out would be back with another account.
                .filter(UserModel::isEnabled)
                .filter(account -> account.getEmail() != null && !account.isEmailVerified())
                .filter(account -> address.isSameAs(account.getEmail()) || address.isSameAs(account.getUsername()));
    }

    private static void tell(AuthenticationFlowContext context, BrokeredIdentityContext identity, UserModel account) {
        LinkLog.LOG.addressTaken(
                account.getId(),
                context.getRealm().getName(),
                identity.getIdpConfig().getAlias());
        context.getEvent().detail(FORMER_ACCOUNT, account.getId());
        context.getAuthenticationSession().setAuthNote(FORMER_ACCOUNT, account.getId());
    }

    /** Nobody is asked about an account that they have nothing to do with, only because it has the name that they have at a provider. */
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

    /** The address; a name that says nothing if somebody else has the address for a user name. */
    static String userName(UserProvider users, RealmModel realm, EmailAddress address) {
        return users.getUserByUsername(realm, address.text()) == null
                ? address.text()
                : KeycloakModelUtils.generateId();
    }
}
