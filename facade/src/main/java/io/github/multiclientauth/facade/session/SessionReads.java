package io.github.multiclientauth.facade.session;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.github.multiclientauth.facade.event.Events;
import io.github.multiclientauth.facade.event.ReadOutcome;
import io.github.multiclientauth.facade.event.SessionEvent;
import io.github.multiclientauth.facade.oidc.Identity;
import io.github.multiclientauth.facade.oidc.SessionKeeper.Question;
import io.github.multiclientauth.facade.oidc.SessionKeeper.Verdict;
import io.github.multiclientauth.facade.wire.AuthRequest;
import io.github.multiclientauth.facade.wire.Reply;
import java.time.Clock;
import java.time.Duration;
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

    /**
     * How long an answer serves a page that does not have the cookie of the first one yet. Longer than a burst of requests
     * takes, and shorter than it takes a person to change something and look again.
     */
    private static final Duration SHARED_FOR = Duration.ofSeconds(1);

    private final SessionCookies cookies;
    private final Revocations revocations;
    private final LiveChanges changes;
    private final Confirmations confirmations;
    private final SessionPolicy policy;
    private final Clock clock;
    private final Events events;

    public SessionReads(
            SessionCookies cookies,
            Revocations revocations,
            LiveChanges changes,
            Confirmations confirmations,
            SessionPolicy policy,
            Clock clock,
            Events events) {
        this.cookies = cookies;
        this.revocations = revocations;
        this.changes = changes;
        this.confirmations = confirmations;
        this.policy = policy;
        this.clock = clock;
        this.events = events;
    }

    /** Answers with the session. At once unless Keycloak has to be asked. */
    public CompletionStage<Reply> read(AuthRequest request) {
        return find(request).thenApply(found -> reply(request, found));
    }

    /** Answers with the session after asking Keycloak, so that changed claims show. The data that the caller sends is ignored. */
    public CompletionStage<Reply> update(AuthRequest request) {
        return find(request, Ask.ALWAYS).thenApply(found -> reply(request, found));
    }

    /** Finds the session. At once unless Keycloak has to be asked. */
    public CompletionStage<Found> find(AuthRequest request) {
        return find(request, Ask.IF_DUE);
    }

    /**
     * Finds the session for a reverse proxy: who is signed in, as Keycloak has said it to the facade. The application's server
     * can write a cookie of anybody, with any role. Keycloak is asked then.
     */
    public CompletionStage<Found> findForProxy(AuthRequest request) {
        return find(request, Ask.IF_DUE_OR_NOT_PROVED);
    }

    /** When Keycloak is asked. */
    private enum Ask {
        IF_DUE,
        IF_DUE_OR_NOT_PROVED,
        ALWAYS
    }

    private CompletionStage<Found> find(AuthRequest request, Ask ask) {
        List<OpenedSession> alive = alive(request);
        if (alive.isEmpty()) {
            return completedFuture(cleared(request));
        }
        Optional<OpenedSession> one = one(alive);
        if (one.isEmpty()) {
            // Not cleared, since one of them is the browser's own.
            return completedFuture(reported(request, ReadOutcome.NOBODY, new Found.Nobody(List.of())));
        }
        Session session = one.get().session();
        boolean strict = ask == Ask.IF_DUE_OR_NOT_PROVED && !cookies.isProved(request, one.get());
        if (ask != Ask.ALWAYS && !strict && !isDue(session)) {
            return completedFuture(reported(request, ReadOutcome.COOKIE, new Found.SignedIn(one.get())));
        }
        Reading reading = new Reading(request, one.get(), strict);
        Optional<Session> newer = newer(reading);
        if (newer.filter(found -> isGoodEnough(found, ask)).isPresent()) {
            return completedFuture(reported(request, ReadOutcome.CONFIRMED, renewed(reading, newer.get())));
        }
        Session latest = newer.orElse(session);
        Confirmations.Asked asked = confirmations.ask(new Question(
                request.application().clientId(), session.identity().sid(), session.checkedAt(), true));
        return asked.answer().thenApply(verdict -> {
            Checked checked = check(reading, latest, verdict);
            if (asked.first()) {
                events.report(
                        new SessionEvent.Confirmed(request, session.identity().signedInWith(), checked.outcome()));
            }
            return reported(request, checked.outcome(), checked.found());
        });
    }

    private Found reported(AuthRequest request, ReadOutcome outcome, Found found) {
        events.report(new SessionEvent.Read(request, outcome));
        return found;
    }

    private static Reply reply(AuthRequest request, Found found) {
        return found.match(
                signedIn -> new Reply.Json(
                        200,
                        signedIn.json(SessionCookies.isAuthenticationShown(request, signedIn.session())),
                        signedIn.cookies()),
                nobody -> new Reply.Json(200, NOBODY, nobody.cookies()),
                unavailable -> new Reply.Json(503, NOBODY));
    }

    private boolean isDue(Session session) {
        return policy.isDue(session, clock.instant()) || changes.concern(session);
    }

    /** Just after a change, one answer serves for a moment, so that a page's reads do not all ask. Then Keycloak is asked again. */
    private boolean isGoodEnough(Session known, Ask ask) {
        return ask != Ask.ALWAYS && !isDue(known) || isOfThisMoment(known) && !changes.areNewerThan(known);
    }

    private boolean isOfThisMoment(Session session) {
        return session.checkedAt().plus(SHARED_FOR).isAfter(clock.instant());
    }

    /**
     * Whether Keycloak has extended the session beyond the end of the request's cookie: reads keep it alive, also those of a
     * server that cannot pass on the new cookie.
     */
    private boolean isExtended(AuthRequest request, Session session) {
        return remembered(request, session)
                .filter(alive -> policy.end(alive.endsAt(), alive.at()).isAfter(clock.instant()))
                .isPresent();
    }

    /** The session as Keycloak has confirmed it since the request's cookie was made. */
    private Optional<Session> newer(Reading reading) {
        return remembered(reading.request(), reading.opened().session()).map(alive -> confirmed(reading, alive));
    }

    private Optional<Verdict.Alive> remembered(AuthRequest request, Session session) {
        return confirmations
                .remembered(request.application().clientId(), session.identity().sid(), session.checkedAt())
                .filter(alive -> alive.at().isAfter(session.checkedAt()) && isOf(session, alive.identity()));
    }

    private Session confirmed(Reading reading, Verdict.Alive alive) {
        Session before = reading.opened().session();
        Instant end = policy.end(alive.endsAt(), alive.at());
        if (!reading.strict()) {
            return new Session(before.identity().refreshedBy(alive.identity()), before.signedInAt(), alive.at(), end);
        }
        // Nothing that decides is taken from the cookie. A later sign-in would outlive the sign-out of this one.
        Identity identity =
                before.identity().authentication().demanded() ? alive.identity().asDemanded() : alive.identity();
        Instant signedInAt = before.signedInAt().isBefore(alive.at()) ? before.signedInAt() : alive.at();
        return new Session(identity, signedInAt, alive.at(), end);
    }

    private Found renewed(Reading reading, Session session) {
        boolean proved = reading.strict() || cookies.isProved(reading.request(), reading.opened());
        return new Found.SignedIn(session, cookies.write(reading.request(), session, proved));
    }

    /**
     * A read that may need Keycloak.
     *
     * @param strict whether what the cookie says does not count
     */
    private record Reading(AuthRequest request, OpenedSession opened, boolean strict) {}

    /** The outcome of a question to Keycloak. */
    private record Checked(ReadOutcome outcome, Found found) {}

    private List<OpenedSession> alive(AuthRequest request) {
        List<OpenedSession> opened = cookies.open(request, session -> isExtended(request, session));
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

    private Checked check(Reading reading, Session session, Verdict verdict) {
        AuthRequest request = reading.request();
        if (revocations.isRevoked(session, request.keyHolder())) {
            // Signed out while Keycloak was being asked.
            return ended(request, ReadOutcome.ENDED);
        }
        return verdict.match(
                alive -> alive(reading, alive),
                ended -> {
                    events.report(
                            new SessionEvent.Ended(request, session.identity().actor(), ended.reason()));
                    return ended(request, ReadOutcome.ENDED);
                },
                unknown -> unconfirmed(reading, session, unknown.reason()));
    }

    private Checked alive(Reading reading, Verdict.Alive alive) {
        AuthRequest request = reading.request();
        Session session = reading.opened().session();
        if (!isOf(session, alive.identity())) {
            events.report(new SessionEvent.Mismatch(request, session.identity().actor()));
            return ended(request, ReadOutcome.MISMATCH);
        }
        Session confirmed = confirmed(reading, alive);
        int leftOut = confirmed.identity().membership().leftOut();
        if (leftOut > 0) {
            events.report(new SessionEvent.GroupsLeftOut(request, leftOut));
        }
        return new Checked(ReadOutcome.CONFIRMED, renewed(reading, confirmed));
    }

    /**
     * Grace is for a session of which nothing is known but that Keycloak could not be asked. A first sign-in changes the user
     * just before the session is confirmed, so that the time of the change is taken as it is.
     */
    private Checked unconfirmed(Reading reading, Session session, String reason) {
        events.report(new SessionEvent.Unconfirmed(reading.request(), reason));
        boolean wasConfirmed = !reading.strict() || session != reading.opened().session();
        return wasConfirmed && policy.isWithinGrace(session, clock.instant()) && !changes.areNewerThan(session)
                ? new Checked(ReadOutcome.GRACE, new Found.SignedIn(session, List.of()))
                : new Checked(ReadOutcome.UNAVAILABLE, new Found.Unavailable());
    }

    private Checked ended(AuthRequest request, ReadOutcome outcome) {
        return new Checked(outcome, new Found.Nobody(cookies.clear(request)));
    }

    private static boolean isOf(Session session, Identity identity) {
        return identity.subject().equals(session.identity().subject())
                && identity.sid().equals(session.identity().sid());
    }

    /** Answers that nobody is signed in, and clears the cookies. */
    public Reply nobody(AuthRequest request) {
        return reply(request, cleared(request));
    }

    private Found cleared(AuthRequest request) {
        return reported(request, ReadOutcome.NOBODY, new Found.Nobody(cookies.clear(request)));
    }
}
