package io.github.multiclientauth.facade.session;

import java.time.Instant;

/** The session of a token that was opened, and its JSON. Whether it is still valid is checked on each use. */
final class OpenedSession {

    private final SessionClaims.Claims claims;
    private volatile String json;
    private volatile String jsonWithAuthentication;

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

    /**
     * The JSON for {@code getSession()}, made once. Two threads that need it at the same time make the same text.
     *
     * @param shown whether it also says how the user authenticated
     */
    String json(boolean shown) {
        String made = shown ? jsonWithAuthentication : json;
        if (made == null) {
            made = SessionClaims.json(claims.session(), shown);
            if (shown) {
                jsonWithAuthentication = made;
            } else {
                json = made;
            }
        }
        return made;
    }
}
