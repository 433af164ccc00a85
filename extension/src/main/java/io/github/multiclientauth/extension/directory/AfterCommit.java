package io.github.multiclientauth.extension.directory;

import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;

/** Keycloak tells of a change before it is committed: whoever read again at that moment would read what was. */
final class AfterCommit extends AbstractKeycloakTransaction {

    private final Runnable task;

    private AfterCommit(Runnable task) {
        this.task = task;
    }

    /** @param session {@code null} if nobody knows in which one the change is made; then this is the best moment */
    static void run(KeycloakSession session, Runnable task) {
        if (session != null && session.getTransactionManager().isActive()) {
            session.getTransactionManager().enlistAfterCompletion(new AfterCommit(task));
        } else {
            task.run();
        }
    }

    @Override
    protected void commitImpl() {
        task.run();
    }

    @Override
    protected void rollbackImpl() {
        // Then nothing has changed.
    }
}
