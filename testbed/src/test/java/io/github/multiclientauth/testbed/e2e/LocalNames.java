package io.github.multiclientauth.testbed.e2e;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.httpproxy.HttpProxy;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;

/**
 * A proxy with which a visitor reaches the facade at names below {@code localhost}. Browsers resolve them to loopback (RFC 6761, section
 * 6.3). The JDK asks the machine's resolver, which may not know them.
 */
final class LocalNames implements AutoCloseable {

    private static final String BELOW_LOCALHOST = ".localhost";

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client;

    LocalNames(int facadePort) {
        HttpProxy facade = HttpProxy.reverseProxy(vertx.createHttpClient())
                .origin(facadePort, "127.0.0.1")
                .addInterceptor(new WithoutHost());
        HttpServer server = vertx.createHttpServer(
                        new HttpServerOptions().setHost("127.0.0.1").setPort(0))
                .requestHandler(facade);
        server.listen().toCompletionStage().toCompletableFuture().join();
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .proxy(new OfLocalNames(new InetSocketAddress("127.0.0.1", server.actualPort())))
                .build();
    }

    HttpClient client() {
        return client;
    }

    private static final class OfLocalNames extends ProxySelector {

        private final Proxy proxy;

        OfLocalNames(InetSocketAddress proxy) {
            this.proxy = new Proxy(Proxy.Type.HTTP, proxy);
        }

        @Override
        public List<Proxy> select(URI address) {
            return List.of(address.getHost().endsWith(BELOW_LOCALHOST) ? proxy : Proxy.NO_PROXY);
        }

        @Override
        public void connectFailed(URI address, SocketAddress proxyAddress, IOException cause) {
            // There is no other proxy to try.
        }
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
