package io.github.multiclientauth.facade.signin;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Limits how many sign-ins one network may start. Each start costs Keycloak an authentication session, and people never
 * start that many.
 *
 * <p>Each network has a token bucket: the sign-ins of a minute may start at once, and then one by one as tokens are refilled.
 */
public final class SignInLimit {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** Networks that are remembered, about 200 bytes each. Beyond that, those not seen for longest are forgotten. */
    private static final int MAX_PLACES = 100_000;

    private final int perMinute;
    private final Clock clock;
    private final Cache<String, Bucket> buckets;

    /**
     * A token bucket.
     *
     * @param full when it is full again, which shows how much is left
     * @param granted whether the last request got a token
     */
    private record Bucket(Instant full, boolean granted) {}

    /** @param perMinute 0 for no limit */
    public SignInLimit(int perMinute, Clock clock) {
        this.perMinute = requireUsable(perMinute);
        this.clock = clock;
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MAX_PLACES)
                .ticker(() -> Duration.between(Instant.EPOCH, clock.instant()).toNanos())
                .expireAfterWrite(MINUTE.multipliedBy(2))
                .executor(Runnable::run)
                .build();
    }

    /**
     * Returns a usable value of {@code mca.limits.sign-ins-per-minute}.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public static int requireUsable(int perMinute) {
        if (perMinute < 0) {
            throw new IllegalArgumentException(
                    "mca.limits.sign-ins-per-minute: has to be 0, which is no limit, or more: " + perMinute);
        }
        return perMinute;
    }

    /**
     * Takes a token for a sign-in.
     *
     * @param place the network that starts it
     * @return empty if it may start; otherwise how long to wait, at least a second
     */
    public Optional<Duration> refusal(String place) {
        if (perMinute == 0) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        Duration each = MINUTE.dividedBy(perMinute);
        Bucket bucket = buckets.asMap().compute(place, (key, before) -> {
            Instant full = before == null ? now : between(now, before.full(), now.plus(MINUTE));
            boolean granted = !full.plus(each).isAfter(now.plus(MINUTE));
            return new Bucket(granted ? full.plus(each) : full, granted);
        });
        if (bucket.granted()) {
            return Optional.empty();
        }
        Duration wait = Duration.between(now.plus(MINUTE), bucket.full().plus(each));
        return Optional.of(Duration.ofSeconds(Math.max(1, wait.plusMillis(999).toSeconds())));
    }

    /** Limits the time to that of an empty bucket: it could be later if the machine's clock was set back. */
    private static Instant between(Instant earliest, Instant full, Instant latest) {
        if (full.isBefore(earliest)) {
            return earliest;
        }
        return full.isAfter(latest) ? latest : full;
    }
}
