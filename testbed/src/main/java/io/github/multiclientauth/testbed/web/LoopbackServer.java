package io.github.multiclientauth.testbed.web;

import io.github.multiclientauth.testbed.process.StartFailedException;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A web server on loopback only, on IPv4 and, if the machine has it, on IPv6. Browsers disagree on which of the two {@code localhost} is.
 * Another program on the other one would get requests that are meant for this server.
 *
 * <p>It uses Vert.x like the facade, so both behave the same.
 */
public final class LoopbackServer implements AutoCloseable {

    private static final long LIMIT_SECONDS = 10;

    private final List<HttpServer> servers;

    private LoopbackServer(List<HttpServer> servers) {
        this.servers = servers;
    }

    /**
     * Starts the server, and returns when it listens.
     *
     * @param name the name in error messages
     * @throws StartFailedException if the port is taken
     */
    public static LoopbackServer listen(Vertx vertx, String name, int port, Handler<HttpServerRequest> handler) {
        List<HttpServer> servers = new ArrayList<>();
        for (String host : hosts()) {
            HttpServerOptions options = new HttpServerOptions().setHost(host).setPort(port);
            HttpServer server = vertx.createHttpServer(options).requestHandler(handler);
            try {
                await(server.listen());
                servers.add(server);
            } catch (ExecutionException | TimeoutException taken) {
                new LoopbackServer(servers).close();
                throw new StartFailedException(name + " cannot listen on " + host + ", port " + port, taken);
            }
        }
        return new LoopbackServer(List.copyOf(servers));
    }

    private static List<String> hosts() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName("::1"))) {
            return probe.isBound() ? List.of("127.0.0.1", "::1") : List.of("127.0.0.1");
        } catch (IOException noIpv6) {
            return List.of("127.0.0.1");
        }
    }

    private static <T> void await(Future<T> future) throws ExecutionException, TimeoutException {
        try {
            future.toCompletionStage().toCompletableFuture().get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StartFailedException("Interrupted while starting or stopping", interrupted);
        }
    }

    /** Stops serving. The event loop releases the port a moment later. */
    @Override
    public void close() {
        for (HttpServer server : servers) {
            try {
                await(server.close());
            } catch (ExecutionException | TimeoutException broken) {
                throw new IllegalStateException("A server did not stop listening", broken);
            }
        }
    }
}
