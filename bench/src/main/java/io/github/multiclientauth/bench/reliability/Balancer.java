package io.github.multiclientauth.bench.reliability;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A reverse proxy that sends each request to the next server. As nginx does by default, it repeats a request at another server if it could
 * not connect, and a GET also if the connection broke. It can also break the answers.
 */
final class Balancer implements AutoCloseable {

    /** Chooses the server, as a number from 0; the answer has it as well. */
    static final String SERVER = "X-Bench-Server";

    /** What it does in place of forwarding. */
    enum Mode {
        FORWARD,
        ERROR,
        GARBAGE,
        LATE
    }

    private static final Duration LATE = Duration.ofSeconds(30);
    private static final int CONNECT_MILLIS = 2000;
    private static final int CONNECTIONS = 512;

    /** Headers of one connection, and those that the client or server adds itself. */
    private static final Set<String> OWN = Set.of(
            "host",
            "connection",
            "content-length",
            "transfer-encoding",
            "keep-alive",
            "upgrade",
            "http2-settings",
            "x-bench-server");

    private final Vertx vertx;
    private final int port;
    private final List<Integer> servers;
    private final Set<Integer> drained = ConcurrentHashMap.newKeySet();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicLong forwarded = new AtomicLong();
    private final HttpClient client;
    private final HttpServer server;
    private volatile Mode mode = Mode.FORWARD;

    private Balancer(Vertx vertx, int port, List<Integer> servers) {
        this.vertx = vertx;
        this.port = port;
        this.servers = List.copyOf(servers);
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setMaxPoolSize(CONNECTIONS).setConnectTimeout(CONNECT_MILLIS));
        this.server = vertx.createHttpServer(new HttpServerOptions()
                        .setHost("127.0.0.1")
                        .setPort(port)
                        .setHttp2ClearTextEnabled(false))
                .requestHandler(this::handle);
    }

    /** @param servers their ports on this machine */
    static Balancer start(Vertx vertx, int port, List<Integer> servers) {
        Balancer balancer = new Balancer(vertx, port, servers);
        balancer.server.listen().toCompletionStage().toCompletableFuture().join();
        return balancer;
    }

    int port() {
        return port;
    }

    void mode(Mode changed) {
        mode = changed;
    }

    /** Sends no more requests to this server, as if its readiness check had failed. */
    void drain(int index) {
        drained.add(index);
    }

    void restore(int index) {
        drained.remove(index);
    }

    /** The number of forwarded requests. */
    long forwarded() {
        return forwarded.get();
    }

    private void handle(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            switch (mode) {
                case FORWARD -> forward(request, body);
                case ERROR -> request.response().setStatusCode(500).end("Internal Server Error");
                case GARBAGE -> garbage(request.response());
                case LATE -> vertx.setTimer(LATE.toMillis(), passed -> forward(request, body));
            }
        });
    }

    /** Alternately a page of another server, and JSON that ends in the middle. */
    private void garbage(HttpServerResponse response) {
        if ((next.incrementAndGet() & 1) == 0) {
            response.putHeader("Content-Type", "text/html").end("<!DOCTYPE html><title>Welcome</title>It works!");
        } else {
            response.putHeader("Content-Type", "application/json").end("{\"now\":1,\"sessions\":[{\"alive\":tr");
        }
    }

    private void forward(HttpServerRequest request, Buffer body) {
        String pinned = request.getHeader(SERVER);
        List<Integer> order = new ArrayList<>();
        if (pinned != null) {
            order.add(Integer.parseInt(pinned));
        } else {
            int first = Math.floorMod(next.getAndIncrement(), servers.size());
            for (int i = 0; i < servers.size(); i++) {
                order.add((first + i) % servers.size());
            }
            if (!order.stream().allMatch(drained::contains)) {
                order.removeIf(drained::contains);
            }
        }
        attempt(request, body, order, 0);
    }

    private void attempt(HttpServerRequest request, Buffer body, List<Integer> order, int tried) {
        if (tried == order.size()) {
            answer(request.response().setStatusCode(502), Buffer.buffer("Bad Gateway"));
            return;
        }
        int index = order.get(tried);
        client.request(options(request, servers.get(index)))
                .onFailure(unreachable -> attempt(request, body, order, tried + 1))
                .onSuccess(outgoing -> {
                    request.headers().forEach((name, value) -> {
                        if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
                            outgoing.headers().add(name, value);
                        }
                    });
                    outgoing.send(body)
                            .compose(answer -> answer.body().map(content -> {
                                forwarded.incrementAndGet();
                                pass(answer, content, index, request.response());
                                return content;
                            }))
                            .onFailure(broken -> attempt(
                                    request,
                                    body,
                                    order,
                                    request.method().equals(HttpMethod.GET) ? tried + 1 : order.size()));
                });
    }

    private static RequestOptions options(HttpServerRequest request, int port) {
        return new RequestOptions()
                .setMethod(request.method())
                .setURI(request.uri())
                .setServer(SocketAddress.inetSocketAddress(port, "127.0.0.1"))
                .setHost(request.authority().host())
                .setPort(request.authority().port());
    }

    private static void pass(HttpClientResponse answer, Buffer content, int index, HttpServerResponse response) {
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(answer.statusCode()).putHeader(SERVER, Integer.toString(index));
        answer.headers().forEach((name, value) -> {
            if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
                response.headers().add(name, value);
            }
        });
        response.end(content);
    }

    private static void answer(HttpServerResponse response, Buffer content) {
        if (!response.ended() && !response.closed()) {
            response.end(content);
        }
    }

    @Override
    public void close() {
        server.close().toCompletionStage().toCompletableFuture().join();
        client.close().toCompletionStage().toCompletableFuture().join();
    }
}
