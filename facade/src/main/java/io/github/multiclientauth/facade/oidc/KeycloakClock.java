package io.github.multiclientauth.facade.oidc;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/**
 * Keycloak's clock: another clock, corrected by the difference that Keycloak's answers show. Until the first answer it
 * is that other clock. Thread-safe.
 *
 * <p>With it, a replica whose own clock is wrong by minutes judges tokens and sessions as the others do.
 */
public final class KeycloakClock extends Clock {

    /** Answers that take longer say too little about the time. */
    private static final Duration LONGEST_ROUND_TRIP = Duration.ofSeconds(1);

    /**
     * Smaller differences are ignored, so that the clock does not jump to and fro between the nodes of a Keycloak
     * cluster.
     */
    private static final Duration TOLERANCE = Duration.ofMillis(100);

    /** Smaller differences are ignored if only an access token shows them: its time is in whole seconds. */
    private static final Duration COARSE_TOLERANCE = Duration.ofSeconds(5);

    /** Larger differences are ignored: Keycloak's answer is more likely to be wrong than this clock. */
    private static final Duration LARGEST_DIFFERENCE = Duration.ofDays(1);

    private final Clock system;
    private volatile Duration ahead = Duration.ZERO;
    private boolean precise;

    /** @param system the clock of this machine */
    public KeycloakClock(Clock system) {
        this.system = system;
    }

    /** How far Keycloak's clock is ahead of the clock of this machine; negative if it is behind. */
    public Duration ahead() {
        return ahead;
    }

    /** The clock of this machine. */
    Clock machine() {
        return system;
    }

    /**
     * Learns from an answer.
     *
     * @param now Keycloak's time at some moment between the request and the answer
     * @param arrived when the answer was complete, by the clock of this machine
     * @param roundTrip from the request to the complete answer
     */
    synchronized void learn(Instant now, Instant arrived, Duration roundTrip) {
        if (roundTrip.compareTo(LONGEST_ROUND_TRIP) < 0) {
            precise |= correct(now, arrived, roundTrip, TOLERANCE);
        }
    }

    /**
     * Learns from an access token. This is coarse, so it counts only before the first {@link #learn}.
     *
     * @param issuedAt the token's {@code iat}
     * @param arrived when the answer was complete, by the clock of this machine
     * @param roundTrip from the request to the complete answer
     */
    synchronized void learnFromToken(Instant issuedAt, Instant arrived, Duration roundTrip) {
        if (!precise) {
            correct(issuedAt, arrived, roundTrip, COARSE_TOLERANCE);
        }
    }

    /** @return whether the time is plausible */
    private boolean correct(Instant now, Instant arrived, Duration roundTrip, Duration tolerance) {
        // The answer was made in the middle, give or take half of the round trip.
        Duration uncertainty = roundTrip.dividedBy(2);
        Duration seen = Duration.between(arrived, now).plus(uncertainty);
        if (seen.abs().compareTo(LARGEST_DIFFERENCE) > 0) {
            return false;
        }
        Duration wrong = seen.minus(ahead).abs();
        if (wrong.compareTo(uncertainty) > 0 && wrong.compareTo(tolerance) > 0) {
            ahead = seen;
        }
        return true;
    }

    @Override
    public Instant instant() {
        return system.instant().plus(ahead);
    }

    @Override
    public ZoneId getZone() {
        return system.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        // The difference changes, so a copy would soon be wrong. Only instants are used.
        throw new UnsupportedOperationException("Keycloak's clock only tells instants");
    }
}
