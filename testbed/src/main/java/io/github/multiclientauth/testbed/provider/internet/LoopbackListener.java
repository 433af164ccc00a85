package io.github.multiclientauth.testbed.provider.internet;

import io.github.multiclientauth.testbed.process.StartFailedException;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A server at a free port of 127.0.0.1, for programs that get its address. */
final class LoopbackListener implements AutoCloseable {

    private static final long LIMIT_SECONDS = 10;

    private final HttpServer server;

    private LoopbackListener(HttpServer server) {
        this.server = server;
    }

    /** Starts it, and returns when it listens. {@code name} is for error messages. */
    static LoopbackListener listen(
            Vertx vertx, String name, HttpServerOptions options, Handler<HttpServerRequest> handler) {
        HttpServer server = vertx.createHttpServer(
                        new HttpServerOptions(options).setHost("127.0.0.1").setPort(0))
                .requestHandler(handler);
        try {
            server.listen().toCompletionStage().toCompletableFuture().get(LIMIT_SECONDS, TimeUnit.SECONDS);
            return new LoopbackListener(server);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StartFailedException("Interrupted while starting", interrupted);
        } catch (ExecutionException | TimeoutException failed) {
            throw new StartFailedException(name + " cannot listen", failed);
        }
    }

    int port() {
        return server.actualPort();
    }

    @Override
    public void close() {
        server.close();
    }
}
