package io.github.multiclientauth.testbed.e2e;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.httpproxy.HttpProxy;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The way of a facade to Keycloak: a proxy that writes down what is asked. While it is cut nobody listens, as if Keycloak
 * were away; browsers, which go their own way, still reach it.
 */
final class LineToKeycloak implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final HttpProxy proxy;
    private final int port;
    private final List<Runnable> held = new CopyOnWriteArrayList<>();
    private volatile String holding;
    private HttpServer server;

    /** It is cut to begin with. */
    LineToKeycloak(int keycloakPort, int port) {
        this.port = port;
        this.proxy = HttpProxy.reverseProxy(vertx.createHttpClient())
                .origin(keycloakPort, "127.0.0.1")
                .addInterceptor(new WithoutHost());
    }

    void restore() {
        server = vertx.createHttpServer(
                        new HttpServerOptions().setHost("127.0.0.1").setPort(port))
                .requestHandler(request -> {
                    String path = URI.create(request.uri()).getPath();
                    asked.add(path);
                    if (holding != null && path.endsWith(holding)) {
                        request.pause();
                        Context context = vertx.getOrCreateContext();
                        held.add(() -> context.runOnContext(now -> proxy.handle(request)));
                    } else {
                        proxy.handle(request);
                    }
                });
        await(server.listen().toCompletionStage());
    }

    /** Connections that are open end, too. */
    void cut() {
        await(server.close().toCompletionStage());
    }

    /** Requests whose path ends like this wait on the way until {@link #release}. */
    void hold(String path) {
        holding = path;
    }

    void release() {
        holding = null;
        held.forEach(Runnable::run);
        held.clear();
    }

    /** Paths, in the order of asking. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    /** What makes a JVM take this way, also to loopback, which it would ask directly otherwise. */
    String jvmOptions() {
        return "-Dhttp.proxyHost=127.0.0.1 -Dhttp.proxyPort=" + port + " -Dhttp.nonProxyHosts=";
    }

    private static void await(CompletionStage<?> stage) {
        stage.toCompletableFuture().join();
    }

    @Override
    public void close() {
        await(vertx.close().toCompletionStage());
    }
}
