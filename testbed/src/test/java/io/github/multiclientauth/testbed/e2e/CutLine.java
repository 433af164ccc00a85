package io.github.multiclientauth.testbed.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A proxy to Keycloak for an administrator's program. It breaks the connection at one of the program's changes, and all later ones. */
final class CutLine implements AutoCloseable {

    /** Whether Keycloak still gets the request at which the connection breaks. */
    enum Moment {
        BEFORE,
        AFTER
    }

    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final URI keycloak;
    private int changesLeft;
    private Moment moment;

    CutLine(URI keycloak) throws IOException {
        this.keycloak = keycloak;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::pass);
        restore();
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    synchronized void restore() {
        changesLeft = Integer.MAX_VALUE;
        moment = Moment.BEFORE;
    }

    /** Breaks the connection after this number of changes. */
    synchronized void cutAfter(int passing, Moment when) {
        restore();
        changesLeft = passing;
        moment = when;
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean cut = false;
            if (isChange(exchange)) {
                synchronized (this) {
                    cut = changesLeft-- <= 0;
                    if (cut && (moment == Moment.BEFORE || changesLeft < -1)) {
                        return;
                    }
                }
            }
            HttpResponse<byte[]> answer = forward(exchange);
            if (!cut) {
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                byte[] body = answer.body();
                exchange.sendResponseHeaders(answer.statusCode(), body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
            }
        }
    }

    private static boolean isChange(HttpExchange exchange) {
        return exchange.getRequestURI().getPath().startsWith("/admin/")
                && !exchange.getRequestMethod().equals("GET");
    }

    private HttpResponse<byte[]> forward(HttpExchange exchange) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        keycloak.resolve(exchange.getRequestURI().toString()))
                .method(
                        exchange.getRequestMethod(),
                        BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
        for (String name : new String[] {"Authorization", "Content-Type"}) {
            String value = exchange.getRequestHeaders().getFirst(name);
            if (value != null) {
                request.header(name, value);
            }
        }
        try {
            return client.send(request.build(), BodyHandlers.ofByteArray());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
    }
}
