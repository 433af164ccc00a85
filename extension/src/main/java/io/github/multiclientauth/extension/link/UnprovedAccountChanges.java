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
 * The changes to an account whose address was never verified, once another person has proved the address. It is unknown
 * who created the account: a person who never clicked the link, or an attacker who waits for the owner of the address.
 */
record UnprovedAccountChanges(KeycloakSession session, RealmModel realm) {

    /**
     * Takes the address from the account, and ends its sessions. Everything else stays with the account. So nothing
     * that was prepared in it reaches the owner of the address, and its creator loses only an address that is not
     * theirs.
     *
     * @return whether the address is free now. An account of a user storage is not changed: the storage decides about
     *     its address, whether or not Keycloak could change it there
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

    /** Whether a user storage decides about the address. It may write a change to a directory that others use too. */
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

    /**
     * Ends all sessions, offline ones too, and tells the applications. Tokens that were issued before become invalid.
     */
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
        // Signing out has set its own authentication session and client, and the sign-in goes on.
        context.setAuthenticationSession(signIn);
        context.setClient(client);
    }

    private void end(UserSessionModel userSession, AuthenticationSessionModel signIn) {
        if (signIn != null
                && userSession.getId().equals(signIn.getParentSession().getId())) {
            // Keycloak's own sign-out would end the sign-in that runs in the same browser.
            session.sessions().removeUserSession(realm, userSession);
        } else {
            AuthenticationManager.backchannelLogout(session, userSession, true);
        }
    }
}
