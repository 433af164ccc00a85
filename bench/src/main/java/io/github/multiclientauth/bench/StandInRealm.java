package io.github.multiclientauth.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.multiclientauth.origin.Origin;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * The part of a Keycloak realm that confirms sessions and lists one application. It runs in the process of the
 * benchmark, so its CPU time does not count for any of the servers.
 */
final class StandInRealm implements AutoCloseable {

    private static final String ACCOUNT_TOKEN =
            "{\"access_token\":\"unused\",\"token_type\":\"Bearer\",\"expires_in\":300}";

    /** A token as long as one of Keycloak's with an audience and a few roles. */
    private static final String ACCESS_TOKEN = "{\"access_token\":\"" + "a".repeat(1200)
            + "\",\"token_type\":\"Bearer\",\"expires_in\":3600,\"scope\":\"openid email profile\"}";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final RSAKey key;
    private final Visitor visitor;
    private final AtomicInteger questions = new AtomicInteger();

    /** @param visitor the user to whom every session belongs */
    StandInRealm(Visitor visitor) throws IOException, JOSEException {
        this.visitor = visitor;
        this.key = new RSAKeyGenerator(2048).keyID("bench").generate();
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/realms/bench";
    }

    /** The number of sessions that the facade has asked about. */
    int questions() {
        return questions.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String given = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String path = exchange.getRequestURI().getPath();
            String body = switch (path.substring(path.lastIndexOf('/') + 1)) {
                case "openid-configuration" -> metadata();
                case "certs" -> new JWKSet(key.toPublicJWK()).toString();
                case "token" -> path.contains("/sessions/") ? ACCESS_TOKEN : ACCOUNT_TOKEN;
                case "sessions" -> confirmed(given);
                case "changes" -> unchanged();
                case "directory" -> applications(exchange.getRequestURI().getQuery());
                default -> throw new IOException("Nobody asks for " + path);
            };
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    /** Where a facade finds itself listed as the one application. */
    String directory(Origin origin) {
        return issuer() + "/directory?" + origin;
    }

    private static String applications(String origin) {
        return "{\"version\":1,\"applications\":[{\"clientId\":\"" + Visitor.CLIENT_ID
                + "\",\"authentication\":\"none\",\"webOrigins\":[\"" + origin
                + "\"],\"accessTokens\":{\"for\":\"servers-and-proxies\"},\"providers\":[{\"alias\":\"github\"}]}]}";
    }

    private String metadata() {
        return Map.of(
                        "issuer", issuer(),
                        "authorization_endpoint", issuer() + "/auth",
                        "token_endpoint", issuer() + "/token",
                        "jwks_uri", issuer() + "/certs")
                .entrySet()
                .stream()
                .map(entry -> '"' + entry.getKey() + "\":\"" + entry.getValue() + '"')
                .collect(Collectors.joining(
                        ",",
                        "{",
                        ",\"subject_types_supported\":[\"public\"],\"response_types_supported\":[\"code\"],"
                                + "\"id_token_signing_alg_values_supported\":[\"RS256\"]}"));
    }

    private static String unchanged() {
        long now = System.currentTimeMillis();
        return "{\"now\":" + now + ",\"since\":0,\"changes\":[]}";
    }

    /** Says of each session that it is alive. */
    private String confirmed(String given) throws IOException {
        ObjectNode answer = JSON.createObjectNode().put("now", System.currentTimeMillis());
        ArrayNode sessions = answer.putArray("sessions");
        for (JsonNode question : JSON.readTree(given).path("sessions")) {
            questions.incrementAndGet();
            sessions.addObject()
                    .put("alive", true)
                    .put("user", visitor.subject())
                    .put("endsAt", System.currentTimeMillis() / 1000 + 36_000)
                    .putObject("claims")
                    .put("sub", visitor.subject())
                    .put("sid", question.path("sid").asText())
                    .put("name", Visitor.NAME)
                    .put("email", Visitor.EMAIL)
                    .put("picture", Visitor.PICTURE);
        }
        return answer.toString();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
