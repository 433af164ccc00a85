package io.github.multiclientauth.facade.session;

import io.github.multiclientauth.facade.seal.Hmac;
import java.time.Instant;

/** The session of a token that was opened, and its JSON. Whether it is still valid is checked on each use. */
final class OpenedSession {

    private final SessionClaims.Claims claims;
    private volatile Boolean proved;
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
     * Whether the facade has written what it says. Found out once.
     *
     * @param proofs those of the application
     */
    boolean isProved(Hmac proofs) {
        Boolean known = proved;
        if (known == null) {
            known = claims.proof()
                    .filter(code -> SessionProof.holds(claims.session(), code, proofs))
                    .isPresent();
            proved = known;
        }
        return known;
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
