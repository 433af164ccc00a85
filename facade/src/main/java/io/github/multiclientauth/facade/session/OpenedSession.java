package io.github.multiclientauth.facade.session;

import java.time.Instant;

/** A session out of a token that opened, and the answer that it gives. Whether it still counts is asked each time. */
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

    /** Made once; two threads that need it first both make the same. */
    String json() {
        String made = json;
        if (made == null) {
            made = SessionClaims.json(claims.session());
            json = made;
        }
        return made;
    }
}
