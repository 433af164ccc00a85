package io.github.multiclientauth.facade.web;

import io.netty.util.AsciiString;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/** What holds for requests of HTTP/2, which do not come by a {@link RequestGate}. Only where an operator turned it on. */
final class Http2Rules {

    private Http2Rules() {}

    /**
     * Whether the request can be understood in two ways.
     *
     * @param forwarding whether the authority may be the one that a proxy forwarded
     */
    static boolean refuses(HttpServerRequest request, boolean forwarding) {
        for (AsciiString name : GateRules.ONCE) {
            if (request.headers().getAll(name).size() > 1) {
                return true;
            }
        }
        // RFC 9113, section 8.3.1: Host may be there, and names the same.
        String host = request.getHeader(HttpHeaders.HOST);
        return host != null && !forwarding && !host.equals(String.valueOf(request.authority()));
    }
}
