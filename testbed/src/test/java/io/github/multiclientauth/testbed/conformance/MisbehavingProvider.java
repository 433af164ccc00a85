package io.github.multiclientauth.testbed.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.jwk.RSAKey;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.github.multiclientauth.testbed.provider.internet.Certificates;
import io.github.multiclientauth.testbed.web.Parameters;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A realm of Keycloak with our extension, on loopback: metadata, keys, token endpoint, pushed authorization requests, and the
 * endpoints of the extension. Each is right unless the {@link Conduct} of the current case says otherwise.
 *
 * <p>Below {@code /realms/<any other name>} there is metadata only, which {@link #metadata} prepares.
 */
final class MisbehavingProvider implements AutoCloseable {

    static final String REALM = "conformance";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TOKEN_TYPE = "token_type";

    private final HttpServer http;
    private final HttpsServer https;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "misbehaving provider");
        thread.setDaemon(true);
        return thread;
    });
    private final Keys keys = Keys.generate();
    private final AtomicInteger count = new AtomicInteger();
    private final Map<String, Map<String, String>> pushedRequests = new ConcurrentHashMap<>();
    private final Map<String, Authorized> codes = new ConcurrentHashMap<>();
    private final Map<String, Authorized> sessions = new ConcurrentHashMap<>();
    private final Map<String, Function<Map<String, Object>, Reply>> metadata = new ConcurrentHashMap<>();
    private volatile Conduct conduct = new Conduct();
    private volatile RSAKey signingKey = keys.signing();
    private volatile List<Party> parties = List.of();
    private volatile int strayRequests;

    /** What the person has agreed to. */
    record Authorized(String clientId, String clientOrigin, String nonce, String subject, String sid) {}

    /** @param certificates those of the addresses with https */
    MisbehavingProvider(Certificates certificates) throws IOException, GeneralSecurityException {
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        http = HttpServer.create(anyPort, 0);
        https = HttpsServer.create(anyPort, 0);
        https.setHttpsConfigurator(new HttpsConfigurator(tls(certificates)));
        for (HttpServer server : List.of(http, https)) {
            server.setExecutor(threads);
            server.createContext("/", this::answer);
            server.start();
        }
    }

    private static SSLContext tls(Certificates certificates) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        char[] password = certificates.password().toCharArray();
        store.load(new ByteArrayInputStream(certificates.keyStore()), password);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    URI issuer() {
        return issuer(REALM);
    }

    URI issuer(String realm) {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/realms/" + realm);
    }

    URI secureIssuer(String realm) {
        return URI.create("https://localhost:" + https.getAddress().getPort() + "/realms/" + realm);
    }

    Keys keys() {
        return keys;
    }

    /** The key that the provider signs with now. */
    RSAKey signingKey() {
        return signingKey;
    }

    /** Lists these applications. */
    void serve(List<Party> applications) {
        parties = applications;
    }

    /** Begins the next case with this conduct. */
    void behave(Conduct next) {
        conduct = next;
        signingKey = next.signingKey.orElse(signingKey);
    }

    /** Prepares the metadata of a realm. It gets the right members. */
    void metadata(String realm, Function<Map<String, Object>, Reply> answer) {
        metadata.put(realm, answer);
    }

    /** The number of requests to addresses that nobody may follow, such as the target of a redirect. */
    int strayRequests() {
        return strayRequests;
    }

    /** An address at this provider where no request may arrive. */
    String elsewhere() {
        return "http://127.0.0.1:" + http.getAddress().getPort() + "/elsewhere";
    }

    /** The code for a person who agrees to the authorization request at this address. */
    String authorize(URI request) {
        Map<String, String> asked = Parameters.ofQuery(request);
        Map<String, String> complete =
                asked.containsKey("request_uri") ? pushedRequests.get(asked.get("request_uri")) : asked;
        int number = count.incrementAndGet();
        String code = "code-" + number;
        codes.put(
                code,
                new Authorized(
                        complete.get("client_id"),
                        complete.get("client_origin"),
                        complete.get("nonce"),
                        "person-" + number,
                        "session-" + number));
        return code;
    }

    /** The state in the authorization request at this address. */
    String state(URI request) {
        Map<String, String> asked = Parameters.ofQuery(request);
        return asked.containsKey("request_uri")
                ? pushedRequests.get(asked.get("request_uri")).get("state")
                : asked.get("state");
    }

    /** What the code of a sign-in stands for. */
    Authorized authorized(String code) {
        return codes.get(code);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        String[] parts = path.split("/", 4);
        if (parts.length < 4 || !parts[1].equals("realms")) {
            strayRequests++;
            Reply.of(404, "text/html", "").send(exchange);
            return;
        }
        reply(parts[2], parts[3], exchange.getRequestURI(), body).send(exchange);
    }

    private Reply reply(String realm, String endpoint, URI address, String body) throws IOException {
        if (endpoint.equals(".well-known/openid-configuration")) {
            boolean secure = realm.startsWith("secure");
            return metadata.getOrDefault(realm, members -> Reply.json(Jwt.json(members)))
                    .apply(rightMetadata(secure ? secureIssuer(realm) : issuer(realm)));
        }
        if (!realm.equals(REALM)) {
            return Reply.of(503, "text/html", "");
        }
        return switch (endpoint) {
            case "certs" -> conduct.keys.apply(keys.published(signingKey));
            case "token" -> token(form(body));
            case "par" -> pushed(form(body));
            case "multi-client-auth/directory" -> Reply.json(directory());
            case "multi-client-auth/changes" -> Reply.json(changes(Parameters.ofQuery(address)));
            case "multi-client-auth/sessions" -> conduct.confirmation.apply(confirmed(JSON.readTree(body)));
            default -> Reply.of(404, "text/html", "");
        };
    }

    /** The token endpoint is at another host than the issuer, as with Keycloak's hostname-backchannel-dynamic. */
    private static Map<String, Object> rightMetadata(URI issuer) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("issuer", issuer.toString());
        members.put("authorization_endpoint", issuer + "/auth");
        members.put("token_endpoint", issuer.toString().replace("127.0.0.1", "localhost") + "/token");
        members.put("jwks_uri", issuer + "/certs");
        members.put("end_session_endpoint", issuer + "/logout");
        members.put("pushed_authorization_request_endpoint", issuer + "/par");
        members.put("response_types_supported", List.of("code"));
        members.put("subject_types_supported", List.of("public"));
        members.put("id_token_signing_alg_values_supported", List.of("RS256", "ES256"));
        members.put("authorization_response_iss_parameter_supported", true);
        return members;
    }

    private Reply token(Map<String, String> form) {
        if ("client_credentials".equals(form.get("grant_type"))) {
            return Reply.json(
                    Jwt.json(Map.of("access_token", "the facade's", TOKEN_TYPE, "Bearer", "expires_in", 3600)));
        }
        Authorized authorized = codes.get(form.getOrDefault("code", ""));
        if (authorized == null) {
            return Reply.of(400, "application/json", "{\"error\":\"invalid_grant\"}");
        }
        sessions.put(authorized.sid(), authorized);
        Jwt idToken = idToken(authorized);
        conduct.idToken.accept(idToken);
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("access_token", "an access token");
        members.put(TOKEN_TYPE, "Bearer");
        members.put("expires_in", 300);
        members.put("refresh_token", "a refresh token");
        members.put("scope", "openid");
        members.put("id_token", idToken.text());
        conduct.tokenMembers.accept(members);
        return conduct.tokenAnswer.apply(Jwt.json(members));
    }

    /** The right ID token. */
    private Jwt idToken(Authorized authorized) {
        long now = Instant.now().getEpochSecond();
        Map<String, Object> claims = claims(authorized);
        claims.put("iss", issuer().toString());
        claims.put("aud", authorized.clientId());
        claims.put("iat", now);
        claims.put("exp", now + 300);
        claims.put("nonce", authorized.nonce());
        claims.put("typ", "ID");
        return new Jwt(header(), claims, Keys.signer(signingKey));
    }

    /** A right logout token. */
    Jwt logoutToken(Authorized session) {
        long now = Instant.now().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", issuer().toString());
        claims.put("aud", session.clientId());
        claims.put("iat", now);
        claims.put("exp", now + 120);
        claims.put("jti", "logout-" + count.incrementAndGet());
        claims.put("typ", "Logout");
        claims.put("sub", session.subject());
        claims.put("sid", session.sid());
        claims.put("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()));
        Jwt token = new Jwt(header(), claims, Keys.signer(signingKey));
        return token.header("typ", "logout+jwt");
    }

    private Map<String, Object> header() {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("alg", "RS256");
        header.put("typ", "JWT");
        header.put("kid", signingKey.getKeyID());
        return header;
    }

    private static Map<String, Object> claims(Authorized authorized) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("sub", authorized.subject());
        claims.put("sid", authorized.sid());
        claims.put("azp", authorized.clientId());
        claims.put("clientId", authorized.clientId());
        claims.put("clientOrigin", authorized.clientOrigin());
        claims.put("provider", Party.PROVIDER);
        claims.put("name", "Ada Lovelace");
        return claims;
    }

    private Reply pushed(Map<String, String> form) {
        String reference = "urn:ietf:params:oauth:request_uri:" + count.incrementAndGet();
        pushedRequests.put(reference, form);
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("request_uri", reference);
        members.put("expires_in", 60);
        return conduct.pushed.apply(Jwt.json(members));
    }

    private String directory() {
        ObjectNode document = JSON.createObjectNode().put("version", 1).put("realm", REALM);
        ArrayNode applications = document.putArray("applications");
        parties.forEach(party -> applications.add(party.entry()));
        return document.toString();
    }

    private static String changes(Map<String, String> query) {
        long now = System.currentTimeMillis();
        long since =
                Optional.ofNullable(query.get("since")).map(Long::parseLong).orElse(now);
        return Jwt.json(Map.of("now", now, "since", since, "changes", List.of()));
    }

    private String confirmed(JsonNode question) {
        ObjectNode document = JSON.createObjectNode().put("now", System.currentTimeMillis());
        ArrayNode list = document.putArray("sessions");
        for (JsonNode asked : question.path("sessions")) {
            Authorized session = sessions.get(asked.path("sid").asText());
            if (session == null) {
                list.addObject().put("alive", false).put("reason", "no such session");
            } else {
                list.addObject()
                        .put("alive", true)
                        .put("user", session.subject())
                        .set("claims", JSON.valueToTree(claims(session)));
            }
        }
        return document.toString();
    }

    private static Map<String, String> form(String body) {
        return Parameters.ofQuery(URI.create("?" + body));
    }

    @Override
    public void close() {
        http.stop(0);
        https.stop(0);
        threads.shutdownNow();
    }
}
