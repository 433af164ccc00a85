package io.github.multiclientauth.testbed.application;

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
import io.github.multiclientauth.testbed.process.StartFailedException;
import io.github.multiclientauth.testbed.web.Replies;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.MalformedURLException;
import java.net.URI;
import java.util.Set;

/**
 * An API that says who calls it. It knows neither cookies nor the facade, only Keycloak: it checks the access token as any resource server
 * does.
 */
final class DemoApi implements AutoCloseable {

    private static final String BEARER = "Bearer ";
    private static final String JSON_TYPE = "application/json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Vertx vertx;
    private final DefaultJWTProcessor<SecurityContext> tokens;
    private HttpServer server;

    private DemoApi(Vertx vertx, DefaultJWTProcessor<SecurityContext> tokens) {
        this.vertx = vertx;
        this.tokens = tokens;
    }

    /** Starts it on a free port of loopback, and returns when it listens. */
    static DemoApi start(Vertx vertx, URI issuer) {
        DemoApi api = new DemoApi(vertx, processor(issuer));
        api.server = vertx.createHttpServer()
                .requestHandler(api::answer)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        return api;
    }

    private static DefaultJWTProcessor<SecurityContext> processor(URI issuer) {
        JWKSource<SecurityContext> keys;
        try {
            keys = JWKSourceBuilder.create(URI.create(issuer + "/protocol/openid-connect/certs")
                            .toURL())
                    // Without threads of its own, which would outlive the demo.
                    .refreshAheadCache(false)
                    .build();
        } catch (MalformedURLException e) {
            throw new StartFailedException("The issuer is no address: " + issuer, e);
        }
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSKeySelector(
                new JWSVerificationKeySelector<>(Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256), keys));
        JWTClaimsSet exact = new JWTClaimsSet.Builder()
                .issuer(issuer.toString())
                .claim("typ", "Bearer")
                .build();
        processor.setJWTClaimsSetVerifier(
                new DefaultJWTClaimsVerifier<>(DemoApplication.API_AUDIENCE, exact, Set.of("sub", "exp")));
        return processor;
    }

    int port() {
        return server.actualPort();
    }

    private void answer(HttpServerRequest request) {
        String authorization = request.getHeader("Authorization");
        if (authorization == null || !authorization.startsWith(BEARER)) {
            refuse(request, "The API has got no access token.");
            return;
        }
        // The keys may have to be read first, which blocks.
        vertx.executeBlocking(() -> claims(authorization.substring(BEARER.length())))
                .onSuccess(claims -> Replies.data(request.response(), 200, JSON_TYPE, claims))
                .onFailure(bad -> refuse(request, "The access token is not good for this API."));
    }

    private String claims(String token) throws Exception {
        JWTClaimsSet claims = tokens.process(token, null);
        ObjectNode answer = JSON.createObjectNode();
        answer.put("caller", claims.getSubject());
        answer.put("through", claims.getStringClaim("azp"));
        answer.set("claims", JSON.readTree(claims.toString()));
        return answer.toString();
    }

    private static void refuse(HttpServerRequest request, String why) {
        request.response().putHeader("WWW-Authenticate", "Bearer");
        Replies.data(
                request.response(),
                401,
                JSON_TYPE,
                JSON.createObjectNode().put("message", why).toString());
    }

    @Override
    public void close() {
        server.close();
    }
}
