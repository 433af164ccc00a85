package io.github.multiclientauth.facade.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.oidc.SessionKeeper;
import io.github.multiclientauth.facade.oidc.SessionKeeper.Question;
import io.github.multiclientauth.facade.oidc.SessionKeeper.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Asks Keycloak whether sessions are alive. What is asked within a few milliseconds goes into one request, and each session
 * is asked about once at a time.
 *
 * <p>Sessions that are alive are remembered, since pages go on sending the cookie that they loaded with for a while, and an
 * application's server may be unable to pass on the new one.
 */
public final class Confirmations {

    /** Requests of a page come in a burst. Longer than that burst a person would notice. */
    private static final long GATHERED_FOR_MILLIS = 3;

    /** Sessions of one request. More save nothing, and make each of them wait for the others. */
    static final int MAX_TOGETHER = 100;

    /** Beyond that number Keycloak is much too slow for the load. */
    static final int MAX_WAITING = 10_000;

    /** An application's server can make up any number of sessions. The others have room beside them. */
    static final int MAX_WAITING_OF_ONE_CLIENT = MAX_WAITING / 2;

    /** About 1 KiB each. */
    private static final int MAX_REMEMBERED = 20_000;

    /** How long a read waits. Then it is answered without Keycloak, and later reads share the answer. */
    private static final long LONGEST_WAIT_SECONDS = 5;

    private final SessionKeeper keycloak;
    private final Executor executor;
    private final Gathering gathering;
    private final ConcurrentMap<Question, CompletableFuture<Verdict>> running = new ConcurrentHashMap<>();
    private final BlockingQueue<Waiting> waiting = new LinkedBlockingQueue<>(MAX_WAITING);
    private final AtomicBoolean collecting = new AtomicBoolean();
    private final ConcurrentMap<ClientId, Integer> waitingOfClient = new ConcurrentHashMap<>();
    private final Cache<Key, Remembered> alive;

    /** Waits while further questions arrive. */
    @FunctionalInterface
    public interface Gathering {

        Gathering A_MOMENT = () -> TimeUnit.MILLISECONDS.sleep(GATHERED_FOR_MILLIS);

        void await() throws InterruptedException;
    }

    private record Key(ClientId client, String sid) {}

    /** @param confirmedAt of the question */
    private record Remembered(Verdict.Alive verdict, Instant confirmedAt) {}

    private record Waiting(Question question, CompletableFuture<Verdict> answer) {}

    /**
     * @param executor runs the blocking calls, and nothing but these
     * @param remembered how long an answer is remembered
     */
    public Confirmations(SessionKeeper keycloak, Executor executor, Gathering gathering, Duration remembered) {
        this.keycloak = keycloak;
        this.executor = executor;
        this.gathering = gathering;
        this.alive = Caffeine.newBuilder()
                // Cleaned up by the thread that uses it.
                .executor(Runnable::run)
                .expireAfterWrite(remembered)
                .maximumSize(MAX_REMEMBERED)
                .build();
    }

    /**
     * A question that is running.
     *
     * @param answer completes within {@link #LONGEST_WAIT_SECONDS}, and exceptionally only because of a bug
     * @param first whether Keycloak is asked for this caller; others share the answer
     */
    record Asked(CompletableFuture<Verdict> answer, boolean first) {}

    /**
     * The last answer about the session, if it was alive. Only an answer that holds for this cookie too: the question said that
     * Keycloak had confirmed the session at the same time or earlier. (A preview's server can make cookies with any time.)
     */
    Optional<Verdict.Alive> remembered(ClientId client, String sid, Instant confirmedAt) {
        return Optional.ofNullable(alive.getIfPresent(new Key(client, sid)))
                .filter(last -> !last.confirmedAt().isAfter(confirmedAt))
                .map(Remembered::verdict);
    }

    /** Asks, unless somebody else is asking the same already. */
    Asked ask(Question question) {
        CompletableFuture<Verdict> own = new CompletableFuture<>();
        CompletableFuture<Verdict> others = running.putIfAbsent(question, own);
        if (others != null) {
            return new Asked(inTime(others), false);
        }
        queue(new Waiting(question, own));
        return new Asked(inTime(own), true);
    }

    /**
     * Asks about a session that begins. An answer to somebody else could be about an older one with the same id.
     *
     * @return completes like the answer of {@link Asked}
     */
    public CompletableFuture<Verdict> askAnew(Question question) {
        CompletableFuture<Verdict> own = new CompletableFuture<>();
        queue(new Waiting(question, own));
        return inTime(own);
    }

    private void queue(Waiting asked) {
        ClientId client = asked.question().client();
        if (waitingOfClient.merge(client, 1, Integer::sum) <= MAX_WAITING_OF_ONE_CLIENT && waiting.offer(asked)) {
            collect();
        } else {
            noLongerWaits(client);
            finish(asked, new Verdict.Unknown("too many sessions wait to be confirmed"));
        }
    }

    private static CompletableFuture<Verdict> inTime(CompletableFuture<Verdict> answer) {
        if (answer.isDone()) {
            // No time limit for an answer that exists already: it would wake the timer thread for nothing.
            return answer;
        }
        // A copy, so that the question goes on and later reads share its answer.
        return answer.copy()
                .completeOnTimeout(
                        new Verdict.Unknown("no answer within " + LONGEST_WAIT_SECONDS + " s"),
                        LONGEST_WAIT_SECONDS,
                        TimeUnit.SECONDS);
    }

    private void collect() {
        if (!collecting.compareAndSet(false, true)) {
            // The thread that is going to send has not taken its questions yet.
            return;
        }
        try {
            executor.execute(this::send);
        } catch (RejectedExecutionException e) {
            collecting.set(false);
            taken(MAX_WAITING).forEach(each -> finish(each, new Verdict.Unknown(e.getMessage())));
        }
    }

    private void send() {
        List<Waiting> taken = gathered();
        try {
            List<Verdict> verdicts =
                    keycloak.ask(taken.stream().map(Waiting::question).toList());
            for (int i = 0; i < taken.size(); i++) {
                finish(taken.get(i), verdicts.get(i));
            }
        } catch (RuntimeException | Error e) {
            taken.forEach(each -> {
                running.remove(each.question(), each.answer());
                each.answer().completeExceptionally(e);
            });
            throw e;
        }
    }

    private List<Waiting> gathered() {
        try {
            gathering.await();
        } catch (InterruptedException e) {
            // The facade stops. The questions are still sent.
            Thread.currentThread().interrupt();
        }
        // Before the questions are taken: one that comes later starts another thread.
        collecting.set(false);
        List<Waiting> taken = taken(MAX_TOGETHER);
        if (!waiting.isEmpty()) {
            collect();
        }
        return taken;
    }

    private List<Waiting> taken(int most) {
        List<Waiting> taken = new ArrayList<>();
        waiting.drainTo(taken, most);
        taken.forEach(each -> noLongerWaits(each.question().client()));
        return taken;
    }

    private void noLongerWaits(ClientId client) {
        waitingOfClient.computeIfPresent(client, (same, number) -> number == 1 ? null : number - 1);
    }

    private void finish(Waiting asked, Verdict verdict) {
        Question question = asked.question();
        Key key = new Key(question.client(), question.sid());
        // If it has ended, a new one may begin with the same id.
        verdict.match(
                found -> alive.asMap().put(key, new Remembered(found, question.confirmedAt())),
                ended -> alive.asMap().remove(key),
                unknown -> null);
        running.remove(question, asked.answer());
        asked.answer().complete(verdict);
    }
}
