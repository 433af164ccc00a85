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
import java.util.concurrent.CompletionStage;

/**
 * Says who is signed in, or {@code null}. Answers from the cookie alone until Keycloak has to be asked again, and never with
 * an object unless somebody is signed in.
 */
public final class SessionReads {

    private static final String NOBODY = "null";

    private final SessionCookies cookies;
    private final Revocations revocations;
    private final Revalidation revalidation;
    private final SessionPolicy policy;
    private final Clock clock;
    private final SessionLog log;

    public SessionReads(
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
            return nobody(request).now();
        }
        Optional<OpenedSession> found = one(alive);
        if (found.isEmpty()) {
            // Not cleared: one of them is the browser's own.
            log.answered(request, Outcome.NOBODY);
            return new Reply.Json(200, NOBODY).now();
        }
        Session session = found.get().session();
        if (!askKeycloak && !policy.isDue(session, clock.instant()) && !revocations.mayHaveForgotten(session)) {
            log.answered(request, Outcome.COOKIE);
            return new Reply.Json(200, found.get().json()).now();
        }
        Optional<Secret> refreshToken = cookies.refreshToken(request, session);
        if (refreshToken.isEmpty()) {
            // Not cleared: an application's server that asks on behalf of a page does not have that cookie, and the
            // session may well live.
            log.answered(request, Outcome.NOT_RENEWABLE);
            return new Reply.Json(200, NOBODY).now();
        }
        Revalidation.Asked asked = revalidation.ask(request.application(), refreshToken.get());
        return asked.answer().thenApply(result -> {
            Checked checked = check(request, session, result);
            if (asked.first()) {
                log.refreshed(request, session.identity().signedInWith(), checked.outcome());
            }
            log.answered(request, checked.outcome());
            return checked.reply();
        });
    }

    /** What Keycloak's answer means for the session, and what the request is answered. */
    private record Checked(Outcome outcome, Reply reply) {}

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

    private Checked check(AuthRequest request, Session session, Refreshment result) {
        if (revocations.isRevoked(session, request.keyHolder())) {
            // Signed out while Keycloak was being asked.
            return over(request, Outcome.ENDED);
        }
        return result.match(
                refreshed -> refreshed(request, session, refreshed.tokens()),
                ended -> {
                    log.ended(request, ended.reason());
                    return over(request, Outcome.ENDED);
                },
                unknown -> unconfirmed(request, session, unknown.reason()));
    }

    private Checked refreshed(AuthRequest request, Session session, Tokens tokens) {
        if (!isOf(session, tokens.identity())) {
            log.mismatch(request);
            return over(request, Outcome.MISMATCH);
        }
        Instant now = clock.instant();
        Session renewed = new Session(
                session.identity().refreshedBy(tokens.identity()),
                session.signedInAt(),
                now,
                policy.end(tokens.refreshTokenExpiresAt(), now));
        return new Checked(
                Outcome.CONFIRMED,
                new Reply.Json(
                        200, SessionClaims.json(renewed), cookies.write(request, renewed, tokens.refreshToken())));
    }

    private Checked unconfirmed(AuthRequest request, Session session, String reason) {
        log.unconfirmed(request, reason);
        return policy.isWithinGrace(session, clock.instant()) && !revocations.mayHaveForgotten(session)
                ? new Checked(Outcome.GRACE, new Reply.Json(200, SessionClaims.json(session)))
                : new Checked(Outcome.UNAVAILABLE, new Reply.Json(503, NOBODY));
    }

    private Checked over(AuthRequest request, Outcome outcome) {
        return new Checked(outcome, cleared(request));
    }

    private static boolean isOf(Session session, Identity identity) {
        return identity.subject().equals(session.identity().subject())
                && identity.sid().equals(session.identity().sid());
    }

    /** That nobody is signed in; the cookies of who was are cleared. */
    public Reply nobody(AuthRequest request) {
        log.answered(request, Outcome.NOBODY);
        return cleared(request);
    }

    private Reply cleared(AuthRequest request) {
        return new Reply.Json(200, NOBODY, cookies.clear(request));
    }
}
