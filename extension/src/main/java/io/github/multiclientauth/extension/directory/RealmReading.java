package io.github.multiclientauth.extension.directory;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.keycloak.models.KeycloakSessionFactory;

/** Reads a realm, its clients all at once where Keycloak's storage allows it. */
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
        RealmTransactions realm = new RealmTransactions(factory, realmId);
        return new RealmContents(clients(realm), realm.read((session, model) -> ProviderReading.read(session)));
    }

    private List<Registration> clients(RealmTransactions realm) {
        if (bulk) {
            try {
                List<Registration> clients = storage.read(realm);
                failing.set(false);
                return clients;
            } catch (RuntimeException e) {
                // Told once, not at each poll.
                if (!failing.getAndSet(true)) {
                    DirectoryLog.LOG.storageNotAsExpected(e);
                }
            }
        }
        return models.read(realm);
    }
}
