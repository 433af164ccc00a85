package io.github.multiclientauth.facade.oidc;

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

/**
 * Keycloak's metadata and signing keys: read when first needed, re-read from time to time, kept while Keycloak is away.
 *
 * @see <a href="https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfig">OpenID Connect Discovery
 *     1.0, section 4</a>
 */
final class ProviderMetadata {

    private static final Duration REFRESH = Duration.ofMinutes(10);

    /** What is read in one go: the keys are where the metadata says. */
    record Loaded(OIDCProviderMetadata metadata, SigningKeys keys) {}

    private final Issuer issuer;
    private final KeycloakRequests requests;
    private final LoadingCache<Issuer, Loaded> cache;
    private volatile Failure latest;

    /** @param at by {@link System#nanoTime} */
    private record Failure(UnavailableException why, long at) {}

    /** @param executor re-reads in the background */
    ProviderMetadata(Issuer issuer, KeycloakRequests requests, Executor executor) {
        this.issuer = issuer;
        this.requests = requests;
        this.cache = Caffeine.newBuilder()
                .refreshAfterWrite(REFRESH)
                // Tidied up by whoever uses it; only reading takes a place in the queue.
                .executor(Runnable::run)
                .build(new com.github.benmanes.caffeine.cache.CacheLoader<>() {
                    @Override
                    public Loaded load(Issuer key) {
                        return ProviderMetadata.this.load(System.nanoTime());
                    }

                    @Override
                    public CompletableFuture<Loaded> asyncReload(Issuer key, Loaded old, Executor own) {
                        try {
                            return CompletableFuture.supplyAsync(() -> read(old), executor);
                        } catch (RejectedExecutionException e) {
                            // No room now: whoever comes next tries again. A cancelled one is not worth a message.
                            return CompletableFuture.failedFuture(new CancellationException(e.getMessage()));
                        }
                    }
                });
    }

    /**
     * Callers that come while it is read wait for the same answer.
     *
     * @throws UnavailableException if it was never read and cannot be; the next call tries again
     */
    Loaded get() {
        try {
            long began = System.nanoTime();
            return cache.get(issuer, key -> load(began));
        } catch (CompletionException e) {
            throw new UnavailableException("The metadata of the issuer cannot be read", e.getCause());
        }
    }

    /** Those who have waited for a try that failed do not try one after the other, each as long. */
    private Loaded load(long began) {
        Failure failure = latest;
        if (failure != null && failure.at() - began > 0) {
            throw failure.why();
        }
        try {
            return read(null);
        } catch (UnavailableException e) {
            latest = new Failure(e, System.nanoTime());
            throw e;
        }
    }

    private Loaded read(Loaded old) {
        try {
            OIDCProviderMetadata metadata = requests.metadata(issuer);
            // The key source knows keys that it has read before; it is made anew only if they have moved.
            if (old != null && old.metadata().getJWKSetURI().equals(metadata.getJWKSetURI())) {
                return new Loaded(metadata, old.keys());
            }
            return new Loaded(metadata, keys(metadata.getJWKSetURI()));
        } catch (GeneralException | IOException e) {
            throw new UnavailableException("The metadata of the issuer cannot be read", e);
        }
    }

    private SigningKeys keys(URI address) {
        return new SigningKeys(() -> requests.keys(address), System::nanoTime);
    }
}
