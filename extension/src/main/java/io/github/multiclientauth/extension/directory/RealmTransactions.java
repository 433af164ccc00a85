package io.github.multiclientauth.extension.directory;

import java.util.function.BiFunction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Reads a realm in separate transactions. They see the present state and not what the request has read before. A query
 * that fails does not break the request. What a transaction has read is released when it ends.
 */
final class RealmTransactions {

    private final KeycloakSessionFactory factory;
    private final String realmId;

    RealmTransactions(KeycloakSessionFactory factory, String realmId) {
        this.factory = factory;
        this.realmId = realmId;
    }

    /** @param reading must not return anything that belongs to the session */
    <T> T read(BiFunction<KeycloakSession, RealmModel, T> reading) {
        return KeycloakModelUtils.runJobInTransactionWithResult(factory, session -> {
            RealmModel realm = session.realms().getRealm(realmId);
            session.getContext().setRealm(realm);
            return reading.apply(session, realm);
        });
    }
}
