package io.github.multiclientauth.facade.oidc;

import com.github.benmanes.caffeine.cache.CacheLoader;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import io.github.multiclientauth.facade.oidc.AuthorizationServer.UnavailableException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;

/**
 * Keycloak's metadata and signing keys. They are read when first needed, read again from time to time, and kept while
 * Keycloak is unreachable.
 *
 * @see <a href="https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfig">OpenID Connect Discovery
 *     1.0, section 4</a>
 */
public final class ProviderMetadata {

    private static final Duration REFRESH = Duration.ofMinutes(10);

    /** The metadata, and the keys that it refers to. */
    record Loaded(OIDCProviderMetadata metadata, SigningKeys keys) {}

    private final Issuer issuer;
    private final KeycloakRequests requests;
    private final LongSupplier nanoTime;
    private final LoadingCache<Issuer, Loaded> cache;
    private volatile Failure latest;

    /** @param at by {@link System#nanoTime} */
    private record Failure(UnavailableException why, long at) {}

    /** @param executor re-reads in the background */
    public ProviderMetadata(URI issuer, KeycloakRequests requests, Executor executor) {
        this(issuer, requests, executor, System::nanoTime);
    }

    /** @param nanoTime as {@link System#nanoTime} */
    ProviderMetadata(URI issuer, KeycloakRequests requests, Executor executor, LongSupplier nanoTime) {
        this.issuer = new Issuer(issuer);
        this.requests = requests;
        this.nanoTime = nanoTime;
        this.cache = Caffeine.newBuilder()
                .refreshAfterWrite(REFRESH)
                .ticker(nanoTime::getAsLong)
                // Callers tidy up. Only reading takes a place in the queue.
                .executor(Runnable::run)
                .build(new CacheLoader<>() {
                    @Override
                    public Loaded load(Issuer key) {
                        return ProviderMetadata.this.load(nanoTime.getAsLong());
                    }

                    @Override
                    public CompletableFuture<Loaded> asyncReload(Issuer key, Loaded old, Executor own) {
                        return readAgain(old, executor);
                    }
                });
    }

    /**
     * Reads the metadata again. If that fails, the old one stays in use, and the next caller tries again. The failure
     * becomes a cancellation, since Caffeine writes every other exception to the log, with its stack trace. The
     * operator does not need it: as long as there is metadata, nothing fails.
     */
    private CompletableFuture<Loaded> readAgain(Loaded old, Executor executor) {
        CompletableFuture<Loaded> reloaded = new CompletableFuture<>();
        try {
            executor.execute(() -> {
                try {
                    reloaded.complete(read(old));
                } catch (UnavailableException e) {
                    reloaded.completeExceptionally(new CancellationException(e.getMessage()));
                } catch (RuntimeException | Error e) {
                    reloaded.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            reloaded.completeExceptionally(new CancellationException(e.getMessage()));
        }
        return reloaded;
    }

    /**
     * The current metadata. Concurrent first callers share one request.
     *
     * @throws UnavailableException if it was never read and cannot be read now. The next call tries again
     */
    Loaded get() {
        try {
            long began = nanoTime.getAsLong();
            return cache.get(issuer, key -> load(began));
        } catch (CompletionException e) {
            throw unreachable(e.getCause());
        }
    }

    /** Loads the metadata. Callers that waited for a failed attempt share its failure instead of each trying again. */
    private Loaded load(long began) {
        Failure failure = latest;
        if (failure != null && failure.at() - began > 0) {
            throw failure.why();
        }
        try {
            return read(null);
        } catch (UnavailableException e) {
            latest = new Failure(e, nanoTime.getAsLong());
            throw e;
        }
    }

    private Loaded read(Loaded old) {
        try {
            OIDCProviderMetadata metadata = requests.metadata(issuer);
            // The key source caches keys, so it is replaced only if their address has changed.
            if (old != null && old.metadata().getJWKSetURI().equals(metadata.getJWKSetURI())) {
                return new Loaded(metadata, old.keys());
            }
            return new Loaded(metadata, keys(metadata.getJWKSetURI()));
        } catch (KeycloakRequests.WrongIssuerException e) {
            throw new UnavailableException(e.getMessage(), e, true);
        } catch (GeneralException | IOException e) {
            throw unreachable(e);
        }
    }

    private static UnavailableException unreachable(Throwable e) {
        return new UnavailableException(
                "Keycloak cannot be reached (mca.issuer): " + UpstreamFailure.describeAny(e), e);
    }

    private SigningKeys keys(URI address) {
        return new SigningKeys(() -> requests.keys(address), nanoTime);
    }
}
