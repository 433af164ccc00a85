package io.github.multiclientauth.facade.web;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.util.Optional;

/**
 * Finds the header of a proxy that the facade does not trust. Without it such a request looks as if it came to the facade's
 * own address, and an operator could not know why.
 */
final class UntrustedProxy {

    private UntrustedProxy() {}

    /**
     * The forwarded header that names another host or scheme than the request was answered for, with its sender. Empty if
     * there is none: then each forwarded header was believed, or says what the connection says.
     */
    static String ignoredHeader(HttpServerRequest request) {
        HostAndPort authority = request.authority();
        return differing(request, "X-Forwarded-Host", authority == null ? "" : authority.host())
                .or(() -> differing(request, "X-Forwarded-Proto", request.scheme()))
                .map(header -> header + " of " + sender(request))
                .orElse("");
    }

    private static Optional<String> differing(HttpServerRequest request, String name, String used) {
        return Optional.ofNullable(request.getHeader(name))
                .filter(value -> !host(value).equalsIgnoreCase(used))
                .map(value -> name + " \"" + value + "\"");
    }

    /** The first value, which a trusted proxy's would be, without a port. */
    private static String host(String value) {
        String first = value.split(",", 2)[0].strip();
        int port = first.lastIndexOf(':');
        return port > first.lastIndexOf(']') ? first.substring(0, port) : first;
    }

    private static String sender(HttpServerRequest request) {
        return request.remoteAddress() == null
                ? "an unknown address"
                : Optional.ofNullable(request.remoteAddress().hostAddress())
                        .orElse(request.remoteAddress().host());
    }
}
