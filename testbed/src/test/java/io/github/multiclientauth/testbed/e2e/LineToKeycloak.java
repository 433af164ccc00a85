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
 * A proxy between a facade and Keycloak that records the requests. While it is cut, it does not listen, as if Keycloak were unreachable.
 * Browsers do not use it and still reach Keycloak.
 */
final class LineToKeycloak implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final HttpProxy proxy;
    private final int port;
    private final List<Runnable> held = new CopyOnWriteArrayList<>();
    private volatile String holding;
    private HttpServer server;

    /** Creates a proxy that is cut. */
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

    /** Stops listening, and closes open connections. */
    void cut() {
        await(server.close().toCompletionStage());
    }

    /** Delays requests whose path ends like this until {@link #release}. */
    void hold(String path) {
        holding = path;
    }

    void release() {
        holding = null;
        held.forEach(Runnable::run);
        held.clear();
    }

    /** Forgets the requests until now. */
    void forget() {
        asked.clear();
    }

    /** The requested paths, in order. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    /** The options with which a JVM uses this proxy. Without them it would connect to loopback directly. */
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
