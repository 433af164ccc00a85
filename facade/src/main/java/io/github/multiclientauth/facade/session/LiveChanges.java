package io.github.multiclientauth.facade.session;

import io.github.multiclientauth.facade.event.ChangesEvent;
import io.github.multiclientauth.facade.event.Events;
import io.github.multiclientauth.facade.oidc.ChangesSource;
import io.github.multiclientauth.facade.oidc.ChangesSource.Change;
import io.github.multiclientauth.facade.oidc.ChangesSource.Fetched;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What has changed at Keycloak since sessions were confirmed. Keycloak is asked every second, so that every replica knows of
 * a change soon, whichever of them caused it.
 *
 * <p>A session that has ended is revoked. Any other change makes the sessions that it may concern due: the next read asks
 * Keycloak, which decides. So a change that is reported twice, or too late, can sign nobody out.
 */
public final class LiveChanges {

    /** About 200 bytes each. Beyond that, the sessions of everybody are due. */
    static final int MAX_KEPT = 10_000;

    /** Longer than the nodes of a cluster need to drop what they keep of a user or client, and than their clocks differ. */
    static final Duration SPREAD_AFTER = Duration.ofMillis(500);

    /** The time of a sign-in may be ahead by that much. A sign-in with the same id takes longer. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMillis(100);

    private final ChangesSource source;
    private final Revocations revocations;
    private final Duration keptFor;
    private final Clock clock;
    private final Events events;

    private final Map<String, UserChange> users = new ConcurrentHashMap<>();
    private final Map<String, Instant> clients = new ConcurrentHashMap<>();

    /** Sessions that were confirmed at this time or before are due, whoever's they are. */
    private volatile Instant everybody;

    /** The latest of all changes. Sessions that were confirmed later need no further look. */
    private volatile Instant latest;

    /** The latest change of any user. */
    private volatile Instant latestOfUsers = Instant.MIN;

    private volatile int failures;

    /** Why the last poll failed; empty text if it succeeded. */
    private volatile String problem = "";

    /** When Keycloak last answered; null before the first time. */
    private volatile Instant answeredAt;

    private volatile Runnable onReachedAgain = () -> {};

    /** Guarded by this, as are the next ones. */
    private Optional<Instant> cursor = Optional.empty();

    /** Until when answers have said that everybody is concerned. */
    private Instant told = Instant.MIN;

    /** @param except the session that the change does not concern */
    private record UserChange(Instant at, Optional<String> except) {

        /** The later of two changes. It concerns every session that one of them concerns. */
        UserChange and(UserChange other) {
            return new UserChange(
                    at.isAfter(other.at) ? at : other.at, except.equals(other.except) ? except : Optional.empty());
        }
    }

    /**
     * Until the first poll, everything may have changed.
     *
     * @param policy how long a session can be valid without being confirmed
     */
    public LiveChanges(
            ChangesSource source, Revocations revocations, SessionPolicy policy, Clock clock, Events events) {
        this.source = source;
        this.revocations = revocations;
        this.keptFor = policy.longestUnconfirmed().plusMinutes(1);
        this.clock = clock;
        this.events = events;
        this.everybody = clock.instant();
        this.latest = everybody;
    }

    /** @param task called when the changes can be read again */
    public void whenReachedAgain(Runnable task) {
        onReachedAgain = task;
    }

    /** The number of failed polls in a row. */
    public int failures() {
        return failures;
    }

    /** Why the last poll failed; empty text if it succeeded, or none has ended yet. */
    public String problem() {
        return problem;
    }

    /** When Keycloak last answered; empty before the first time. */
    public Optional<Instant> answeredAt() {
        return Optional.ofNullable(answeredAt);
    }

    /**
     * Whether something that may concern the session has changed since it was last confirmed, or shortly before: another node
     * of Keycloak may not have known of the change yet.
     */
    boolean concern(Session session) {
        return concern(session, session.checkedAt().minus(SPREAD_AFTER));
    }

