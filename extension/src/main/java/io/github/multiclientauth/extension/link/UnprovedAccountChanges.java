package io.github.multiclientauth.extension.link;

import io.github.multiclientauth.extension.EmailAddress;
import java.util.List;
import java.util.stream.Stream;
import org.keycloak.common.util.Time;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserConsentModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.storage.ReadOnlyException;

/**
 * What becomes of an account whose address was never verified, once somebody has proved the address. Nobody knows who made the account:
 * a person who never clicked on the link, or one who waits for the owner of the address to come.
 */
record UnprovedAccountChanges(KeycloakSession session, RealmModel realm) {

    /**
     * Takes the address from the account, and ends its sessions. All else stays with whoever made it, so that nothing that was prepared
     * on the account reaches the owner of the address, and nobody loses more than an address that is not theirs.
     *
     * @return whether the address is free now; it is not if the account comes from a user storage that keeps its people's addresses
     *     itself: it is the storage's word then
     */
    boolean takeAddress(UserModel account, EmailAddress address) {
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

    /** Takes from the account whatever somebody can enter it with, or has entered it with. */
    void empty(UserModel account) {
        links(account).forEach(alias -> session.users().removeFederatedIdentity(realm, account, alias));
        account.credentialManager()
                .getStoredCredentialsStream()
                .map(CredentialModel::getId)
                .toList()
                .forEach(account.credentialManager()::removeStoredCredentialById);
        session.users()
                .getConsentsStream(realm, account.getId())
                .map(UserConsentModel::getClient)
                .map(ClientModel::getId)
                .toList()
                .forEach(client -> session.users().revokeConsentForClient(realm, account.getId(), client));
        endSessions(account);
    }

    private boolean isFoundBy(EmailAddress address, UserModel account) {
        UserModel found = session.users().getUserByEmail(realm, address.text());
        return found != null && found.getId().equals(account.getId());
    }

    private List<String> links(UserModel account) {
        return session.users()
                .getFederatedIdentitiesStream(realm, account)
                .map(FederatedIdentityModel::getIdentityProvider)
                .toList();
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
