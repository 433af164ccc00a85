package io.github.multiclientauth.bench;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerOptions;

/**
 * The cheapest possible server for comparison: Vert.x, one event loop, the same bytes for every request. It reads no header and decides
 * nothing.
 */
final class BareServer {

    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");

    private BareServer() {}

    /** @param arguments the port and the size of the body in bytes */
    public static void main(String[] arguments) {
        int port = Integer.parseInt(arguments[0]);
        Buffer body = Buffer.buffer("x".repeat(Integer.parseInt(arguments[1])));
        Vertx.vertx()
                .createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(port))
                .requestHandler(request -> request.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
                        .end(body))
                .listen()
                .onFailure(failure -> System.exit(1));
    }
}
