package io.github.multiclientauth.facade.oidc;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The keys that Keycloak signs with: read when first needed and from time to time, kept while Keycloak is away, and read again
 * for a token that names a key which is not among them.
 *
 * <p>A token that Keycloak itself has just handed out always may have the keys read again: it is signed with one of them. A token
 * that a stranger sends may not more than once a second, all of them together. What is read counts for both. So nobody can
 * keep the facade from learning of a new key by sending forged tokens: the first of them after the change makes it known.
 */
final class SigningKeys {

    /** Then they are read again, so that a key that Keycloak no longer uses is forgotten. */
    private static final Duration FRESH = Duration.ofMinutes(5);

    /** So long they are good while they cannot be read again. */
    private static final Duration KEPT = Duration.ofHours(12);

    /** Between two tries to read keys again that have been read before. */
    private static final Duration PAUSE = Duration.ofSeconds(10);

    /** Between two looks that strangers cause. */
    private static final Duration STRANGERS = Duration.ofSeconds(1);

    private final Reading reading;
    private final LongSupplier nanoTime;
    /** Held while the keys are read: whoever wants them read meanwhile waits, and shares what comes of it. */
    private final ReentrantLock lock = new ReentrantLock();

    private volatile Known known;
    private volatile Failure failure;

    /** @param began when the request was sent: what Keycloak has changed since may be missing */
    private record Known(JWKSet set, long began) {}

    private record Failure(KeySourceException why, long began) {}

    /** Reads the key set. */
    @FunctionalInterface
    interface Reading {
        JWKSet read() throws IOException;
    }

    /** @param nanoTime as {@link System#nanoTime} */
    SigningKeys(Reading reading, LongSupplier nanoTime) {
        this.reading = reading;
        this.nanoTime = nanoTime;
    }

    /** For tokens that Keycloak has answered with. */
    JWKSource<SecurityContext> forOurs() {
        return (selector, context) -> select(selector, true);
    }

    /** For tokens that anybody may have sent. */
    JWKSource<SecurityContext> forStrangers() {
        return (selector, context) -> select(selector, false);
    }

    private List<JWK> select(JWKSelector selector, boolean ours) throws KeySourceException {
        long asked = nanoTime.getAsLong();
        List<JWK> found = selector.select(current(asked).set());
        if (!found.isEmpty() || !ours && isRecent(asked)) {
            return found;
        }
        return selector.select(since(asked).set());
    }

    private boolean isRecent(long now) {
        Failure failed = failure;
        return within(STRANGERS, known.began(), now) || failed != null && within(STRANGERS, failed.began(), now);
    }

    private Known current(long asked) throws KeySourceException {
        Known now = known;
        if (now == null) {
            return since(asked);
        }
        if (within(FRESH, now.began(), asked)) {
            return now;
        }
        if (!within(KEPT, now.began(), asked)) {
            return since(asked);
        }
        // One reads them again, the others go on with those that are there.
        if (!hasFailedLately(asked) && lock.tryLock()) {
            try {
                return since(asked);
            } catch (KeySourceException e) {
                return now;
            } finally {
                lock.unlock();
            }
        }
        return now;
    }

    private boolean hasFailedLately(long now) {
        Failure failed = failure;
        return failed != null && within(PAUSE, failed.began(), now);
    }

    /** What Keycloak says not before the question; one answer for all who have asked before it was sent for. */
    private Known since(long asked) throws KeySourceException {
        lock.lock();
        try {
            if (known != null && known.began() - asked >= 0) {
                return known;
            }
            if (failure != null && failure.began() - asked >= 0) {
                throw failure.why();
            }
            return read(nanoTime.getAsLong());
        } finally {
            lock.unlock();
        }
    }

    private Known read(long began) throws KeySourceException {
        try {
            JWKSet set = reading.read();
            known = new Known(set, began);
            failure = null;
            return known;
        } catch (IOException e) {
            var why = new KeySourceException("Keycloak's keys cannot be read: " + UpstreamFailure.describe(e), e);
            failure = new Failure(why, began);
            throw why;
        }
    }

    private static boolean within(Duration duration, long began, long now) {
        return now - began < duration.toNanos();
    }
}
