package io.github.multiclientauth.extension.directory;

import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;

/**
 * Runs a task after the transaction is committed. Keycloak reports a change before that, and reading at that moment
 * would return the old state.
 */
public final class AfterCommit extends AbstractKeycloakTransaction {

    private final Runnable task;

    private AfterCommit(Runnable task) {
        this.task = task;
    }

    /**
     * Runs it then.
     *
     * @param session {@code null} if the session of the change is unknown; then the task runs at once
     */
    public static void run(KeycloakSession session, Runnable task) {
        if (session == null || !session.getTransactionManager().isActive()) {
            task.run();
            return;
        }
        try {
            session.getTransactionManager().enlistAfterCompletion(new AfterCommit(task));
        } catch (IllegalStateException committed) {
            // Newer versions of Keycloak say so where an event is published after the commit.
            task.run();
        }
    }

    @Override
    protected void commitImpl() {
        task.run();
    }

    @Override
    protected void rollbackImpl() {
        // Nothing has changed.
    }
}
