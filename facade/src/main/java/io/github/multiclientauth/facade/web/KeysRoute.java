package io.github.multiclientauth.facade.web;

import io.github.multiclientauth.facade.oidc.ClientKeys;
import io.github.multiclientauth.facade.wire.Route;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/**
 * {@code GET /api/auth/jwks.json}: the facade's public keys, for Keycloak. On the port of the applications, which Keycloak
 * reaches already for back-channel logout. Every host name will do: the keys are public and the same for all.
 */
final class KeysRoute implements ExtraRoute {

    private static final String PATH = Route.BASE_PATH + "/jwks.json";

    private static final CharSequence TYPE = HttpHeaders.createOptimized("application/jwk-set+json");
    private static final CharSequence ASK_FIRST = HttpHeaders.createOptimized("no-cache");

    private final Optional<ClientKeys> keys;

    KeysRoute(Optional<ClientKeys> keys) {
        this.keys = keys;
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public boolean serves(HttpServerRequest request, Target target) {
        return keys.isPresent() && request.method().equals(HttpMethod.GET);
    }

    /** Leaves the event loop: sometimes the file has to be read. */
    @Override
    public void answer(HttpServerRequest request) {
        Vertx.currentContext()
                .executeBlocking(() -> keys.orElseThrow().published(), false)
                .onSuccess(published -> request.response()
                        .putHeader(HttpHeaders.CACHE_CONTROL, ASK_FIRST)
                        .putHeader(ReplyWriter.CONTENT_TYPE_OPTIONS, ReplyWriter.NOSNIFF)
                        .putHeader(HttpHeaders.CONTENT_TYPE, TYPE)
                        .end(published))
                .onFailure(failure -> request.response().setStatusCode(500).end());
    }
}
