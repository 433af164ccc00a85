package io.github.multiclientauth.extension.link;

import io.github.multiclientauth.extension.EmailAddress;
import java.util.stream.Stream;
import org.keycloak.common.util.Time;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.storage.ReadOnlyException;
import org.keycloak.storage.StorageId;

/**
 * What becomes of an account whose address was never verified, once somebody has proved the address. Nobody knows who made the account:
 * a person who never clicked on the link, or one who waits for the owner of the address to come.
 */
record UnprovedAccountChanges(KeycloakSession session, RealmModel realm) {

    /**
     * Takes the address from the account, and ends its sessions. All else stays with whoever made it, so that nothing that was prepared
     * on the account reaches the owner of the address, and nobody loses more than an address that is not theirs.
     *
     * @return whether the address is free now; nothing has changed if the account is one of a user storage: its address is the storage's
     *     word, whether or not Keycloak could change it there
     */
    boolean takeAddress(UserModel account, EmailAddress address) {
        if (isOfUserStorage(account)) {
            return false;
        }
        try {
            if (address.isSameAs(account.getEmail())) {
                account.setEmail(null);
                account.setEmailVerified(false);
            }
            if (address.isSameAs(account.getUsername())) {
                account.setUsername(account.getId());
            }
        } catch (ReadOnlyException directory) {
            return false;
        }
        if (isFoundBy(address, account)) {
            account.setEmail(address.text());
            return false;
        }
        endSessions(account);
        return true;
    }

    /** Its storage says what its address is, and may write a change through to a directory that others use, too. */
    private static boolean isOfUserStorage(UserModel account) {
        return account.getFederationLink() != null || !StorageId.isLocalStorage(account.getId());
    }

    private boolean isFoundBy(EmailAddress address, UserModel account) {
        if (realm.isDuplicateEmailsAllowed()) {
            return false;
        }
        UserModel found = session.users().getUserByEmail(realm, address.text());
        return found != null && found.getId().equals(account.getId());
    }

    /** Offline ones, too; tokens that were issued before count for nothing. The applications are told. */
    private void endSessions(UserModel account) {
        session.users().setNotBeforeForUser(realm, account, (int) (Time.currentTimeMillis() / 1000));
        KeycloakContext context = session.getContext();
        AuthenticationSessionModel signIn = context.getAuthenticationSession();
        ClientModel client = context.getClient();
        Stream.concat(
                        session.sessions().getUserSessionsStream(realm, account),
                        session.sessions().getOfflineUserSessionsStream(realm, account))
                .toList()
                .forEach(userSession -> end(userSession, signIn));
        // Signing out has put its own ones there, and the sign-in goes on.
        context.setAuthenticationSession(signIn);
        context.setClient(client);
    }

    private void end(UserSessionModel userSession, AuthenticationSessionModel signIn) {
        if (signIn != null
                && userSession.getId().equals(signIn.getParentSession().getId())) {
            // Signing out by Keycloak's own means would end the sign-in that is under way in the same browser.
            session.sessions().removeUserSession(realm, userSession);
        } else {
            AuthenticationManager.backchannelLogout(session, userSession, true);
        }
    }
}
