package io.github.multiclientauth.facade.session;

import java.time.Duration;
import java.time.Instant;

/**
 * How long sessions last.
 *
 * @param revalidateAfter time since the last check after which a read asks Keycloak
 * @param grace time since the last check for which a due session is accepted while Keycloak is unreachable
 * @param maxAge time since the last check after which a session ends, whatever Keycloak says
 */
public record SessionPolicy(Duration revalidateAfter, Duration grace, Duration maxAge) {

    public SessionPolicy {
        require(!revalidateAfter.isNegative(), "mca.session.revalidate-after", "may not be negative", revalidateAfter);
        require(!grace.isNegative(), "mca.session.grace", "may not be negative", grace);
        require(!maxAge.isNegative() && !maxAge.isZero(), "mca.session.max-age", "has to be positive", maxAge);
    }

    private static void require(boolean holds, String setting, String what, Duration given) {
        if (!holds) {
            throw new IllegalArgumentException(setting + ": " + what + ": " + given);
        }
    }

    boolean isDue(Session session, Instant now) {
        return !now.isBefore(session.checkedAt().plus(revalidateAfter));
    }

    boolean isWithinGrace(Session session, Instant now) {
        return now.isBefore(session.checkedAt().plus(grace));
    }

    /** The end of a session that is checked now. */
    public Instant end(Instant refreshTokenExpiresAt, Instant now) {
        Instant latest = now.plus(maxAge);
        return refreshTokenExpiresAt.isBefore(latest) ? refreshTokenExpiresAt : latest;
    }
}
