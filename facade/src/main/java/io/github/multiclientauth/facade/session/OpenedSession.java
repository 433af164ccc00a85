package io.github.multiclientauth.facade.session;

import java.time.Instant;

/** The session of a token that was opened, and its JSON. Whether it is still valid is checked on each use. */
final class OpenedSession {

    private final SessionClaims.Claims claims;
    private volatile String json;

    OpenedSession(SessionClaims.Claims claims) {
        this.claims = claims;
    }

    Session session() {
        return claims.session();
    }

    boolean isInTime(Instant now) {
        return claims.areInTime(now);
    }

    /** Whether it is alive if Keycloak has extended it since the token was made. */
    boolean mayBeExtended(Instant now) {
        return claims.mayBeExtended(now);
    }

    /** The JSON for {@code getSession()}, made once. Two threads that need it at the same time make the same text. */
    String json() {
        String made = json;
        if (made == null) {
            made = SessionClaims.json(claims.session());
            json = made;
        }
        return made;
    }
}
