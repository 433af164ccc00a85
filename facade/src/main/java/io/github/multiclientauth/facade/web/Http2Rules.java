package io.github.multiclientauth.facade.web;

import io.netty.util.AsciiString;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/** Rules for requests of HTTP/2, which pass no {@link RequestGate}. HTTP/2 is off unless an operator turns it on. */
final class Http2Rules {

    private Http2Rules() {}

    /**
     * Whether the request is ambiguous.
     *
     * @param forwarding whether the authority may be one that a proxy forwarded
     */
    static boolean refuses(HttpServerRequest request, boolean forwarding) {
        for (AsciiString name : GateRules.ONCE) {
            if (request.headers().getAll(name).size() > 1) {
                return true;
            }
        }
        // Host is allowed and must name the same authority (RFC 9113, section 8.3.1).
        String host = request.getHeader(HttpHeaders.HOST);
        return host != null && !forwarding && !host.equals(String.valueOf(request.authority()));
    }
}
