package io.github.multiclientauth.facade.session;

import io.github.multiclientauth.facade.seal.ApplicationSeals;
import io.github.multiclientauth.facade.seal.Seal;
import io.github.multiclientauth.facade.wire.AuthRequest;
import io.github.multiclientauth.facade.wire.Chunks;
import io.github.multiclientauth.facade.wire.Chunks.Candidate;
import io.github.multiclientauth.facade.wire.CookieNames;
import io.github.multiclientauth.facade.wire.RequestCookies;
import io.github.multiclientauth.facade.wire.SetCookie;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Reads and writes the cookie of a session: a token, which the application's server may read. It holds no token of Keycloak.
 */
public final class SessionCookies {

    private final ApplicationSeals seals;
    private final Clock clock;
    private final boolean withProof;
    private final OpenedSessions opened = new OpenedSessions();

    /** @param withProof whether reverse proxies may ask about sessions, so that a session has to prove that it is the facade's */
    public SessionCookies(ApplicationSeals seals, boolean withProof, Clock clock) {
        this.seals = seals;
        this.withProof = withProof;
        this.clock = clock;
    }

    /** The sessions of this application in the request's cookies. Revocations are not checked. */
    public List<Session> read(AuthRequest request) {
        return open(request, session -> false).stream()
                .map(OpenedSession::session)
                .toList();
    }

    /** The same with those whose cookie has expired: Keycloak may have extended them, and a person who signs out means them. */
    public List<Session> readAlsoExpired(AuthRequest request) {
        return open(request, session -> true).stream()
                .map(OpenedSession::session)
                .toList();
    }

    /**
     * The same with the JSON of each session, if it was made before. Usually one session. A cookie that does not open is
     * ignored: any site on the domain may have planted it.
     *
     * @param extended whether Keycloak is known to have extended a session whose cookie has expired
     */
    List<OpenedSession> open(AuthRequest request, Predicate<Session> extended) {
        Instant now = clock.instant();
        String clientId = request.application().clientId().value();
        List<OpenedSession> sessions = new ArrayList<>(1);
        for (CookieNames names : request.names().spellings()) {
            List<Candidate> candidates = token(names).candidates(request.cookies());
            if (!candidates.isEmpty()) {
                Seal seal = seals.session(request.keyHolder(), names.session());
                for (Candidate candidate : candidates) {
                    opened.open(seal, candidate.value())
                            .filter(found ->
                                    found.isInTime(now) || found.mayBeExtended(now) && extended.test(found.session()))
                            .filter(found ->
                                    found.session().identity().clientId().equals(clientId))
                            .ifPresent(sessions::add);
                }
            }
        }
        return sessions;
    }

    /** Whether the facade has written the session, and not the application's server. Not looked for where nobody asks. */
    boolean isProved(AuthRequest request, OpenedSession session) {
        return withProof && session.isProved(seals.sessionProof(request.keyHolder()));
    }

    /** Writes the cookie of what Keycloak has said, and replaces or clears those of the request. */
    public List<SetCookie> write(AuthRequest request, Session session) {
        return write(request, session, true);
    }

    /** @param proved whether nothing of the session is from a cookie that others may have written */
    List<SetCookie> write(AuthRequest request, Session session, boolean proved) {
        CookieNames names = request.names();
        Optional<String> proof = withProof && proved
                ? Optional.of(SessionProof.of(session, seals.sessionProof(request.keyHolder())))
                : Optional.empty();
        String sealed = seals.session(request.keyHolder(), names.session())
                .seal(SessionClaims.write(session, isAuthenticationShown(request, session), proof, clock.instant()));
        List<SetCookie> cookies = new ArrayList<>(token(names).write(sealed, session.endsAt(), request.cookies()));
        for (CookieNames other : names.spellings()) {
            if (other != names) {
                cookies.addAll(clear(request, other));
            }
        }
        return cookies;
    }

    /** Whether the application has asked how the user authenticated: at this sign-in, or its administrator for all. */
    static boolean isAuthenticationShown(AuthRequest request, Session session) {
        return session.identity().authentication().demanded()
                || request.application().stepUp().showAuthentication();
    }

    /** Clears the cookie, if the request has it. */
    public List<SetCookie> clear(AuthRequest request) {
        List<SetCookie> cookies = new ArrayList<>();
        for (CookieNames names : request.names().spellings()) {
            cookies.addAll(clear(request, names));
        }
        return cookies;
    }

    private List<SetCookie> clear(AuthRequest request, CookieNames names) {
        RequestCookies sent = request.cookies();
        return request.names().own(names)
                ? token(names).clear(sent)
                : clearOpened(token(names), seals.session(request.keyHolder(), names.session()), sent);
    }

    /** Clears only cookies that open: others of that name belong to another client on the same host. */
    private static List<SetCookie> clearOpened(Chunks chunks, Seal seal, RequestCookies sent) {
        Set<String> names = new LinkedHashSet<>();
        for (Candidate candidate : chunks.candidates(sent)) {
            if (seal.open(candidate.value()).isPresent()) {
                names.addAll(candidate.names());
            }
        }
        return names.stream().map(chunks::cleared).toList();
    }

    private static Chunks token(CookieNames names) {
        return new Chunks(names.session(), CookieNames.SITE_PATH, names.secure());
    }
}
