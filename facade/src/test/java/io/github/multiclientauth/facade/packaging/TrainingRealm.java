package io.github.multiclientauth.facade.packaging;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** A realm on a free loopback port that lists one application. It does nothing else. */
final class TrainingRealm implements AutoCloseable {

    private final HttpServer server;
    private final String applications;

    /** @param applications the answer of the directory endpoint */
    TrainingRealm(String applications) throws IOException {
        this.applications = applications;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/realms/training";
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().getPath();
            String body = switch (path.substring(path.lastIndexOf('/') + 1)) {
                case "openid-configuration" -> metadata();
                case "token" -> "{\"access_token\":\"unused\",\"token_type\":\"Bearer\",\"expires_in\":300}";
                case "directory" -> applications;
                default -> throw new IOException("Nothing asks for " + path);
            };
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private String metadata() {
        return "{\"issuer\":\"ISSUER\",\"authorization_endpoint\":\"ISSUER/auth\",\"token_endpoint\":\"ISSUER/token\","
                        .replace("ISSUER", issuer())
                + "\"jwks_uri\":\"" + issuer() + "/certs\",\"subject_types_supported\":[\"public\"],"
                + "\"response_types_supported\":[\"code\"],\"id_token_signing_alg_values_supported\":[\"RS256\"]}";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
