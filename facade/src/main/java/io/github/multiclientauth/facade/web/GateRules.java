package io.github.multiclientauth.facade.web;

import io.github.multiclientauth.facade.event.Events;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Rules for requests of HTTP/1.1 that hold whatever their path is.
 *
 * @param largestHead the most bytes that an incomplete head can hold
 * @param forwarding whether headers of proxies are trusted, so that they may not occur twice either
 * @param http2 whether a connection may change to HTTP/2
 */
record GateRules(Unfinished unfinished, Events events, int largestHead, boolean forwarding, boolean http2) {

    /** Headers that decide something. Of two, one program would use the first and another the last. */
    static final List<AsciiString> ONCE = Stream.of(
                    "Host",
                    "Origin",
                    "Referer",
                    "Content-Type",
                    "Content-Length",
                    "Transfer-Encoding",
                    "X-Client-Origin",
                    "Authorization",
                    "DPoP",
                    "Sec-Fetch-Site",
                    "Sec-Fetch-Dest",
                    "Sec-Fetch-Mode",
                    "Access-Control-Request-Method")
            .map(AsciiString::cached)
            .toList();

    /** A proxy may add its own header after a stranger's, and then the stranger's would count. */
    private static final List<AsciiString> ONCE_OF_PROXIES = Stream.of(
                    "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Port")
            .map(AsciiString::cached)
            .toList();

    /**
     * The reason why the request is ambiguous; empty if it is not. An absolute target becomes a path and a {@code Host},
     * and an {@link EscapedTarget} replaces what Java would refuse.
     *
     * @param encrypted whether the connection uses TLS
     */
    Optional<String> objection(HttpRequest request, boolean encrypted) {
        HttpHeaders headers = request.headers();
        if (hasTwice(headers)) {
            return Optional.of("a header is there twice that may be there once");
        }
        String encoding = headers.get(HttpHeaderNames.TRANSFER_ENCODING);
        if (encoding != null && !isChunked(encoding, request)) {
            return Optional.of("its Transfer-Encoding is not chunked alone");
        }
        if (!http2 && headers.contains(HttpHeaderNames.UPGRADE)) {
            // A server may ignore that (RFC 9110, section 7.8).
            headers.remove(HttpHeaderNames.UPGRADE);
        }
        if (!headers.contains(HttpHeaderNames.HOST)) {
            // Also for HTTP/1.0: Quarkus would log an error with a stack trace for each request.
            return Optional.of("it has no Host header");
        }
        Optional<String> objection = request.uri().startsWith("/") ? Optional.empty() : absolute(request, encrypted);
        request.setUri(EscapedTarget.of(request.uri()));
        return objection;
    }

    /** In HTTP/1.0 the header is an error, and so is a length beside it (RFC 9112, section 6.1). */
    private static boolean isChunked(String encoding, HttpRequest request) {
        return HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(encoding)
                && HttpVersion.HTTP_1_1.equals(request.protocolVersion())
                && !request.headers().contains(HttpHeaderNames.CONTENT_LENGTH);
    }

    private boolean hasTwice(HttpHeaders headers) {
        int seen = 0;
        Iterator<Map.Entry<CharSequence, CharSequence>> all = headers.iteratorCharSequence();
        while (all.hasNext()) {
            int bit = bit(all.next().getKey());
            if ((seen & bit) != 0) {
                return true;
            }
            seen |= bit;
        }
        return false;
    }

    /** Compares little more than the length of most names: every read of a session passes here. */
    private int bit(CharSequence name) {
        for (int i = 0; i < ONCE.size(); i++) {
            if (ONCE.get(i).contentEqualsIgnoreCase(name)) {
                return 1 << i;
            }
        }
        for (int i = 0; forwarding && i < ONCE_OF_PROXIES.size(); i++) {
            if (ONCE_OF_PROXIES.get(i).contentEqualsIgnoreCase(name)) {
                return 1 << ONCE.size() + i;
            }
        }
        return 0;
    }

    /** The authority of the target replaces {@code Host} (RFC 9112, section 3.2.2). */
    private static Optional<String> absolute(HttpRequest request, boolean encrypted) {
        if (request.method().equals(HttpMethod.CONNECT) || request.uri().equals("*")) {
            return Optional.empty();
        }
        String scheme = encrypted ? "https://" : "http://";
        String target = request.uri();
        if (!target.regionMatches(true, 0, scheme, 0, scheme.length())) {
            return Optional.of("its target is neither a path nor an address of this connection's scheme");
        }
        int end = endOfAuthority(target, scheme.length());
        String authority = target.substring(scheme.length(), end);
        if (authority.isEmpty() || authority.indexOf('@') >= 0) {
            return Optional.of("its target has no authority, or one with a user");
        }
        String rest = target.substring(end);
        request.setUri(rest.startsWith("/") ? rest : "/" + rest);
        request.headers().set(HttpHeaderNames.HOST, authority);
        return Optional.empty();
    }

    private static int endOfAuthority(String target, int begin) {
        int end = begin;
        while (end < target.length() && "/?#\\".indexOf(target.charAt(end)) < 0) {
            end++;
        }
        return end;
    }
}
