package io.github.multiclientauth.extension.link;

import io.github.multiclientauth.extension.EmailAddress;
import java.util.Map;
import java.util.Optional;
import org.keycloak.authentication.authenticators.broker.AbstractIdpAuthenticator;
import org.keycloak.authentication.authenticators.broker.util.SerializedBrokeredIdentityContext;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The proof that the owner of an e-mail address has confirmed, by e-mail, to be the person who came with a provider. It
 * is kept for as long as such a link is valid, and only for this account at this provider: the person may abandon the
 * sign-in that waits for it and begin again.
 */
final class MailProofNote {

    private static final String NAME = "mca.mail-proof";

    private MailProofNote() {}

    /** @param waiting the sign-in that the link was sent for */
    static void write(KeycloakSession session, AuthenticationSessionModel waiting, EmailAddress address) {
        newcomer(waiting)
                .filter(identity -> address.isSameAs(identity.getEmail()))
                .ifPresent(identity -> {
                    RealmModel realm = waiting.getRealm();
                    String key = key(realm, identity.getIdentityProviderId(), identity.getId(), identity.getEmail());
                    waiting.setAuthNote(NAME, key);
                    session.singleUseObjects().put(key, realm.getActionTokenGeneratedByUserLifespan(), Map.of());
                });
    }

    /** The person who waits in this sign-in for a proof; empty if there is none. */
    static Optional<SerializedBrokeredIdentityContext> newcomer(AuthenticationSessionModel signIn) {
        return Optional.ofNullable(SerializedBrokeredIdentityContext.readFromAuthenticationSession(
                signIn, AbstractIdpAuthenticator.BROKERED_CONTEXT_NOTE));
    }

    /** Whether there is a proof. It is kept. */
    static boolean isThere(
            KeycloakSession session, AuthenticationSessionModel signIn, BrokeredIdentityContext identity) {
        return of(identity)
                .map(address -> key(signIn.getRealm(), identity))
                .filter(key -> key.equals(signIn.getAuthNote(NAME))
                        || session.singleUseObjects().contains(key))
                .isPresent();
    }

    /** Returns the proof and removes it. */
    static Optional<EmailAddress> take(
            KeycloakSession session, AuthenticationSessionModel signIn, BrokeredIdentityContext identity) {
        return of(identity).filter(address -> {
            String key = key(signIn.getRealm(), identity);
            boolean noted = key.equals(signIn.getAuthNote(NAME));
            signIn.removeAuthNote(NAME);
            return session.singleUseObjects().remove(key) != null || noted;
        });
    }

    private static Optional<EmailAddress> of(BrokeredIdentityContext identity) {
        return EmailAddress.of(identity.getEmail());
    }

    private static String key(RealmModel realm, BrokeredIdentityContext identity) {
        return key(realm, identity.getIdpConfig().getAlias(), identity.getId(), identity.getEmail());
    }

    /** Builds the key. An id may have any characters, so its length is part of the key. */
    private static String key(RealmModel realm, String provider, String id, String email) {
        return String.join("/", NAME, realm.getId(), provider, String.valueOf(id.length()), id, email);
    }
}
