package io.github.multiclientauth.facade.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import io.github.multiclientauth.facade.client.ClientAuthentication;
import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.seal.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The endpoints of a realm on a free loopback port, with prepared answers. */
final class StandInKeycloak implements AutoCloseable {

    static final RSAKey KEY = rsaKey("the realm's key");

    /** A received request. */
    record Asked(
            String method,
            String path,
            Optional<String> query,
            String body,
            Optional<String> authorization,
            Optional<String> ifNoneMatch,
            Optional<String> dpop,
            Optional<String> traceparent,
            Map<String, String> form) {}

    private record Answer(int status, String contentType, String body, String tag) {
        Answer(int status, String contentType, String body) {
            this(status, contentType, body, null);
        }
    }

    private final HttpServer server;
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final Map<String, Object> metadata = new LinkedHashMap<>();
    private volatile boolean up = true;
    private volatile Answer token = new Answer(500, "text/html", "not prepared");
    private volatile Answer directory = new Answer(500, "text/html", "not prepared");
    private volatile Answer pushed = new Answer(500, "text/html", "not prepared");
    private volatile Answer insteadOfMetadata;
    private volatile String nonce;
    private volatile String nonceOf = "/token";
    private volatile boolean wantsProof;
    private volatile Answer certs = new Answer(200, "application/json", new JWKSet(KEY.toPublicJWK()).toString());
    private volatile Answer sessions = new Answer(500, "text/html", "not prepared");
    private volatile Answer changes = new Answer(500, "text/html", "not prepared");
    private volatile String refused;
    private volatile CountDownLatch beforeToken = new CountDownLatch(0);
    private volatile CountDownLatch beforeSessions = new CountDownLatch(0);

