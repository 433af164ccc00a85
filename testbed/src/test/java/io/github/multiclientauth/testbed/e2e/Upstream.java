package io.github.multiclientauth.testbed.e2e;

import io.github.multiclientauth.testbed.web.LoopbackServer;
import io.github.multiclientauth.testbed.web.Replies;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A server behind a proxy: an application's pages, and an API. It remembers what it gets, and says none of it. */
final class Upstream implements AutoCloseable {

    /** The last segment of pages that a shared cache may store, with cookies of the application's own. */
    static final String CACHEABLE = "cacheable";

    /** What such a page says about itself. */
    static final String CACHE_CONTROL = "public, max-age=3600";

    private static final String LEAK = "/leak";

    private final LoopbackServer server;
    private final int port;
    private final BlockingQueue<Got> requests;

    private Upstream(LoopbackServer server, int port, BlockingQueue<Got> requests) {
        this.server = server;
        this.port = port;
        this.requests = requests;
    }

    /** A request, as it arrived. The names of headers are in lower case. */
    record Got(String method, String target, List<Map.Entry<String, String>> headers, String body) {

        private static Got of(String method, String target, MultiMap headers, String body) {
            return new Got(
                    method,
                    target,
                    headers.entries().stream()
                            .map(header -> Map.entry(header.getKey().toLowerCase(Locale.ROOT), header.getValue()))
                            .toList(),
                    body);
        }

        List<String> all(String name) {
            return headers.stream()
                    .filter(header -> header.getKey().equals(name))
                    .map(Map.Entry::getValue)
                    .toList();
        }

        /** Keeps tokens out of messages. */
        @Override
        public String toString() {
            return method + " " + target + " with "
                    + headers.stream().map(Map.Entry::getKey).toList();
        }
    }

    static Upstream start(Vertx vertx, int port) {
        BlockingQueue<Got> requests = new LinkedBlockingQueue<>();
        LoopbackServer server = LoopbackServer.listen(
                vertx,
                "The server behind the proxies",
                port,
                request -> request.body().onSuccess(body -> {
                    if (request.path().equals("/favicon.ico")) {
                        request.response().setStatusCode(204).end();
                        return;
                    }
                    if (request.path().equals(LEAK)) {
                        leak(request);
                        return;
                    }
                    requests.add(Got.of(request.method().name(), request.uri(), request.headers(), body.toString()));
                    if (request.path().endsWith("/" + CACHEABLE)) {
                        request.response()
                                .putHeader("Cache-Control", CACHE_CONTROL)
                                .putHeader("Set-Cookie", List.<String>of("first=1; Secure", "second=2; Secure"))
                                .end("The same for everybody.");
                        return;
                    }
                    Replies.send(
                            request.response(),
                            200,
                            "text/html; charset=utf-8",
                            "default-src 'none'; script-src 'unsafe-eval' 'self'; connect-src 'self'",
                            "<!DOCTYPE html><html lang=\"en\"><title>Upstream</title><h1>Upstream</h1>");
                }));
        return new Upstream(server, port, requests);
    }

    private static void leak(HttpServerRequest request) {
        String body = request.getParam("body", "");
        String cookie = request.getParam("cookie", "");
        request.response().putHeader("Set-Cookie", "x=" + cookie);
        Replies.data(request.response(), 200, "text/plain", body);
    }

    /**
     * The address of a page that gives its browser a token.
     *
     * @param where `body`, `address` or `cookie`
     */
    String leaking(String where, String token) {
        return "http://localhost:" + port + LEAK + "?" + where + "=" + token;
    }

    int port() {
        return port;
    }

    /** Takes the only request since the last call. {@code null} if there was none. */
    Got taken() {
        List<Got> all = new ArrayList<>();
        requests.drainTo(all);
        if (all.size() > 1) {
            throw new AssertionError("One request was expected: " + all);
        }
        return all.isEmpty() ? null : all.get(0);
    }

    @Override
    public void close() {
        server.close();
    }
}
