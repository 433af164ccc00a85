package io.github.multiclientauth.bench;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.multiclientauth.origin.Origin;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * The part of a Keycloak realm that a refresh grant and a list of one application need. It runs in the process of the
 * benchmark, so its CPU time does not count for any of the servers.
 */
final class StandInRealm implements AutoCloseable {

    private static final String ACCOUNT_TOKEN =
            "{\"access_token\":\"unused\",\"token_type\":\"Bearer\",\"expires_in\":300}";

    private final HttpServer server;
    private final RSAKey key;
    private final Visitor visitor;
    private final AtomicInteger grants = new AtomicInteger();

    /** @param visitor the user whose session every refresh token belongs to */
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

    /** The number of the facade's requests. */
    int grants() {
        return grants.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String path = exchange.getRequestURI().getPath();
            String body = switch (path.substring(path.lastIndexOf('/') + 1)) {
                case "openid-configuration" -> metadata();
                case "certs" -> new JWKSet(key.toPublicJWK()).toString();
                case "token" -> form.contains("grant_type=client_credentials") ? ACCOUNT_TOKEN : tokens();
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
                + "\"],\"providers\":[{\"alias\":\"github\"}]}]}";
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

    private String tokens() throws IOException {
        grants.incrementAndGet();
        Date now = new Date();
        SignedJWT idToken = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
                new JWTClaimsSet.Builder()
                        .issuer(issuer())
                        .audience(Visitor.CLIENT_ID)
                        .subject(visitor.subject())
                        .issueTime(now)
                        .expirationTime(new Date(now.getTime() + 300_000))
                        .claim("sid", visitor.sid())
                        .claim("name", Visitor.NAME)
                        .claim("email", Visitor.EMAIL)
                        .claim("picture", Visitor.PICTURE)
                        .build());
        try {
            idToken.sign(new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IOException(e);
        }
        return "{\"access_token\":\"unused\",\"token_type\":\"Bearer\",\"expires_in\":300,"
                + "\"refresh_expires_in\":36000,\"refresh_token\":\"" + visitor.refreshToken() + "\",\"id_token\":\""
                + idToken.serialize() + "\"}";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
