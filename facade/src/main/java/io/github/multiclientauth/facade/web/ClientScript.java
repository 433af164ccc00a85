package io.github.multiclientauth.facade.web;

import io.github.multiclientauth.facade.wire.Route;
import io.github.multiclientauth.facade.wire.Sha256;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * {@code GET /api/auth/client.js}: the SDK's client as a module, for pages without a build step. It is the same for every
 * application. So it is the only answer that caches may store, if they revalidate it, and that pages of any origin may use.
 */
final class ClientScript implements ExtraRoute {

    private static final String PATH = Route.BASE_PATH + "/client.js";

    private static final CharSequence TYPE = HttpHeaders.createOptimized("text/javascript;charset=utf-8");
    private static final CharSequence ASK_FIRST = HttpHeaders.createOptimized("no-cache");
    private static final CharSequence RESOURCE_POLICY = HttpHeaders.createOptimized("Cross-Origin-Resource-Policy");
    private static final CharSequence CROSS_ORIGIN = HttpHeaders.createOptimized("cross-origin");

    private final String script;
    private final String tag;

    ClientScript() {
        try (InputStream stream = ClientScript.class.getResourceAsStream("client.js")) {
            byte[] bytes = stream.readAllBytes();
            script = new String(bytes, StandardCharsets.UTF_8);
            tag = '"' + HexFormat.of().formatHex(Sha256.of(bytes), 0, 16) + '"';
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public boolean serves(HttpServerRequest request, Target target) {
        return request.method().equals(HttpMethod.GET);
    }

    @Override
    public void answer(HttpServerRequest request) {
        HttpServerResponse response = request.response()
                .putHeader(HttpHeaders.CACHE_CONTROL, ASK_FIRST)
                .putHeader(HttpHeaders.ETAG, tag)
                .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*")
                .putHeader(RESOURCE_POLICY, CROSS_ORIGIN)
                .putHeader(ReplyWriter.CONTENT_TYPE_OPTIONS, ReplyWriter.NOSNIFF);
        if (tag.equals(request.getHeader(HttpHeaders.IF_NONE_MATCH))) {
            response.setStatusCode(304).end();
        } else {
            response.putHeader(HttpHeaders.CONTENT_TYPE, TYPE).end(script);
        }
    }
}
