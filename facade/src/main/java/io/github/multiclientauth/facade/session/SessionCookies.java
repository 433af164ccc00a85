package io.github.multiclientauth.facade.session;

import io.github.multiclientauth.facade.seal.ApplicationSeals;
import io.github.multiclientauth.facade.seal.Seal;
import io.github.multiclientauth.facade.seal.Secret;
import io.github.multiclientauth.facade.wire.AuthRequest;
import io.github.multiclientauth.facade.wire.Chunks;
import io.github.multiclientauth.facade.wire.CookieNames;
import io.github.multiclientauth.facade.wire.SetCookie;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The two cookies of a session: the token, which the application's server may read, and the refresh token, which only the
 * facade gets and opens.
 */
public final class SessionCookies {

    private final ApplicationSeals seals;
    private final Clock clock;
    private final OpenedSessions opened = new OpenedSessions();

    public SessionCookies(ApplicationSeals seals, Clock clock) {
        this.seals = seals;
        this.clock = clock;
    }

    /** Whether the request has a session cookie, be it good or not. */
    public boolean arePresent(AuthRequest request) {
        return token(request).isPresent(request.cookies()) || refresh(request).isPresent(request.cookies());
    }

    /** The session that the request's cookie holds, if it is one of this application; revocation is not looked at. */
    public Optional<Session> read(AuthRequest request) {
        return open(request).map(OpenedSession::session);
    }

    /** As {@link #read}, with what was made of the session before. */
    Optional<OpenedSession> open(AuthRequest request) {
        Optional<String> token = token(request).read(request.cookies());
        if (token.isEmpty()) {
            return Optional.empty();
        }
        String clientId = request.application().clientId().value();
        Seal seal = seals.session(request.keyHolder(), request.names().session());
        return opened.open(seal, token.get())
                .filter(found -> found.isInTime(clock.instant()))
                .filter(found -> found.session().identity().clientId().equals(clientId));
    }

    /**
     * What the second cookie holds.
     *
     * @param sid Keycloak's session that the token belongs to
     */
    public record RefreshToken(String sid, Secret token) {}

    /** The refresh token that belongs to the session; one of another session counts as none. */
    public Optional<Secret> refreshToken(AuthRequest request, Session session) {
        return refreshToken(request)
                .filter(found -> found.sid().equals(session.identity().sid()))
                .map(RefreshToken::token);
    }

    /** The refresh token of whatever session it belongs to. */
    public Optional<RefreshToken> refreshToken(AuthRequest request) {
        return refresh(request)
                .read(request.cookies())
                .flatMap(refreshSeal(request)::open)
                .flatMap(RefreshTokenClaims::parse);
    }

    /** Both cookies, replacing whatever the request has. */
    public List<SetCookie> write(AuthRequest request, Session session, Secret refreshToken) {
        Instant now = clock.instant();
        String sealed =
                seals.session(request.keyHolder(), request.names().session()).seal(SessionClaims.write(session, now));
        String sealedRefreshToken = refreshSeal(request)
                .seal(RefreshTokenClaims.write(
                        new RefreshToken(session.identity().sid(), refreshToken)));
        List<SetCookie> cookies = new ArrayList<>(token(request).write(sealed, session.endsAt(), request.cookies()));
        cookies.addAll(refresh(request).write(sealedRefreshToken, session.endsAt(), request.cookies()));
        return cookies;
    }

    /** Clears what the request has of both. */
    public List<SetCookie> clear(AuthRequest request) {
        List<SetCookie> cookies = new ArrayList<>(token(request).clear(request.cookies()));
        cookies.addAll(refresh(request).clear(request.cookies()));
        return cookies;
    }

    private Seal refreshSeal(AuthRequest request) {
        return seals.refreshToken(request.keyHolder(), request.names().refresh());
    }

    private static Chunks token(AuthRequest request) {
        return new Chunks(
                request.names().session(),
                CookieNames.SITE_PATH,
                request.names().secure());
    }

    private static Chunks refresh(AuthRequest request) {
        return new Chunks(
                request.names().refresh(),
                CookieNames.FACADE_PATH,
                request.names().secure());
    }
}
