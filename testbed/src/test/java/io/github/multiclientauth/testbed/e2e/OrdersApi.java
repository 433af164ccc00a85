package io.github.multiclientauth.testbed.e2e;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Two APIs, each with an audience of its own, that know nothing but Keycloak. They check an access token as a resource server does:
 * signature by Keycloak's keys, issuer, audience, time, type and scope.
 */
final class OrdersApi implements AutoCloseable {

    /** The client id of the API at {@code /orders}, which the application's tokens are for. */
    static final String ORDERS = "orders-api";

    private static final Map<String, String> AUDIENCES = Map.of("/orders", ORDERS, "/invoices", "invoices-api");
    private static final String SCOPE = "email";
    private static final String BEARER = "Bearer ";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JWKSource<SecurityContext> keys;
    private final URI issuer;
    private final HttpServer server;
    private final List<String> tokens = new CopyOnWriteArrayList<>();

    private OrdersApi(URI issuer, JWKSource<SecurityContext> keys, HttpServer server) {
        this.issuer = issuer;
        this.keys = keys;
        this.server = server;
    }

    /** Starts both on a free port of loopback. */
    static OrdersApi start(URI issuer) throws IOException {
        JWKSource<SecurityContext> keys = JWKSourceBuilder.create(
                        URI.create(issuer + "/protocol/openid-connect/certs").toURL())
                .refreshAheadCache(false)
                .build();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        OrdersApi api = new OrdersApi(issuer, keys, server);
        server.createContext("/", api::answer);
        server.start();
        return api;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** What was sent as tokens, good or not. */
    List<String> tokens() {
        return List.copyOf(tokens);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String given = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                .filter(value -> value.startsWith(BEARER))
                .map(value -> value.substring(BEARER.length()))
                .orElse("");
        tokens.add(given);
        ObjectNode answer = JSON.createObjectNode();
        int status = 200;
        try {
            JWTClaimsSet claims =
                    processor(AUDIENCES.get(exchange.getRequestURI().getPath())).process(given, null);
            if (Arrays.asList(claims.getStringClaim("scope").split(" ")).contains(SCOPE)) {
                answer.put("caller", claims.getSubject()).put("through", claims.getStringClaim("azp"));
            } else {
                status = 403;
            }
        } catch (Exception refused) {
            status = 401;
            answer.put("message", refused.getMessage());
        }
        byte[] body = answer.toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private DefaultJWTProcessor<SecurityContext> processor(String audience) {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(Set.of(JWSAlgorithm.RS256), keys));
        JWTClaimsSet exact = new JWTClaimsSet.Builder()
                .issuer(issuer.toString())
                .claim("typ", "Bearer")
                .build();
        processor.setJWTClaimsSetVerifier(
                new DefaultJWTClaimsVerifier<>(audience, exact, Set.of("sub", "exp", "scope")));
        return processor;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
