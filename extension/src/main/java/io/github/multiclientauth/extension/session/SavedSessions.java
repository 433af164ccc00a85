package io.github.multiclientauth.extension.session;

import java.lang.reflect.Method;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.provider.Provider;

/**
 * Finds sessions that were deleted and came back. Keycloak puts a session that it reads or extends into its cache without a
 * lock. If another thread or node deletes the session meanwhile, the copy in the cache stays, and with it the session, for as
 * long as it would have lasted. Observed on Keycloak 26.7.4: of sessions that were extended without a pause while they were
 * deleted, most came back.
 */
public final class SavedSessions {

    /** The provider that has all sessions in the database. With another one, the database does not say what is alive. */
    private static final String PERSISTENT = "org.keycloak.models.sessions.infinispan.PersistentUserSessionProvider";

    /** Loaded by name: its JAR cannot be had from Maven Central for all versions. The same from Keycloak 26.0 to 26.7. */
    private static final String DATABASE = "org.keycloak.models.session.UserSessionPersisterProvider";

    private SavedSessions() {}

    /** Returns whether a session that was found is not in the database any more. Removes what was found then. */
    public static boolean isDeleted(KeycloakSession session, UserSessionModel found) {
        if (!session.sessions().getClass().getName().equals(PERSISTENT) || isSaved(session, found)) {
            return false;
        }
        RealmModel realm = found.getRealm();
        if (found.isOffline()) {
            session.sessions().removeOfflineUserSession(realm, found);
        } else {
            session.sessions().removeUserSession(realm, found);
        }
        return true;
    }

    private static boolean isSaved(KeycloakSession session, UserSessionModel found) {
        try {
            Class<? extends Provider> type = Class.forName(DATABASE).asSubclass(Provider.class);
            Method load = type.getMethod("loadUserSession", RealmModel.class, String.class, boolean.class);
            return load.invoke(session.getProvider(type), found.getRealm(), found.getId(), found.isOffline()) != null;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Sessions cannot be read from the database", e);
        }
    }
}
