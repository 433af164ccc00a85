package io.github.multiclientauth.testbed.web;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The Vert.x instance that serves everything in this process. Closing it ends its threads. */
public final class Loop implements AutoCloseable {

    private static final long LIMIT_SECONDS = 10;

    /** Uses daemon threads, so that a server does not keep the process running. */
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setUseDaemonThread(true));

    public Vertx vertx() {
        return vertx;
    }

    @Override
    public void close() throws ExecutionException, TimeoutException {
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
