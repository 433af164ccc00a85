package io.github.multiclientauth.facade.session;

import io.github.multiclientauth.facade.oidc.AuthorizationServer.Refreshment;
import io.github.multiclientauth.facade.oidc.AuthorizationServer.Tokens;
import io.github.multiclientauth.facade.oidc.Identity;
import io.github.multiclientauth.facade.seal.Secret;
import io.github.multiclientauth.facade.wire.AuthRequest;
import io.github.multiclientauth.facade.wire.Reply;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * {@code /api/auth/session}: who is signed in, or {@code null}. Answered from the cookie alone until Keycloak has to be
 * asked again; never an object unless somebody is signed in.
 */
public final class SessionEndpoint {

    private static final String NOBODY = "null";

    private final SessionCookies cookies;
    private final Revocations revocations;
    private final Revalidation revalidation;
    private final SessionPolicy policy;
    private final Clock clock;
    private final SessionLog log;

    public SessionEndpoint(
            SessionCookies cookies,
            Revocations revocations,
            Revalidation revalidation,
            SessionPolicy policy,
            Clock clock,
            SessionLog log) {
        this.cookies = cookies;
        this.revocations = revocations;
        this.revalidation = revalidation;
        this.policy = policy;
        this.clock = clock;
        this.log = log;
    }

    /** How a read was answered. */
    public enum Outcome {
        /** From the cookie alone. */
        COOKIE,
        /** There is no session. */
        NOBODY,
        /** The session is due, and the request has no refresh token to ask Keycloak with. */
        NOT_RENEWABLE,
        /** Keycloak was asked, and the session lives. */
        CONFIRMED,
        /** Keycloak says that it is over, or it was signed out meanwhile. */
        ENDED,
        /** The refreshed tokens are somebody else's. */
        MISMATCH,
        /** Keycloak could not be asked, and the session is believed for a while. */
        GRACE,
        /** Keycloak could not be asked, for too long: 503. */
        UNAVAILABLE
    }

    /** What the endpoint tells the operator. */
    public interface SessionLog {

        /** A read is answered; called for each of them, so it has to be quick. */
        void answered(AuthRequest request, Outcome outcome);

        /**
         * Keycloak was asked about a session: told once, however many reads share the answer.
         *
         * @param provider the alias with which the person signed in
         */
        void refreshed(AuthRequest request, String provider, Outcome outcome);

        /** Keycloak says that the session is over. */
        void ended(AuthRequest request, String reason);

        /** Keycloak could not be asked. */
        void unconfirmed(AuthRequest request, String reason);

        /** The refreshed tokens are somebody else's, or another session's. */
        void mismatch(AuthRequest request);
    }

    /** Answers at once unless Keycloak has to be asked. */
    public CompletionStage<Reply> read(AuthRequest request) {
        return answer(request, false);
    }

    /**
     * As {@link #read}, but asks Keycloak now, so that changed claims are seen. What the caller sends is ignored. Two
     * updates with the same refresh token share one answer for a moment: the second comes from a page that does not have
     * the cookies of the first yet, and using the token twice could end the session.
     */
    public CompletionStage<Reply> update(AuthRequest request) {
        return answer(request, true);
    }

    private CompletionStage<Reply> answer(AuthRequest request, boolean askKeycloak) {
        List<OpenedSession> alive = alive(request);
        if (alive.isEmpty()) {
            return now(nobody(request));
        }
        Optional<OpenedSession> found = one(alive);
        if (found.isEmpty()) {
            // Not cleared: one of them is the browser's own.
            log.answered(request, Outcome.NOBODY);
            return now(new Reply.Json(200, NOBODY));
        }
        Session session = found.get().session();
        if (!askKeycloak && !policy.isDue(session, clock.instant()) && !revocations.mayHaveForgotten(session)) {
            log.answered(request, Outcome.COOKIE);
            return now(new Reply.Json(200, found.get().json()));
        }
        Optional<Secret> refreshToken = cookies.refreshToken(request, session);
        if (refreshToken.isEmpty()) {
            // Not cleared: an application's server that asks on behalf of a page does not have that cookie, and the
            // session may well live.
            log.answered(request, Outcome.NOT_RENEWABLE);
            return now(new Reply.Json(200, NOBODY));
        }
        Revalidation.Asked asked = revalidation.ask(request.application(), refreshToken.get());
        return asked.answer().thenApply(result -> {
            Outcome outcome = outcome(request, session, result);
            if (asked.first()) {
                log.refreshed(request, session.identity().signedInWith(), outcome);
            }
            log.answered(request, outcome);
            return revalidated(request, session, result, outcome);
        });
    }