    StandInKeycloak() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        metadata.put("issuer", issuer());
        metadata.put("authorization_endpoint", issuer() + "/auth");
        metadata.put("token_endpoint", issuer() + "/token");
        metadata.put("jwks_uri", issuer() + "/certs");
        metadata.put("response_types_supported", List.of("code"));
        metadata.put("subject_types_supported", List.of("public"));
        metadata.put("id_token_signing_alg_values_supported", List.of("RS256"));
        metadata.put("authorization_response_iss_parameter_supported", true);
        server.createContext("/", this::answer);
        server.start();
    }

    String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/realms/test";
    }

    URI issuerUri() {
        return URI.create(issuer());
    }

    /** The account of the facade in this realm. */
    FacadeAccount account(Supplier<Secret> secret, KeycloakClock clock) {
        KeycloakRequests requests = new KeycloakRequests(
                Duration.ofSeconds(2), Duration.ofSeconds(10), Optional.empty(), KeycloakWatch.NONE);
        return account(secret, clock, requests);
    }

    FacadeAccount account(Supplier<Secret> secret, KeycloakClock clock, KeycloakRequests requests) {
        return new FacadeAccount(
                new ProviderMetadata(issuerUri(), requests, Runnable::run),
                new ClientId("the facade"),
                () -> new ClientAuthentication.ClientSecret(secret.get()),
                new Credentials(issuerUri(), Optional.empty(), clock),
                requests,
                clock);
    }

    /** Gives the account this access token. */
    void accessToken(String value) {
        token(200, "{\"access_token\":\"" + value + "\",\"token_type\":\"Bearer\",\"expires_in\":60}");
    }

    void metadata(String name, Object value) {
        metadata.put(name, value);
    }

    /** Answers this instead of the metadata. */
    void metadata(int status, String body) {
        insteadOfMetadata = new Answer(status, "application/json", body);
    }

    void withoutMetadata(String name) {
        metadata.remove(name);
    }

    /** Answers 503 to everything until it is up again. */
    void up(boolean isUp) {
        up = isUp;
    }

    void token(int status, String contentType, String body) {
        token = new Answer(status, contentType, body);
    }

    void token(int status, String json) {
        token(status, "application/json", json);
    }

    /** A successful answer of the token endpoint. */
    void tokens(String idToken, String more) {
        token(
                200,
                "{\"access_token\":\"an access token\",\"token_type\":\"Bearer\",\"expires_in\":300,"
                        + "\"refresh_token\":\"a refresh token\",\"id_token\":\"" + idToken + "\"" + more + "}");
    }

    /** @param tag null for an answer without one */
    void directory(int status, String body, String tag) {
        directory = new Answer(status, "application/json", body, tag);
    }

    void sessions(int status, String body) {
        sessions = new Answer(status, "application/json", body);
    }

    void changes(int status, String body) {
        changes = new Answer(status, "application/json", body);
    }

    /** The extension answers 401 to this access token from now on. */
    void refuse(String accessToken) {
        refused = "Bearer " + accessToken;
    }

    /** Waits for this before each answer of the token endpoint. */
    void beforeToken(CountDownLatch latch) {
        beforeToken = latch;
    }

    /** Waits for this before each answer about sessions. */
    void beforeSessions(CountDownLatch latch) {
        beforeSessions = latch;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The realm has these keys from now on. */
    void keys(RSAKey... keys) {
        certs(200, new JWKSet(List.<com.nimbusds.jose.jwk.JWK>of(keys)).toString());
    }

    void certs(int status, String json) {
        certs = new Answer(status, "application/json", json);
    }

    void pushed(int status, String json) {
        pushed = new Answer(status, "application/json", json);
    }

    /** Makes the token endpoint want this nonce in proofs of possession from now on. */
    void wantNonce(String value) {
        wantNonce("/token", value);
    }

    /** Makes this endpoint alone want this nonce in proofs of possession from now on. */
    void wantNonce(String endpoint, String value) {
        nonceOf = endpoint;
        nonce = value;
    }

    /** Makes the token endpoint want proofs of possession from now on, in Keycloak's words. */
    void wantProof() {
        wantsProof = true;
    }

    private boolean hasNonce(HttpExchange exchange) {
        String proof = exchange.getRequestHeaders().getFirst("DPoP");
        try {
            return nonce == null
                    || proof != null
                            && nonce.equals(
                                    SignedJWT.parse(proof).getJWTClaimsSet().getClaim("nonce"));
        } catch (ParseException e) {
            return false;
        }
    }

    private Answer wantsNonce(HttpExchange exchange) {
        exchange.getResponseHeaders().set("DPoP-Nonce", nonce);
        return new Answer(400, "application/json", "{\"error\":\"use_dpop_nonce\"}");
    }

    List<Asked> asked(String endpoint) {
        return asked.stream()
                .filter(one -> one.path().equals("/realms/test" + endpoint))
                .toList();
    }

    List<Asked> asked() {
        return List.copyOf(asked);
    }

    /** The claims of a valid ID token. */
    JWTClaimsSet.Builder claims() {
        return claims(issuer());
    }

    static JWTClaimsSet.Builder claims(String issuer) {
        Instant now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(issuer)
                .audience("portfolio")
                .subject("subject")
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(3600)))
                .claim("nonce", "the nonce")
                .claim("sid", "the-sid")
                .claim("name", "Ada Lovelace")
                .claim("email", "Ada@Example.COM")
                .claim("picture", "https://img.example/ada.png")
                .claim("provider", "github")
                .claim("clientOrigin", "http://localhost:3000")
                .claim("clientId", "portfolio");
    }

    static String signed(JWTClaimsSet.Builder claims) {
        return signed(claims, KEY, JWSAlgorithm.RS256);
    }

    static String signed(JWTClaimsSet.Builder claims, RSAKey key, JWSAlgorithm algorithm) {
        try {
            var jwt = new SignedJWT(
                    new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).build(), claims.build());
            jwt.sign(new RSASSASigner(key));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static RSAKey rsaKey(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        asked.add(new Asked(
                exchange.getRequestMethod(),
                path,
                Optional.ofNullable(exchange.getRequestURI().getRawQuery()),
                body,
                Optional.ofNullable(authorization),
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("If-None-Match")),
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("DPoP")),
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("traceparent")),
                form(body)));
        if (!up) {
            send(exchange, new Answer(503, "text/html", "away"));
            return;
        }
        if (authorization != null && authorization.equals(refused)) {
            send(exchange, new Answer(401, "text/html", ""));
            return;
        }
        if (path.endsWith("/token")) {
            await(beforeToken);
        }
        if (path.endsWith("/sessions")) {
            await(beforeSessions);
        }
        if (path.endsWith("/token")
                && wantsProof
                && exchange.getRequestHeaders().getFirst("DPoP") == null) {
            send(
                    exchange,
                    new Answer(
                            400,
                            "application/json",
                            "{\"error\":\"invalid_request\",\"error_description\":\"DPoP proof is missing\"}"));
            return;
        }
        if (path.endsWith(nonceOf) && !hasNonce(exchange)) {
            send(exchange, wantsNonce(exchange));
            return;
        }
        send(
                exchange,
                switch (path.contains("/sessions/") ? "sessions" : path.substring(path.lastIndexOf('/') + 1)) {
                    case "openid-configuration" ->
                        insteadOfMetadata != null
                                ? insteadOfMetadata
                                : new Answer(
                                        200,
                                        "application/json",
                                        new com.fasterxml.jackson.databind.ObjectMapper().writeValueAsString(metadata));
                    case "certs" -> certs;
                    case "token" -> token;
                    case "par" -> pushed;
                    case "directory" -> directory;
                    case "changes" -> changes;
                    case "sessions" -> sessions;
                    default -> new Answer(404, "text/html", "");
                });
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        byte[] bytes = answer.body().getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", answer.contentType());
        if (answer.tag() != null) {
            exchange.getResponseHeaders().set("ETag", answer.tag());
        }
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    private static Map<String, String> form(String body) {
        return com.nimbusds.oauth2.sdk.util.URLUtils.parseParameters(body).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> String.join(",", entry.getValue())));
    }
}
