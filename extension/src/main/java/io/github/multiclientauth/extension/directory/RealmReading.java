package io.github.multiclientauth.extension.directory;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Reads a realm, its clients all at once where Keycloak's storage allows it. Always in a transaction of its own: what a
 * request has read before must not be what it reads now, and a query that fails must not spoil the request.
 */
final class RealmReading {

    private final boolean bulk;
    private final ClientReading storage = new StorageClientReading();
    private final ClientReading models = new ModelClientReading();
    private final AtomicBoolean failing = new AtomicBoolean();

    /** @param bulk whether to ask the storage directly at all */
    RealmReading(boolean bulk) {
        this.bulk = bulk;
    }

    RealmContents read(KeycloakSessionFactory factory, String realmId) {
        return new RealmContents(
                clients(factory, realmId), apart(factory, realmId, session -> ProviderReading.read(session)));
    }

    private List<Registration> clients(KeycloakSessionFactory factory, String realmId) {
        if (bulk) {
            try {
                List<Registration> clients = apart(factory, realmId, session -> read(storage, session));
                failing.set(false);
                return clients;
            } catch (RuntimeException e) {
                // Told once, not at each poll.
                if (!failing.getAndSet(true)) {
                    DirectoryLog.LOG.storageNotAsExpected(e);
                }
            }
        }
        return apart(factory, realmId, session -> read(models, session));
    }

    private static List<Registration> read(ClientReading reading, KeycloakSession session) {
        return reading.read(session, session.getContext().getRealm());
    }

    private static <T> T apart(KeycloakSessionFactory factory, String realmId, Function<KeycloakSession, T> read) {
        return KeycloakModelUtils.runJobInTransactionWithResult(factory, session -> {
            RealmModel realm = session.realms().getRealm(realmId);
            session.getContext().setRealm(realm);
            return read.apply(session);
        });
    }
}
