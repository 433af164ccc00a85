package io.github.multiclientauth.extension.changes;

import io.github.multiclientauth.extension.changes.Change.RealmChanged;
import io.github.multiclientauth.extension.changes.Change.SessionEnded;
import io.github.multiclientauth.extension.changes.Change.UserChanged;
import io.github.multiclientauth.extension.session.SavedSessions;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderEventListener;

/** Notes changes on this node and tells the others, from the time when the server has started. */
final class Notebook implements ProviderEventListener, AutoCloseable {

    private final Memory memory;
    private final Later later = new Later();
    private volatile OtherNodes others;

    Notebook(Memory memory) {
        this.memory = memory;
    }

    /** Before the server has started, there is no cluster to listen to. */
    @Override
    public void onEvent(ProviderEvent event) {
        if (event instanceof PostMigrationEvent started) {
            TextEvent.find()
                    .ifPresentOrElse(texts -> join(started.getFactory(), texts), () -> ChangesLog.LOG.noCluster(null));
        }
    }

    private void join(KeycloakSessionFactory factory, TextEvent texts) {
        try {
            others = OtherNodes.join(memory, factory, texts);
        } catch (RuntimeException e) {
            ChangesLog.LOG.noCluster(e);
        }
    }

    /** Notes a change that other transactions can see. */
    void note(KeycloakSessionFactory factory, String realmId, Change change) {
        Change noted = change.match(
                session -> isOver(factory, realmId, session), user -> user, client -> client, RealmChanged::new);
        remember(realmId, noted);
        if (change instanceof SessionEnded ended) {
            lookAgain(factory, realmId, ended, noted);
        }
    }

    private void remember(String realmId, Change change) {
        memory.note(realmId, change);
        if (others != null) {
            others.tell(realmId, change);
        }
    }

    /** A session that another thread was reading when it ended may have come back just after the first look. */
    private void lookAgain(KeycloakSessionFactory factory, String realmId, SessionEnded ended, Change first) {
        later.run(() -> {
            Change second = isOver(factory, realmId, ended);
            if (!second.equals(first)) {
                remember(realmId, second);
            }
        });
    }

    /**
     * Looks whether it is over. An online session and an offline one have the same id, and of these two only one may have
     * ended: the event does not say which. Then the one that is left has to be confirmed.
     */
    private static Change isOver(KeycloakSessionFactory factory, String realmId, SessionEnded ended) {
        try {
            return KeycloakModelUtils.runJobInTransactionWithResult(factory, session -> {
                RealmModel realm = session.realms().getRealm(realmId);
                session.getContext().setRealm(realm);
                return Stream.of(
                                session.sessions().getUserSession(realm, ended.sid()),
                                session.sessions().getOfflineUserSession(realm, ended.sid()))
                        .flatMap(Stream::ofNullable)
                        .filter(found -> !SavedSessions.isDeleted(session, found))
                        .map(UserSessionModel::getUser)
                        .flatMap(Stream::ofNullable)
                        .<Change>map(user -> new UserChanged(user.getId()))
                        .findFirst()
                        .orElse(ended);
            });
        } catch (RuntimeException e) {
            ChangesLog.LOG.unknownWhetherOver(e);
            return new RealmChanged();
        }
    }

    @Override
    public void close() {
        later.close();
        if (others != null) {
            others.close();
        }
    }
}
