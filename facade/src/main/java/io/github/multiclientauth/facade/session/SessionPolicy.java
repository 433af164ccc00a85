package io.github.multiclientauth.facade.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long sessions last.
 *
 * @param revalidateAfter time since the last check after which a read asks Keycloak
 * @param grace time since the last check for which a due session is accepted while Keycloak is unreachable
 * @param maxAge time since the last check after which a session ends, whatever Keycloak says
 */
public record SessionPolicy(Duration revalidateAfter, Duration grace, Duration maxAge) {

    /** In its last moments a session is not asked about more often. */
    private static final Duration SHORTEST = Duration.ofSeconds(1);

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

    /** Also at half of the time that Keycloak has left it, so that a session in use never expires. */
    boolean isDue(Session session, Instant now) {
        Duration passed = Duration.between(session.checkedAt(), now);
        return passed.compareTo(revalidateAfter) >= 0
                || passed.compareTo(SHORTEST) >= 0 && isHalfOver(session, passed)
                || isFromTheFuture(session, now);
    }

    /** Doubled, since a division of durations is done with decimals, and every read comes here. */
    private static boolean isHalfOver(Session session, Duration passed) {
        return passed.plus(passed).compareTo(Duration.between(session.checkedAt(), session.endsAt())) >= 0;
    }

    /** The longest time for which a session is valid without Keycloak's confirmation. */
    public Duration longestUnconfirmed() {
        return grace.compareTo(revalidateAfter) > 0 ? grace : revalidateAfter;
    }

    boolean isWithinGrace(Session session, Instant now) {
        return !isFromTheFuture(session, now)
                && now.isBefore(session.checkedAt().plus(grace));
    }

    /** The clock of one of two replicas is wrong, or the application's server has written the time. */
    private static boolean isFromTheFuture(Session session, Instant now) {
        return session.checkedAt().isAfter(now.plus(SessionClaims.TOLERANCE));
    }

    /**
     * The end of a session that is checked now.
     *
     * @param end the end at Keycloak; empty if it has none, as that of an offline session
     */
    public Instant end(Optional<Instant> end, Instant now) {
        Instant latest = now.plus(maxAge);
        return end.filter(latest::isAfter).orElse(latest);
    }
}
