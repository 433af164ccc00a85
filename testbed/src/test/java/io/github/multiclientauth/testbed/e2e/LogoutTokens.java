package io.github.multiclientauth.testbed.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.github.multiclientauth.testbed.web.Parameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An application's back-channel logout endpoint. Keycloak waits for its answer, so tests do not have to wait. */
final class LogoutTokens implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final List<JsonNode> received = new CopyOnWriteArrayList<>();
    private final List<String> tokens = new CopyOnWriteArrayList<>();

    LogoutTokens() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
        server.createContext("/logout", exchange -> {
            String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String token = Parameters.ofQuery(URI.create("http://application.example/?" + form))
                    .get("logout_token");
            tokens.add(token);
            received.add(JSON.readTree(Base64.getUrlDecoder().decode(token.split("\\.")[1])));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }

    /** The value for the client's setting "Backchannel logout URL". */
    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/logout";
    }

    /** The claims of all logout tokens so far. */
    List<JsonNode> received() {
        return List.copyOf(received);
    }

    /** All logout tokens so far, which no facade has seen. */
    List<String> tokens() {
        return List.copyOf(tokens);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
