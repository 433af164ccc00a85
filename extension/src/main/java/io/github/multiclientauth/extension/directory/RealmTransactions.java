package io.github.multiclientauth.extension.directory;

import java.util.function.BiFunction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Reads a realm in transactions of their own: what a request has read before must not be what it reads now, a query that
 * fails must not spoil the request, and what one transaction has read is let go of when it ends.
 */
final class RealmTransactions {

    private final KeycloakSessionFactory factory;
    private final String realmId;

    RealmTransactions(KeycloakSessionFactory factory, String realmId) {
        this.factory = factory;
        this.realmId = realmId;
    }

    /** @param reading is not to hand on anything that belongs to the session */
    <T> T read(BiFunction<KeycloakSession, RealmModel, T> reading) {
        return KeycloakModelUtils.runJobInTransactionWithResult(factory, session -> {
            RealmModel realm = session.realms().getRealm(realmId);
            session.getContext().setRealm(realm);
            return reading.apply(session, realm);
        });
    }
}
