package io.github.multiclientauth.facade.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.event.Events;
import io.github.multiclientauth.facade.event.TokenEvent;
import io.github.multiclientauth.facade.oidc.AccessTokenSource;
import io.github.multiclientauth.facade.oidc.AccessTokenSource.Answer;
import io.github.multiclientauth.facade.oidc.AccessTokenSource.Question;
import io.github.multiclientauth.facade.seal.KeyHolder;
import io.github.multiclientauth.facade.wire.AuthRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * The access tokens of sessions. A token is used until shortly before its end, and Keycloak is asked once at a time for each
 * session. Replicas do not share tokens.
 *
 * <p>A token is not used after a change at Keycloak that may concern its session: Keycloak is asked again, and decides.
 */
public final class AccessTokens {

    /** In characters: about 10,000 tokens of the usual size. */
    private static final long MOST_KEPT = 32L << 20;

    /** In characters: what an entry takes beside its token. */
    private static final int OVERHEAD = 500;

    /** How long before its end a token is used no longer: who gets it wants to use it. */
    private static final Duration MARGIN = Duration.ofSeconds(30);

    /** Of a token that lives shortly, the last part of its life. */
    private static final int LAST_PART = 4;

    /** For how long a refusal holds unless something changes. A page of an application may ask many times a second. */
    private static final Duration REFUSED_FOR = Duration.ofMinutes(1);

    /** After a change, one answer serves a burst of requests. */
    private static final Duration SHARED_FOR = Duration.ofSeconds(1);

    /** Then something changes all the time. */
    private static final int MOST_QUESTIONS = 3;

    /** An application's server can make up any number of sessions. The others have room beside them. */
    static final int MOST_RUNNING_OF_ONE_CLIENT = 200;

    /** How long a caller waits. Later ones share the answer. */
    private static final long LONGEST_WAIT_SECONDS = 5;

    private final AccessTokenSource keycloak;
    private final Executor executor;
    private final LiveChanges changes;
    private final Revocations revocations;
    private final Clock clock;
    private final Events events;
    private final ConcurrentMap<Key, Running> running = new ConcurrentHashMap<>();
    private final ConcurrentMap<ClientId, Integer> runningOfClient = new ConcurrentHashMap<>();
    private final Cache<Key, Kept> kept = Caffeine.newBuilder()
            // Cleaned up by the thread that uses it.
            .executor(Runnable::run)
            .expireAfterWrite(Duration.ofHours(1))
            .maximumWeight(MOST_KEPT)
            .weigher((Key key, Kept value) -> value.size())
            .build();

    /**
     * Which token. Each sign-in has its own: one to the same session at Keycloak may have reached a higher level, and after
     * a sign-out it is another session.
     *
     * @param jkt the thumbprint of the key that tokens are bound to
     */
    private record Key(ClientId client, String sid, String subject, Instant signedInAt, Optional<String> jkt) {}

    /**
     * A token or a refusal, and what it is good for.
     *
     * @param at when Keycloak checked the session
     * @param until when it is used no longer
     * @param confirmedAt of the question
     */
    private record Kept(AccessToken answer, Instant at, Instant until, Instant confirmedAt) {

        static Kept token(AccessToken.Issued token, Instant at, Duration life, Instant confirmedAt) {
            Duration last = life.dividedBy(LAST_PART);
            return new Kept(
                    token, at, token.expiresAt().minus(last.compareTo(MARGIN) < 0 ? last : MARGIN), confirmedAt);
        }

        static Kept refusal(AccessToken.Refused refusal, Instant at, Instant confirmedAt) {
            return new Kept(refusal, at, at.plus(REFUSED_FOR), confirmedAt);
        }

        /** In characters. */
        int size() {
            return OVERHEAD
                    + answer.match(issued -> issued.value().length(), refused -> 0, ended -> 0, unavailable -> 0);
        }
    }

    /** @param confirmedAt of the question */
    private record Running(Instant confirmedAt, CompletableFuture<Outcome> outcome) {}

    /** @param kept the answer and more, if it holds for later questions, too */
    private record Outcome(AccessToken token, Optional<Kept> kept) {
        static Outcome of(AccessToken token) {
            return new Outcome(token, Optional.empty());
        }

        static Outcome of(Kept kept) {
            return new Outcome(kept.answer(), Optional.of(kept));
        }
    }

    /**
     * @param executor runs the blocking calls, and nothing but these
     * @param clock Keycloak's
     */
    public AccessTokens(
            AccessTokenSource keycloak,
            Executor executor,
            LiveChanges changes,
            Revocations revocations,
            Clock clock,
            Events events) {
        this.keycloak = keycloak;
        this.executor = executor;
        this.changes = changes;
        this.revocations = revocations;
        this.clock = clock;
        this.events = events;
    }

    /**
     * An access token of a session. Never blocks.
     *
     * @param request of an application whose settings let the caller have tokens
     * @param session as a read has just found it
     * @param jkt the thumbprint of the key that the token has to be bound to (RFC 9449, section 6.1)
     */
    public CompletionStage<AccessToken> of(AuthRequest request, Session session, Optional<String> jkt) {
        Key key = new Key(
                request.application().clientId(),
                session.identity().sid(),
                session.identity().subject(),
                session.signedInAt(),
                jkt);
        Kept known = kept.getIfPresent(key);
        if (known != null && isUsable(known, session)) {
            report(request, session, known.answer(), false);
            return CompletableFuture.completedFuture(known.answer());
        }
        return ask(request, key, session, 1);
    }

