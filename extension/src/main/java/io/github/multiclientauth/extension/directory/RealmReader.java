package io.github.multiclientauth.extension.directory;

import io.github.multiclientauth.extension.listing.RealmContents;
import io.github.multiclientauth.extension.listing.Registration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.keycloak.models.KeycloakSessionFactory;

/** Reads a realm, with all its clients at once if Keycloak's storage allows it. */
final class RealmReader {

    private final boolean bulk;
    private final ClientReader storage = new StorageClientReader();
    private final ClientReader models = new ModelClientReader();
    private final AtomicBoolean failing = new AtomicBoolean();

    /** @param bulk whether to query the storage directly at all */
    RealmReader(boolean bulk) {
        this.bulk = bulk;
    }

    RealmContents read(KeycloakSessionFactory factory, String realmId) {
        RealmTransactions realm = new RealmTransactions(factory, realmId);
        return new RealmContents(clients(realm), realm.read((session, model) -> ProviderReader.read(session)));
    }

    private List<Registration> clients(RealmTransactions realm) {
        if (bulk) {
            try {
                List<Registration> clients = storage.read(realm);
                failing.set(false);
                return clients;
            } catch (RuntimeException e) {
                // Logged once, not at each poll.
                if (!failing.getAndSet(true)) {
                    DirectoryLog.LOG.storageNotAsExpected(e);
                }
            }
        }
        return models.read(realm);
    }
}
