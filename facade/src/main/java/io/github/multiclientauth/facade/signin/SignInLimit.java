package io.github.multiclientauth.facade.signin;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How often sign-ins may be started from one place. Whoever starts more wants something else than to sign in: each start
 * costs Keycloak an authentication session.
 *
 * <p>A token bucket for each place: as many at once as in a minute, and then one after the other as they come back.
 */
public final class SignInLimit {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** Places that are remembered, about 200 bytes each. Of more, those that were not heard of for longest are forgotten. */
    private static final int MAX_PLACES = 100_000;

    private final int perMinute;
    private final Clock clock;
    private final Cache<String, Bucket> buckets;

    /**
     * Full again at {@code full}: how much is left follows from how far away that is.
     *
     * @param granted whether the last one who asked got something
     */
    private record Bucket(Instant full, boolean granted) {}

    /** @param perMinute 0 for no limit */
    public SignInLimit(int perMinute, Clock clock) {
        if (perMinute < 0) {
            throw new IllegalArgumentException(
                    "mca.limits.sign-ins-per-minute: has to be 0, which is no limit, or more: " + perMinute);
        }
        this.perMinute = perMinute;
        this.clock = clock;
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MAX_PLACES)
                .ticker(() -> Duration.between(Instant.EPOCH, clock.instant()).toNanos())
                .expireAfterWrite(MINUTE.multipliedBy(2))
                .executor(Runnable::run)
                .build();
    }

    /**
     * @param place from where a sign-in is to be started
     * @return empty if it may; otherwise how long to wait, at least a second
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

    /** Never further away than an empty bucket's time, which it would be where the machine's clock was set back. */
    private static Instant between(Instant earliest, Instant full, Instant latest) {
        if (full.isBefore(earliest)) {
            return earliest;
        }
        return full.isAfter(latest) ? latest : full;
    }
}
