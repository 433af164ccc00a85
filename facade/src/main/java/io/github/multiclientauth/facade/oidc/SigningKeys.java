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
 * The keys that Keycloak signs with. They are read when first needed and again from time to time, kept while Keycloak
 * is unreachable, and read again for a token with an unknown key.
 *
 * <p>A token that Keycloak itself has just returned can always trigger a new read: its key exists. Tokens from
 * strangers can trigger one read a second, all of them together. Both use the keys that were read. So nobody can stop
 * the facade from learning a new key by sending forged tokens: the first of them after the change makes it known.
 */
final class SigningKeys {

    /** After this time the keys are read again, so that a retired key is forgotten. */
    private static final Duration FRESH = Duration.ofMinutes(5);

    /** How long keys are used while they cannot be read again. */
    private static final Duration KEPT = Duration.ofHours(12);

    /** The pause after a failed attempt to read known keys again. */
    private static final Duration PAUSE = Duration.ofSeconds(10);

    /** The pause between two reads that strangers trigger. */
    private static final Duration STRANGERS = Duration.ofSeconds(1);

    private final Reading reading;
    private final LongSupplier nanoTime;
    /** Held while the keys are read. Other callers wait and share the result. */
    private final ReentrantLock lock = new ReentrantLock();

    private volatile Known known;
    private volatile Failure failure;

    /** @param began when the request was sent. Later changes at Keycloak may be missing */
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

    /** The keys for tokens that Keycloak has returned. */
    JWKSource<SecurityContext> forOurs() {
        return (selector, context) -> select(selector, true);
    }

    /** The keys for tokens that anybody may have sent. */
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
        // One caller reads them again. The others use the known ones.
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

    /** The keys as read after the given time. One request serves all callers that asked before it was sent. */
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
