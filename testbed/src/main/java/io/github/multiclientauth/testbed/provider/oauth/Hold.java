package io.github.multiclientauth.testbed.provider.oauth;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** An answer that is delayed until it is released or its time has passed. */
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

    /** Releases the answer, and those of later requests. */
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
