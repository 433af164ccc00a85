package io.github.multiclientauth.facade.session;

import io.github.multiclientauth.facade.seal.ApplicationSeals;
import io.github.multiclientauth.facade.seal.Seal;
import io.github.multiclientauth.facade.seal.Secret;
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

/**
 * Reads and writes the two cookies of a session: the token, which the application's server may read, and the refresh token,
 * which only the facade gets and can open.
 */
public final class SessionCookies {

    private final ApplicationSeals seals;
    private final Clock clock;
    private final OpenedSessions opened = new OpenedSessions();

    public SessionCookies(ApplicationSeals seals, Clock clock) {
        this.seals = seals;
        this.clock = clock;
    }

    /** The sessions of this application in the request's cookies. Revocations are not checked. */
    public List<Session> read(AuthRequest request) {
        return open(request).stream().map(OpenedSession::session).toList();
    }

    /**
     * The same with the JSON of each session, if it was made before. Usually one session. A cookie that does not open is
     * ignored: any site on the domain may have planted it.
     */
    List<OpenedSession> open(AuthRequest request) {
        Instant now = clock.instant();
        String clientId = request.application().clientId().value();
        List<OpenedSession> sessions = new ArrayList<>(1);
        for (CookieNames names : request.names().spellings()) {
            List<Candidate> candidates = token(names).candidates(request.cookies());
            if (!candidates.isEmpty()) {
                Seal seal = seals.session(request.keyHolder(), names.session());
                for (Candidate candidate : candidates) {
                    opened.open(seal, candidate.value())
                            .filter(found -> found.isInTime(now))
                            .filter(found ->
                                    found.session().identity().clientId().equals(clientId))
                            .ifPresent(sessions::add);
                }
            }
        }
        return sessions;
    }

    /**
     * The content of the second cookie.
     *
     * @param sid the Keycloak session that the token belongs to
     */
    public record RefreshToken(String sid, Secret token) {}

    /** The refresh token of the session. Those of other sessions are ignored. */
    public Optional<Secret> refreshToken(AuthRequest request, Session session) {
        return refreshTokens(request).stream()
                .filter(found -> found.sid().equals(session.identity().sid()))
                .map(RefreshToken::token)
                .findFirst();
    }

    /** All refresh tokens in the request's cookies, of any session. Usually one. */
    public List<RefreshToken> refreshTokens(AuthRequest request) {
        List<RefreshToken> tokens = new ArrayList<>(1);
        for (CookieNames names : request.names().spellings()) {
            for (Candidate candidate : refresh(names).candidates(request.cookies())) {
                refreshSeal(request, names)
                        .open(candidate.value())
                        .flatMap(RefreshTokenClaims::parse)
                        .ifPresent(tokens::add);
            }
        }
        return tokens;
    }

    /** Writes both cookies and replaces or clears those of the request. */
    public List<SetCookie> write(AuthRequest request, Session session, Secret refreshToken) {
        Instant now = clock.instant();
        CookieNames names = request.names();
        String sealed = seals.session(request.keyHolder(), names.session()).seal(SessionClaims.write(session, now));
        String sealedRefreshToken = refreshSeal(request, names)
                .seal(RefreshTokenClaims.write(
                        new RefreshToken(session.identity().sid(), refreshToken)));
        List<SetCookie> cookies = new ArrayList<>(token(names).write(sealed, session.endsAt(), request.cookies()));
        cookies.addAll(refresh(names).write(sealedRefreshToken, session.endsAt(), request.cookies()));
        for (CookieNames other : names.spellings()) {
            if (other != names) {
                cookies.addAll(clear(request, other));
            }
        }
        return cookies;
    }

    /** Clears both cookies, if the request has them. */
    public List<SetCookie> clear(AuthRequest request) {
        List<SetCookie> cookies = new ArrayList<>();
        for (CookieNames names : request.names().spellings()) {
            cookies.addAll(clear(request, names));
        }
        return cookies;
    }

    private List<SetCookie> clear(AuthRequest request, CookieNames names) {
        RequestCookies sent = request.cookies();
        List<SetCookie> cookies = new ArrayList<>();
        if (request.names().own(names)) {
            cookies.addAll(token(names).clear(sent));
            cookies.addAll(refresh(names).clear(sent));
        } else {
            cookies.addAll(clearOpened(token(names), seals.session(request.keyHolder(), names.session()), sent));
            cookies.addAll(clearOpened(refresh(names), refreshSeal(request, names), sent));
        }
        return cookies;
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

    private Seal refreshSeal(AuthRequest request, CookieNames names) {
        return seals.refreshToken(request.keyHolder(), names.refresh());
    }

    private static Chunks token(CookieNames names) {
        return new Chunks(names.session(), CookieNames.SITE_PATH, names.secure());
    }

    private static Chunks refresh(CookieNames names) {
        return new Chunks(names.refresh(), CookieNames.FACADE_PATH, names.secure());
    }
}
