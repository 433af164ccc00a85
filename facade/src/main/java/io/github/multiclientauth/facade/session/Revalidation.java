package io.github.multiclientauth.facade.session;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.multiclientauth.facade.client.Application;
import io.github.multiclientauth.facade.oidc.AuthorizationServer;
import io.github.multiclientauth.facade.oidc.AuthorizationServer.Refreshment;
import io.github.multiclientauth.facade.seal.Secret;
import io.github.multiclientauth.facade.wire.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Refreshes each session once at a time. Requests with the same refresh token share the result, while the refresh runs and
 * for a short time after: if refresh tokens may be used only once, a second use would end the session.
 */
public final class Revalidation {

    /** Longer than a page takes to load, which still sends the cookies that it began with. */
    private static final Duration SHARED_FOR = Duration.ofSeconds(20);

    /** Longer than a request to Keycloak may take by default, so that only queueing requests reach it. */
    private static final long LONGEST_WAIT_SECONDS = 15;

    private final AuthorizationServer keycloak;
    private final Executor executor;
    private final AsyncCache<ByteBuffer, Refreshment> running;

    /** @param executor runs the blocking calls */
    public Revalidation(AuthorizationServer keycloak, Executor executor) {
        this.keycloak = keycloak;
        this.executor = executor;
        this.running = Caffeine.newBuilder()
                // Cleaned up by the thread that uses it.
                .executor(Runnable::run)
                .expireAfterWrite(SHARED_FOR)
                .maximumSize(100_000)
                .buildAsync();
    }

    /**
     * A refresh that is running or has ended.
     *
     * @param answer completes within {@link #LONGEST_WAIT_SECONDS}, and exceptionally only because of a bug
     * @param first whether Keycloak is asked for this caller; others share the answer
     */
    public record Asked(CompletableFuture<Refreshment> answer, boolean first) {}

    public Asked ask(Application application, Secret refreshToken) {
        ByteBuffer key = key(application, refreshToken);
        AtomicBoolean first = new AtomicBoolean();
        CompletableFuture<Refreshment> result;
        try {
            result = running.get(key, (missing, own) -> {
                first.set(true);
                return CompletableFuture.supplyAsync(() -> keycloak.refresh(application, refreshToken), executor);
            });
        } catch (RejectedExecutionException e) {
            return new Asked(CompletableFuture.completedFuture(new Refreshment.Unknown(e.getMessage())), false);
        }
        return new Asked(shared(key, result), first.get());
    }

    private CompletableFuture<Refreshment> shared(ByteBuffer key, CompletableFuture<Refreshment> result) {
        // If Keycloak could not be asked, the next request asks again.
        result.thenAccept(refreshment -> {
            if (refreshment.match(refreshed -> false, ended -> false, unknown -> true)) {
                // Not a newer result: another request may ask already.
                running.asMap().remove(key, result);
            }
        });
        if (result.isDone()) {
            // No time limit for a result that exists already: it would wake the timer thread for nothing.
            return result;
        }
        // A copy, so that the refresh itself continues and later requests share its result.
        return result.copy()
                .completeOnTimeout(
                        new Refreshment.Unknown("no answer within " + LONGEST_WAIT_SECONDS + " s"),
                        LONGEST_WAIT_SECONDS,
                        TimeUnit.SECONDS);
    }

    /** A hash, so that refresh tokens are not kept longer than needed. */
    private static ByteBuffer key(Application application, Secret refreshToken) {
        MessageDigest digest = Sha256.digest();
        digest.update(application.clientId().value().getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        return ByteBuffer.wrap(digest.digest(refreshToken.reveal().getBytes(StandardCharsets.UTF_8)));
    }
}