    /** Whether something that may concern the session has changed since it was last confirmed. */
    boolean areNewerThan(Session session) {
        return concern(session, session.checkedAt());
    }

    /** Whether no change since then has been forgotten. */
    boolean areRememberedSince(Instant at) {
        return at.isAfter(clock.instant().minus(keptFor));
    }

    private boolean concern(Session session, Instant confirmed) {
        return !confirmed.isAfter(latest)
                && (!confirmed.isAfter(everybody)
                        || session.identity().pairwise() && !confirmed.isAfter(latestOfUsers)
                        || concernsUserOf(session, confirmed)
                        || isUpTo(clients.get(session.identity().clientId()), confirmed));
    }

    private boolean concernsUserOf(Session session, Instant confirmed) {
        UserChange change = users.get(session.identity().subject());
        return change != null
                && isUpTo(change.at(), confirmed)
                && !change.except().equals(Optional.of(session.identity().sid()));
    }

    private static boolean isUpTo(Instant change, Instant confirmed) {
        return change != null && !confirmed.isAfter(change);
    }

    /**
     * Asks Keycloak once. Blocks. Only one call runs at a time.
     *
     * @throws RuntimeException for a bug in the facade, which also counts as a failed poll
     */
    public synchronized void poll() {
        try {
            source.fetch(cursor).match(this::take, this::failed);
        } catch (RuntimeException | Error e) {
            // Only its class: its message may quote Keycloak's answer.
            failed("the facade failed to read them: " + e.getClass().getSimpleName());
            throw e;
        }
    }

    private Void take(Fetched.Changes changes) {
        boolean again = failures > 0;
        failures = 0;
        problem = "";
        answeredAt = clock.instant();
        prune();
        changes.changes().forEach(this::take);
        bound(changes.now());
        if (cursor.isEmpty()) {
            // What happened before is unknown. What has happened since is in the answer.
            everybody = later(changes.since(), told);
        } else if (changes.since().isAfter(cursor.get())) {
            events.report(new ChangesEvent.Missed());
            everybodyUpTo(changes.since());
        }
        cursor = Optional.of(changes.now());
        if (again) {
            events.report(new ChangesEvent.ReachedAgain());
            onReachedAgain.run();
        }
        return null;
    }

    private void take(Change change) {
        Instant at = change.at();
        change.match(
                ended -> {
                    if (revocations.revoke(ended.sid(), at.plus(CLOCKS_DIFFER))) {
                        events.report(new ChangesEvent.SessionEnded(ended.sid()));
                    }
                    return null;
                },
                user -> {
                    users.merge(user.userId(), new UserChange(at, user.exceptSid()), UserChange::and);
                    latestOfUsers = later(latestOfUsers, at);
                    return null;
                },
                client -> {
                    clients.merge(client.clientId().value(), at, LiveChanges::later);
                    return null;
                },
                realm -> {
                    everybodyUpTo(at);
                    return null;
                });
        latest = later(latest, at);
    }

    private void everybodyUpTo(Instant at) {
        told = later(told, at);
        everybody = later(everybody, at);
        latest = later(latest, at);
    }

    /** Drops what no session can be older than without being due anyway. */
    private void prune() {
        Instant past = clock.instant().minus(keptFor);
        users.values().removeIf(change -> change.at().isBefore(past));
        clients.values().removeIf(at -> at.isBefore(past));
    }

    private void bound(Instant now) {
        if (users.size() + clients.size() > MAX_KEPT) {
            everybodyUpTo(now);
            users.clear();
            clients.clear();
        }
    }

    private Void failed(Fetched.Failed failed) {
        return failed(failed.reason());
    }

    private Void failed(String reason) {
        if (!reason.equals(problem)) {
            events.report(new ChangesEvent.Unreachable(reason));
        }
        problem = reason;
        failures++;
        return null;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
