package io.github.multiclientauth.testbed.provider.internet;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The proxy between Keycloak and the stand-ins. A {@code CONNECT} to port 443 of one of these hosts reaches one listener on this machine.
 * All other requests are refused.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-9.3.6">RFC 9110, section 9.3.6</a>
 */
final class ConnectProxy implements AutoCloseable {

    private final LoopbackListener listener;
    private final NetClient client;

    private ConnectProxy(LoopbackListener listener, NetClient client) {
        this.listener = listener;
        this.client = client;
    }

    /** @param port the port of the listener for all of {@code hosts} */
    static ConnectProxy listen(Vertx vertx, Set<String> hosts, int port) {
        NetClient client = vertx.createNetClient();
        // Compares the whole target as text, so nothing is parsed that could be parsed wrongly.
        Set<String> targets = hosts.stream().map(host -> host + ":443").collect(Collectors.toUnmodifiableSet());
        return new ConnectProxy(
                LoopbackListener.listen(
                        vertx,
                        "The proxy to the providers' hosts",
                        new HttpServerOptions(),
                        request -> connect(request, targets, client, port)),
                client);
    }

    private static void connect(HttpServerRequest request, Set<String> targets, NetClient client, int port) {
        if (request.method() != HttpMethod.CONNECT) {
            refuse(request, 405);
            return;
        }
        if (!targets.contains(request.uri().toLowerCase(Locale.ROOT))) {
            refuse(request, 403);
            return;
        }
        request.pause();
        client.connect(port, "127.0.0.1")
                .onSuccess(there -> request.toNetSocket()
                        .onSuccess(here -> join(here, there))
                        .onFailure(gone -> there.close()))
                .onFailure(unreachable -> refuse(request, 502));
    }

    private static void join(NetSocket here, NetSocket there) {
        here.pipeTo(there);
        there.pipeTo(here);
    }

    private static void refuse(HttpServerRequest request, int status) {
        request.response()
                .setStatusCode(status)
                .putHeader("Connection", "close")
                .end();
    }

    int port() {
        return listener.port();
    }

    @Override
    public void close() {
        listener.close();
        client.close();
    }
}