    private List<OpenedSession> alive(AuthRequest request) {
        List<OpenedSession> opened = cookies.open(request);
        opened.removeIf(found -> revocations.isRevoked(found.session(), request.keyHolder()));
        return opened;
    }

    /**
     * Of several sessions of one person the latest. Of several persons none: a page of a sibling domain can plant the
     * session of whoever made it, and which one that is cannot be told.
     */
    private static Optional<OpenedSession> one(List<OpenedSession> alive) {
        OpenedSession latest = alive.get(0);
        for (OpenedSession other : alive.subList(1, alive.size())) {
            if (!other.session().isOfSamePersonAs(latest.session())) {
                return Optional.empty();
            }
            latest = other.session().isLaterThan(latest.session()) ? other : latest;
        }
        return Optional.of(latest);
    }

    private Outcome outcome(AuthRequest request, Session session, Refreshment result) {
        // Signed out while Keycloak was being asked.
        if (revocations.isRevoked(session, request.keyHolder())) {
            return Outcome.ENDED;
        }
        if (result instanceof Refreshment.Refreshed refreshed) {
            if (isOf(session, refreshed.tokens().identity())) {
                return Outcome.CONFIRMED;
            }
            log.mismatch(request);
            return Outcome.MISMATCH;
        }
        if (result instanceof Refreshment.SessionEnded ended) {
            log.ended(request, ended.reason());
            return Outcome.ENDED;
        }
        log.unconfirmed(request, ((Refreshment.Unknown) result).reason());
        return policy.isWithinGrace(session, clock.instant()) && !revocations.mayHaveForgotten(session)
                ? Outcome.GRACE
                : Outcome.UNAVAILABLE;
    }

    private static boolean isOf(Session session, Identity identity) {
        return identity.subject().equals(session.identity().subject())
                && identity.sid().equals(session.identity().sid());
    }

    private Reply revalidated(AuthRequest request, Session session, Refreshment result, Outcome outcome) {
        return switch (outcome) {
            case CONFIRMED -> renewed(request, session, ((Refreshment.Refreshed) result).tokens());
            case GRACE -> new Reply.Json(200, SessionClaims.json(session));
            case UNAVAILABLE -> new Reply.Json(503, NOBODY);
            default -> cleared(request);
        };
    }

    private Reply renewed(AuthRequest request, Session session, Tokens tokens) {
        Instant now = clock.instant();
        Session renewed = new Session(
                session.identity().refreshedBy(tokens.identity()),
                session.signedInAt(),
                now,
                policy.end(tokens.refreshTokenExpiresAt(), now));
        return new Reply.Json(200, SessionClaims.json(renewed), cookies.write(request, renewed, tokens.refreshToken()));
    }

    /** That nobody is signed in; the cookies of who was are cleared. */
    public Reply nobody(AuthRequest request) {
        log.answered(request, Outcome.NOBODY);
        return cleared(request);
    }

    private Reply cleared(AuthRequest request) {
        return new Reply.Json(200, NOBODY, cookies.clear(request));
    }

    private static CompletionStage<Reply> now(Reply reply) {
        return CompletableFuture.completedFuture(reply);
    }

    /** What a POST without CSRF token gets. */
    public static Reply refused() {
        return new Reply.Json(400, NOBODY, List.of());
    }
}
