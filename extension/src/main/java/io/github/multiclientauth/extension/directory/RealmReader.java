package io.github.multiclientauth.extension.directory;

import io.github.multiclientauth.extension.application.ClientName;
import io.github.multiclientauth.extension.application.OptIn;
import io.github.multiclientauth.extension.listing.OwnLoginLabels;
import io.github.multiclientauth.extension.listing.RealmContents;
import io.github.multiclientauth.extension.listing.Registration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;

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
        List<Registration> clients = clients(realm);
        return realm.read((session, model) -> new RealmContents(
                clients.stream()
                        .map(client -> client.named(ClientName.of(session, model, client.name())))
                        .map(client -> PushedRequestPolicy.applied(session, client))
                        .toList(),
                ProviderReader.read(session),
                ownLogin(session, model, clients),
                signatureAlgorithm(model)));
    }

    private static String signatureAlgorithm(RealmModel realm) {
        String algorithm = realm.getDefaultSignatureAlgorithm();
        return algorithm == null || algorithm.isEmpty() ? Constants.DEFAULT_SIGNATURE_ALGORITHM : algorithm;
    }

    private static OwnLoginLabels ownLogin(KeycloakSession session, RealmModel realm, List<Registration> clients) {
        String realmFlow = realm.getBrowserFlow().getId();
        Map<String, String> labels = new HashMap<>();
        Stream.concat(
                        Stream.of(realmFlow),
                        clients.stream().map(Registration::browserFlow).filter(Objects::nonNull))
                .distinct()
                .forEach(flow -> {
                    String label = OptIn.settings(realm, flow).ownLoginLabel();
                    if (!label.isEmpty()) {
                        labels.put(flow, ClientName.of(session, realm, label));
                    }
                });
        String name = realm.getDisplayName();
        // Keycloak's own pages show the same.
        String shown = name == null || name.isBlank() ? realm.getName() : ClientName.of(session, realm, name);
        return new OwnLoginLabels(labels, shown, realmFlow);
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
