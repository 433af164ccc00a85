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
 * What holds for requests of HTTP/1.1 before anything looks at where they go.
 *
 * @param largestHead what an incomplete head can hold, in bytes
 * @param forwarding whether headers of proxies are believed, so that they, too, must be there once
 * @param http2 whether a connection may change to HTTP/2
 */
record GateRules(Unfinished unfinished, Events events, int largestHead, boolean forwarding, boolean http2) {

    /** Something is decided by each of them; of two, one reader would take the first and another the last. */
    static final List<AsciiString> ONCE = Stream.of(
                    "Host",
                    "Origin",
                    "Referer",
                    "Content-Type",
                    "Content-Length",
                    "Transfer-Encoding",
                    "X-Client-Origin",
                    "Sec-Fetch-Site",
                    "Sec-Fetch-Dest",
                    "Sec-Fetch-Mode",
                    "Access-Control-Request-Method")
            .map(AsciiString::cached)
            .toList();

    /** A proxy that adds its line below that of a stranger would let the stranger speak. */
    private static final List<AsciiString> ONCE_OF_PROXIES = Stream.of(
                    "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Port")
            .map(AsciiString::cached)
            .toList();

    /**
     * Why the request cannot be understood in one way only. An absolute target becomes a path and a {@code Host}.
     *
     * @param encrypted whether the connection is
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
            // Of HTTP/1.0, too: Quarkus would write an error with a stack trace for each.
            return Optional.of("it has no Host header");
        }
        return request.uri().startsWith("/") ? Optional.empty() : absolute(request, encrypted);
    }

    /** RFC 9112, section 6.1: of HTTP/1.0 it is an error, as is a length beside it. */
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

    /** Without a look at more than the length of nearly all names: every read of a session comes by here. */
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

    /** RFC 9112, section 3.2.2: the authority of the target counts, and {@code Host} does not. */
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
