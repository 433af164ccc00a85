package io.github.multiclientauth.testbed.provider.oauth;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** An answer that is kept back: until it is released, or until its time has passed. */
public final class Hold {

    private final CompletableFuture<Void> reached = new CompletableFuture<>();
    private final CompletableFuture<Void> released = new CompletableFuture<>();
    private final Duration atMost;

    Hold(Duration atMost) {
        this.atMost = atMost;
    }

    /** Completes when a request waits for its answer. */
    public CompletableFuture<Void> reached() {
        return reached.copy();
    }

    /** Lets the answer go, and those of later requests. */
    public void release() {
        released.complete(null);
    }

    Duration atMost() {
        return atMost;
    }

    CompletableFuture<Void> waitingRequest() {
        reached.complete(null);
        return released.copy();
    }
}
