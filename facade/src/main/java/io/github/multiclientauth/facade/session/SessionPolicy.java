package io.github.multiclientauth.facade.session;

import java.time.Duration;
import java.time.Instant;

/**
 * How long sessions last without asking Keycloak, and at most.
 *
 * @param revalidateAfter since the last check; then the next read asks Keycloak
 * @param grace since the last check, for sessions that are due while Keycloak cannot be reached
 * @param maxAge since the last check, whatever Keycloak says
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

    /** When a session ends that was checked now. */
    public Instant end(Instant refreshTokenExpiresAt, Instant now) {
        Instant latest = now.plus(maxAge);
        return refreshTokenExpiresAt.isBefore(latest) ? refreshTokenExpiresAt : latest;
    }
}
