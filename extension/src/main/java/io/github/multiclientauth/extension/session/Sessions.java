package io.github.multiclientauth.extension.session;

import java.util.concurrent.Semaphore;
import org.keycloak.models.KeycloakSession;

/** The questions about sessions that run on this server. */
public final class Sessions {

    /**
     * How many requests may run at the same time, each with up to 500 elements. Others are told to try again, so that
     * people who sign in find free threads.
     */
    private static final int MOST = 32;

    /** How many lists of a person's sessions may be made, or ended, at the same time. People wait for confirmations. */
    private static final int MOST_LISTS = 8;

    private final Semaphore running = new Semaphore(MOST);
    private final Semaphore lists = new Semaphore(MOST_LISTS);
    private final RecentChanges changes;

    public Sessions(RecentChanges changes) {
        this.changes = changes;
    }

    /** The endpoint for one request. */
    public SessionsEndpoint sessions(KeycloakSession session) {
        return new SessionsEndpoint(session, changes, running, lists);
    }
}
