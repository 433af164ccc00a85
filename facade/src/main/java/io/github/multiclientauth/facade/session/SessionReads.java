package io.github.multiclientauth.facade.session;

import io.github.multiclientauth.facade.event.Events;
import io.github.multiclientauth.facade.event.ReadOutcome;
import io.github.multiclientauth.facade.event.SessionEvent;
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
    private final Events events;

    public SessionReads(
            SessionCookies cookies,
            Revocations revocations,
            Revalidation revalidation,
            SessionPolicy policy,
            Clock clock,
            Events events) {
        this.cookies = cookies;
        this.revocations = revocations;
        this.revalidation = revalidation;
        this.policy = policy;
        this.clock = clock;
        this.events = events;
    }

    /** Reads the session. Answers at once unless Keycloak has to be asked. */
    public CompletionStage<Reply> read(AuthRequest request) {
        return answer(request, false);
    }

    /**
     * Reads the session after asking Keycloak, so that changed claims show. The data that the caller sends is ignored. Two
     * updates with the same refresh token share one answer for a moment: the second comes from a page that does not have the
     * cookies of the first yet, and to use the token twice could end the session.
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
            // Not cleared, since one of them is the browser's own.
            events.report(new SessionEvent.Read(request, ReadOutcome.NOBODY));
            return new Reply.Json(200, NOBODY).now();
        }
        Session session = found.get().session();
        if (!askKeycloak && !policy.isDue(session, clock.instant()) && !revocations.mayHaveForgotten(session)) {
            events.report(new SessionEvent.Read(request, ReadOutcome.COOKIE));
            return new Reply.Json(200, found.get().json()).now();
        }
        Optional<Secret> refreshToken = cookies.refreshToken(request, session);
        if (refreshToken.isEmpty()) {
            // Not cleared: an application's server that asks for a page does not have that cookie, and the session
            // may be alive.
            events.report(new SessionEvent.Read(request, ReadOutcome.NOT_RENEWABLE));
            return new Reply.Json(200, NOBODY).now();
        }
        Revalidation.Asked asked = revalidation.ask(request.application(), refreshToken.get());
        return asked.answer().thenApply(result -> {
            Checked checked = check(request, session, result);
            if (asked.first()) {
                events.report(
                        new SessionEvent.Refreshed(request, session.identity().signedInWith(), checked.outcome()));
            }
            events.report(new SessionEvent.Read(request, checked.outcome()));
            return checked.reply();
        });
    }

    /** The outcome of a question to Keycloak, and the answer to the request. */
    private record Checked(ReadOutcome outcome, Reply reply) {}

    private List<OpenedSession> alive(AuthRequest request) {
        List<OpenedSession> opened = cookies.open(request);
        opened.removeIf(found -> revocations.isRevoked(found.session(), request.keyHolder()));
        return opened;
    }

    /**
     * The latest of several sessions of one person. None if they belong to several persons: a page of a sibling domain can
     * plant its maker's own session, and nothing shows which one that is.
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
            return over(request, ReadOutcome.ENDED);
        }
        return result.match(
                refreshed -> refreshed(request, session, refreshed.tokens()),
                ended -> {
                    events.report(new SessionEvent.Ended(request, ended.reason()));
                    return over(request, ReadOutcome.ENDED);
                },
                unknown -> unconfirmed(request, session, unknown.reason()));
    }

    private Checked refreshed(AuthRequest request, Session session, Tokens tokens) {
        if (!isOf(session, tokens.identity())) {
            events.report(new SessionEvent.Mismatch(request));
            return over(request, ReadOutcome.MISMATCH);
        }
        Instant now = clock.instant();
        Session renewed = new Session(
                session.identity().refreshedBy(tokens.identity()),
                session.signedInAt(),
                now,
                policy.end(tokens.refreshTokenExpiresAt(), now));
        return new Checked(
                ReadOutcome.CONFIRMED,
                new Reply.Json(
                        200, SessionClaims.json(renewed), cookies.write(request, renewed, tokens.refreshToken())));
    }

    private Checked unconfirmed(AuthRequest request, Session session, String reason) {
        events.report(new SessionEvent.Unconfirmed(request, reason));
        return policy.isWithinGrace(session, clock.instant()) && !revocations.mayHaveForgotten(session)
                ? new Checked(ReadOutcome.GRACE, new Reply.Json(200, SessionClaims.json(session)))
                : new Checked(ReadOutcome.UNAVAILABLE, new Reply.Json(503, NOBODY));
    }

    private Checked over(AuthRequest request, ReadOutcome outcome) {
        return new Checked(outcome, cleared(request));
    }

    private static boolean isOf(Session session, Identity identity) {
        return identity.subject().equals(session.identity().subject())
                && identity.sid().equals(session.identity().sid());
    }

    /** Answers that nobody is signed in, and clears the cookies. */
    public Reply nobody(AuthRequest request) {
        events.report(new SessionEvent.Read(request, ReadOutcome.NOBODY));
        return cleared(request);
    }

    private Reply cleared(AuthRequest request) {
        return new Reply.Json(200, NOBODY, cookies.clear(request));
    }
}