    private CompletionStage<AccessToken> ask(AuthRequest request, Key key, Session session, int number) {
        Running own = new Running(session.checkedAt(), new CompletableFuture<>());
        Running shared = running.compute(
                key, (same, others) -> others == null || !holds(others.confirmedAt(), session) ? own : others);
        boolean first = shared == own && !isAnsweredMeanwhile(key, session, own);
        if (first) {
            begin(key, session, own);
        }
        return inTime(shared.outcome()).thenCompose(outcome -> {
            boolean outdated =
                    outcome.kept().filter(found -> !isValid(found, session)).isPresent();
            if (outdated && number < MOST_QUESTIONS) {
                // Something has changed while Keycloak was being asked.
                return ask(request, key, session, number + 1);
            }
            AccessToken token = outdated
                    ? new AccessToken.Unavailable("something that concerns the session changes all the time")
                    : outcome.token();
            report(request, session, token, first);
            return CompletableFuture.completedFuture(token);
        });
    }

    /** The answer to another question may have come between the look at what is kept and this question. */
    private boolean isAnsweredMeanwhile(Key key, Session session, Running own) {
        Kept known = kept.getIfPresent(key);
        if (known == null || !isUsable(known, session)) {
            return false;
        }
        running.remove(key, own);
        own.outcome().complete(Outcome.of(known));
        return true;
    }

    private void report(AuthRequest request, Session session, AccessToken token, boolean first) {
        events.report(token.match(
                issued -> first
                        ? new TokenEvent.Issued(request, session.identity().actor())
                        : new TokenEvent.Cached(request.application().clientId()),
                refused -> new TokenEvent.Refused(request, session.identity().actor(), false, refused.reason()),
                ended -> new TokenEvent.Refused(request, session.identity().actor(), true, ended.reason()),
                unavailable ->
                        new TokenEvent.Unavailable(request, session.identity().actor(), unavailable.reason())));
    }

    private boolean isUsable(Kept known, Session session) {
        return clock.instant().isBefore(known.until()) && isValid(known, session);
    }

    private boolean isValid(Kept known, Session session) {
        return holds(known.confirmedAt(), session)
                && !changedSince(known.at(), session)
                && !revocations.isRevoked(
                        session, KeyHolder.application(session.identity().clientId()));
    }

    /** Whether an answer to that question holds for this session, too. (An application's server can make cookies with any time.) */
    private static boolean holds(Instant confirmedAt, Session session) {
        return !confirmedAt.isAfter(session.checkedAt());
    }

    /** A token may live for longer than changes are remembered. */
    private boolean changedSince(Instant at, Session session) {
        if (!changes.areRememberedSince(at)) {
            return true;
        }
        Session then = new Session(session.identity(), session.signedInAt(), at, session.endsAt());
        return at.plus(SHARED_FOR).isAfter(clock.instant()) ? changes.areNewerThan(then) : changes.concern(then);
    }

    private void begin(Key key, Session session, Running own) {
        if (runningOfClient.merge(key.client(), 1, Integer::sum) > MOST_RUNNING_OF_ONE_CLIENT) {
            finish(key, own, Outcome.of(new AccessToken.Unavailable("too many tokens of this client are wanted")));
            return;
        }
        try {
            executor.execute(() -> {
                try {
                    finish(key, own, asked(key, session));
                } catch (RuntimeException | Error e) {
                    end(key, own);
                    own.outcome().completeExceptionally(e);
                    throw e;
                }
            });
        } catch (RejectedExecutionException e) {
            finish(key, own, Outcome.of(new AccessToken.Unavailable(e.getMessage())));
        }
    }

    private void finish(Key key, Running own, Outcome outcome) {
        outcome.kept().ifPresent(found -> kept.put(key, found));
        end(key, own);
        own.outcome().complete(outcome);
    }

    private void end(Key key, Running own) {
        running.remove(key, own);
        runningOfClient.computeIfPresent(key.client(), (same, number) -> number == 1 ? null : number - 1);
    }

    private Outcome asked(Key key, Session session) {
        Instant confirmedAt = session.checkedAt();
        Instant before = clock.instant();
        Answer answer = keycloak.ask(new Question(key.client(), key.sid(), confirmedAt, key.jkt()));
        return answer.match(
                issued -> issued.subject().equals(key.subject())
                        ? Outcome.of(issued(issued, confirmedAt))
                        : none(key, new AccessToken.Ended("Keycloak's session is of another user")),
                refused -> Outcome.of(Kept.refusal(new AccessToken.Refused(refused.reason()), before, confirmedAt)),
                ended -> none(key, new AccessToken.Ended(ended.reason())),
                // That says nothing about a token that was issued before.
                unknown -> Outcome.of(new AccessToken.Unavailable(unknown.reason())));
    }

    private Outcome none(Key key, AccessToken token) {
        kept.invalidate(key);
        return Outcome.of(token);
    }

    private static Kept issued(Answer.Issued issued, Instant confirmedAt) {
        AccessToken.Issued token = new AccessToken.Issued(
                issued.value(), issued.type(), issued.at().plus(issued.life()), issued.scope());
        return Kept.token(token, issued.at(), issued.life(), confirmedAt);
    }

    private static CompletableFuture<Outcome> inTime(CompletableFuture<Outcome> outcome) {
        if (outcome.isDone()) {
            return outcome;
        }
        // A copy, so that the question goes on and later callers share its answer.
        return outcome.copy()
                .completeOnTimeout(
                        Outcome.of(new AccessToken.Unavailable("no answer within " + LONGEST_WAIT_SECONDS + " s")),
                        LONGEST_WAIT_SECONDS,
                        TimeUnit.SECONDS);
    }
}
