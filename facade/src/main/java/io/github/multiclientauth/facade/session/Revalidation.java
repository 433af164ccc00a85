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
 * One refresh per session at a time. Requests that come with the same refresh token while it runs, or shortly after,
 * share its result: with refresh tokens that may be used once, a second use would end the session.
 */
public final class Revalidation {

    /** Longer than a page takes to load with the cookies that it began with. */
    private static final Duration SHARED_FOR = Duration.ofSeconds(20);

    /** More than a request may take by default, so that it is reached only where requests queue up. */
    private static final long LONGEST_WAIT_SECONDS = 15;

    private final AuthorizationServer keycloak;
    private final Executor executor;
    private final AsyncCache<ByteBuffer, Refreshment> running;

    /** @param executor runs the blocking calls */
    public Revalidation(AuthorizationServer keycloak, Executor executor) {
        this.keycloak = keycloak;
        this.executor = executor;
        this.running = Caffeine.newBuilder()
                // Tidied up by whoever uses it.
                .executor(Runnable::run)
                .expireAfterWrite(SHARED_FOR)
                .maximumSize(100_000)
                .buildAsync();
    }

    /**
     * What becomes of a question to Keycloak.
     *
     * @param answer never completes exceptionally but by a bug, and not later than after {@link #LONGEST_WAIT_SECONDS}
     * @param first whether it is for this caller that Keycloak is asked; others share the answer
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
        // Only what Keycloak said is worth sharing; when it could not be asked, the next request asks again.
        result.thenAccept(refreshment -> {
            if (refreshment.match(refreshed -> false, ended -> false, unknown -> true)) {
                // This result only: another request may have begun to ask already.
                running.asMap().remove(key, result);
            }
        });
        if (result.isDone()) {
            // Shared, and there already: a time limit would wake the thread that watches it, for nothing.
            return result;
        }
        // A copy: the refresh itself goes on, and who asks next shares what comes of it.
        return result.copy()
                .completeOnTimeout(
                        new Refreshment.Unknown("no answer within " + LONGEST_WAIT_SECONDS + " s"),
                        LONGEST_WAIT_SECONDS,
                        TimeUnit.SECONDS);
    }

    /** A hash: refresh tokens are not kept longer than they are used. */
    private static ByteBuffer key(Application application, Secret refreshToken) {
        MessageDigest digest = Sha256.digest();
        digest.update(application.clientId().value().getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        return ByteBuffer.wrap(digest.digest(refreshToken.reveal().getBytes(StandardCharsets.UTF_8)));
    }
}
