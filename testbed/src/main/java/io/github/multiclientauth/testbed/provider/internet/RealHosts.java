package io.github.multiclientauth.testbed.provider.internet;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.PfxOptions;
import java.util.Locale;
import java.util.Map;

/** One TLS listener for all the real host names. It chooses the site by the {@code Host} header. */
final class RealHosts implements AutoCloseable {

    private final LoopbackListener listener;

    private RealHosts(LoopbackListener listener) {
        this.listener = listener;
    }

    /** @param hosts the sites, by host name in lower case */
    static RealHosts listen(Vertx vertx, Certificates certificates, Map<String, Handler<HttpServerRequest>> hosts) {
        HttpServerOptions options = new HttpServerOptions()
                .setSsl(true)
                .setKeyCertOptions(new PfxOptions()
                        .setValue(Buffer.buffer(certificates.keyStore()))
                        .setPassword(certificates.password()));
        return new RealHosts(LoopbackListener.listen(vertx, "The providers' hosts", options, byName(hosts)));
    }

    /** @param hosts the sites, by host name in lower case */
    static Handler<HttpServerRequest> byName(Map<String, ? extends Handler<HttpServerRequest>> hosts) {
        return request -> route(request, hosts);
    }

    private static void route(HttpServerRequest request, Map<String, ? extends Handler<HttpServerRequest>> hosts) {
        HostAndPort authority = request.authority();
        Handler<HttpServerRequest> host =
                authority == null ? null : hosts.get(authority.host().toLowerCase(Locale.ROOT));
        if (host == null) {
            // 421: the request is for a host that is not served here.
            request.response().setStatusCode(421).end();
        } else {
            host.handle(request);
        }
    }

    int port() {
        return listener.port();
    }

    @Override
    public void close() {
        listener.close();
    }
}
