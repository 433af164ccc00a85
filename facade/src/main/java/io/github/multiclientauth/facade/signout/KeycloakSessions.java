package io.github.multiclientauth.facade.signout;

import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.event.Events;
import io.github.multiclientauth.facade.event.SignOutEvent;
import io.github.multiclientauth.facade.oidc.SessionKeeper;
import io.github.multiclientauth.facade.oidc.SessionKeeper.Ending;
import io.github.multiclientauth.facade.session.Revocations;
import io.github.multiclientauth.facade.wire.AuthRequest;
import io.github.multiclientauth.facade.wire.Reference;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Ends sessions at Keycloak. Only sign-outs use its threads and its queue, and each session takes one place in the queue
 * however often it is signed out, so that strangers cannot fill it.
 *
 * <p>If Keycloak could not end a session, it is tried again until Keycloak has ended it or it is too old, and at once when
 * Keycloak answers again. While Keycloak fails, it is asked for one session of each client at a time; each success adds one,
 * up to {@link #MOST_AT_ONCE}. In memory only: a restart forgets them.
 */
public final class KeycloakSessions {

    /** How long a person waits at most. Keycloak nearly always answers within that time. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(3);

    /**
     * How long a browser has time to end a session at Keycloak by itself. Then it is ended for it: the tab may have been
     * closed.
     */
    static final Duration FOR_BROWSERS = Duration.ofMinutes(2);

    /** Longer than Keycloak keeps an idle session by default. */
    static final Duration TRIED_FOR = Duration.ofHours(1);

    static final Duration SHORTEST_PAUSE = Duration.ofSeconds(2);
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    /** About 2 KiB each. */
    static final int MAX_LEFT = 5000;

    static final int MAX_LEFT_OF_ONE_CLIENT = 1000;

    /** Other facades believe a copy of the cookie until Keycloak has ended the session, so one after the other is too slow. */
    static final int MOST_AT_ONCE = 4;

    private final SessionKeeper keycloak;
    private final Revocations revocations;
    private final Executor executor;
    private final Timer timer;
    private final Clock clock;
    private final Events events;

    private final Map<Key, CompletableFuture<Ending>> running = new ConcurrentHashMap<>();

    /** Sessions to try again, by client. The first of each is the next one. Guarded by itself, as are its values. */
    private final Map<ClientId, Waiting> waiting = new HashMap<>();

    /** Guarded by {@link #waiting}. */
    private int lastRow;

    /** Runs a short task later. */
    public interface Timer {
        void after(Duration delay, Runnable task);
    }

    /** The sessions of one client. Keycloak may refuse all of one client with a wrong secret, and none of another. */
    private static final class Waiting {

        private final Map<Key, Left> left = new LinkedHashMap<>();
        private final Set<Key> tried = new HashSet<>();
        private Duration pause = SHORTEST_PAUSE;

        /** Only the last row of retries that was begun goes on. */
        private int row;

        /** How many retries run or wait for a thread or the end of the pause. */
        private int retries = 1;

        private Waiting(int row) {
            this.row = row;
        }

        private void begin(int newRow) {
            row = newRow;
            pause = SHORTEST_PAUSE;
            retries = 1;
        }

        /** The next session that no other retry is trying now. */
        private Optional<Left> next() {
            Optional<Left> next = left.values().stream()
                    .filter(session -> !tried.contains(session.key()))
                    .findFirst();
            next.ifPresent(session -> tried.add(session.key()));
            return next;
        }

        /** The session that did not end is the last one now. */
        private void settle(Left session, boolean ended) {
            tried.remove(session.key());
            left.remove(session.key());
            if (ended) {
                pause = SHORTEST_PAUSE;
            } else {
                left.put(session.key(), session);
            }
        }

        private List<Left> removeTooOld(Instant now) {
            List<Left> tooOld = left.values().stream()
                    .filter(session -> session.isTooOld(now) && !tried.contains(session.key()))
                    .toList();
            left.values().removeAll(tooOld);
            return tooOld;
        }
    }

    private record Key(ClientId client, String sid) {}

    /** A session that Keycloak could not end yet, and the request that signed out. */
    private record Left(Key key, Reference reference, Instant since) {

        boolean isTooOld(Instant now) {
            return now.isAfter(since.plus(TRIED_FOR));
        }
    }

    /** @param executor runs what waits for Keycloak, and nothing but sign-outs */
    public KeycloakSessions(
            SessionKeeper keycloak,
            Revocations revocations,
            Executor executor,
            Timer timer,
            Clock clock,
            Events events) {
        this.keycloak = keycloak;
        this.revocations = revocations;
        this.executor = executor;
        this.timer = timer;
        this.clock = clock;
        this.events = events;
    }

    /**
     * Ends a session within {@link #LONGEST_WAIT}. Later than that, Keycloak's session may still be alive. Never fails.
     *
     * @param returnTo where a browser can go in the end that ends the session itself; empty if it must not
     */
    CompletableFuture<Ending> end(AuthRequest request, String sid, Optional<String> returnTo) {
        Left session = new Left(new Key(request.application().clientId(), sid), request.reference(), clock.instant());
        CompletableFuture<Ending> answer = new CompletableFuture<>();
        asked(session, returnTo).thenAccept(ending -> {
            if (!answer.complete(ending)) {
                late(session, ending);
            }
        });
        if (!answer.isDone()) {
            timer.after(
                    LONGEST_WAIT,
                    () -> answer.complete(new Ending.Failed("no answer within " + LONGEST_WAIT.toSeconds() + " s")));
        }
        return answer;
    }

    /** The browser has got its answer already. */
    private void late(Left session, Ending ending) {
        if (isInBrowser(ending)) {
            asked(session, Optional.empty());
        } else if (isOver(ending)) {
            endedLater(session);
        }
    }

    private CompletableFuture<Ending> asked(Left session, Optional<String> returnTo) {
        CompletableFuture<Ending> own = new CompletableFuture<>();
        CompletableFuture<Ending> others = running.putIfAbsent(session.key(), own);
        if (others != null) {
            return others;
        }
        try {
            executor.execute(() -> finish(session, own, endNow(session, returnTo)));
        } catch (RejectedExecutionException e) {
            finish(session, own, new Ending.Failed(e.getMessage()));
        }
        return own;
    }

    private void finish(Left session, CompletableFuture<Ending> result, Ending ending) {
        running.remove(session.key());
        if (isInBrowser(ending)) {
            timer.after(FOR_BROWSERS, () -> asked(session, Optional.empty()));
        } else if (!isOver(ending)) {
            keep(session);
        }
        result.complete(ending);
    }

    private Ending endNow(Left session, Optional<String> returnTo) {
        ClientId client = session.key().client();
        String sid = session.key().sid();
        try {
            Ending ending = returnTo.map(address -> keycloak.endInBrowser(client, sid, address))
                    .orElseGet(() -> keycloak.end(client, sid));
            if (ending.match(ended -> true, inBrowser -> true, notThere -> false, failed -> false)) {
                // Sessions that other applications have begun with it meanwhile have ended, too. If Keycloak has no
                // such
                // session of this client, the application's server may have made up the cookie.
                revocations.revoke(sid);
            }
            return ending;
        } catch (RuntimeException e) {
            // Even with a bug here a person who signs out must get an answer.
            return new Ending.Failed(e.toString());
        }
    }

    private static boolean isOver(Ending ending) {
        return ending.match(ended -> true, inBrowser -> false, notThere -> true, failed -> false);
    }

    private static boolean isInBrowser(Ending ending) {
        return ending.match(ended -> false, inBrowser -> true, notThere -> false, failed -> false);
    }

    private void keep(Left session) {
        ClientId client = session.key().client();
        synchronized (waiting) {
            Waiting queue = waiting.containsKey(client) ? waiting.get(client) : new Waiting(++lastRow);
            if (queue.left.containsKey(session.key())) {
                return;
            }
            if (hasRoom(queue)) {
                queue.left.put(session.key(), session);
                if (waiting.put(client, queue) == null) {
                    int row = queue.row;
                    timer.after(queue.pause, () -> retry(client, row));
                }
                return;
            }
        }
        givenUp(session, "too many sessions wait to be ended");
    }

    private boolean hasRoom(Waiting queue) {
        return queue.left.size() < MAX_LEFT_OF_ONE_CLIENT
                && waiting.values().stream().mapToInt(each -> each.left.size()).sum() < MAX_LEFT;
    }

    /** Tries all sessions that are left at once. Until then the sessions go on at other replicas. */
    public void keycloakIsBack() {
        Map<ClientId, Integer> rows = new HashMap<>();
        synchronized (waiting) {
            waiting.forEach((client, queue) -> {
                queue.begin(++lastRow);
                rows.put(client, lastRow);
            });
        }
        rows.forEach(this::retry);
    }

    private void retry(ClientId client, int row) {
        try {
            executor.execute(() -> retryNow(client, row));
        } catch (RejectedExecutionException e) {
            pause(client, row);
        }
    }

    /** Tries one session again. Others follow at once if it has ended, after a pause otherwise. */
    private void retryNow(ClientId client, int row) {
        Optional<Left> next;
        synchronized (waiting) {
            next = waiting(client, row).flatMap(Waiting::next);
        }
        if (next.isEmpty()) {
            pause(client, row);
            return;
        }
        boolean ended = isOver(endNow(next.get(), Optional.empty()));
        if (ended) {
            endedLater(next.get());
        }
        settle(client, next.get(), ended);
        if (ended) {
            goOn(client, row);
        } else {
            pause(client, row);
        }
    }

    /** The sessions of the client that wait, if this row of retries is still the last one. */
    private Optional<Waiting> waiting(ClientId client, int row) {
        return Optional.ofNullable(waiting.get(client)).filter(queue -> queue.row == row);
    }

    private void settle(ClientId client, Left tried, boolean ended) {
        List<Left> tooOld = List.of();
        synchronized (waiting) {
            Waiting queue = waiting.get(client);
            if (queue != null) {
                queue.settle(tried, ended);
                tooOld = queue.removeTooOld(clock.instant());
                if (queue.left.isEmpty()) {
                    waiting.remove(client);
                }
            }
        }
        tooOld.forEach(session -> givenUp(session, "it was tried for " + TRIED_FOR.toMinutes() + " minutes"));
    }

    /** Keycloak answers: one more retry than before. */
    private void goOn(ClientId client, int row) {
        boolean more;
        synchronized (waiting) {
            Optional<Waiting> queue = waiting(client, row);
            if (queue.isEmpty()) {
                return;
            }
            more = queue.get().retries < MOST_AT_ONCE;
            queue.get().retries += more ? 1 : 0;
        }
        retry(client, row);
        if (more) {
            retry(client, row);
        }
    }

    /** This retry ends. If it was the last one, another follows after a pause. */
    private void pause(ClientId client, int row) {
        Duration now;
        synchronized (waiting) {
            Optional<Waiting> queue = waiting(client, row);
            if (queue.isEmpty() || --queue.get().retries > 0) {
                return;
            }
            queue.get().retries = 1;
            now = queue.get().pause;
            Duration twice = now.multipliedBy(2);
            queue.get().pause = twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
        }
        timer.after(now, () -> retry(client, row));
    }

    private void endedLater(Left session) {
        events.report(new SignOutEvent.KeycloakSessionEndedLater(
                session.reference(), session.key().client(), session.key().sid()));
    }

    private void givenUp(Left session, String reason) {
        events.report(new SignOutEvent.KeycloakSessionGivenUp(
                session.reference(), session.key().client(), session.key().sid(), reason));
    }
}
