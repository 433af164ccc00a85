package io.github.multiclientauth.facade.web;

import io.github.multiclientauth.facade.wire.CallbackUrl;
import io.github.multiclientauth.facade.wire.KnownOrigins;
import io.github.multiclientauth.facade.wire.Route;
import io.github.multiclientauth.origin.Origin;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The browser's request that a reverse proxy asks about, as its headers name it.
 *
 * <p>A proxy sets some of these headers and passes on the others, which a browser may have written. So one header alone has to
 * name the address, and each only once: of two, one could be the browser's.
 *
 * @param origin where the browser sent it
 * @param target path and query, in ASCII
 * @param method as the proxy names it; GET if it does not
 * @param others what else names the host of the request. An application there would be another one than meant
 */
record OriginalRequest(Origin origin, String target, String method, List<String> others) {

    private static final CharSequence FORWARDED_URI = HttpHeaders.createOptimized("X-Forwarded-Uri");
    private static final CharSequence ORIGINAL_URI = HttpHeaders.createOptimized("X-Original-URI");
    private static final CharSequence ORIGINAL_URL = HttpHeaders.createOptimized("X-Original-URL");
    private static final CharSequence FORWARDED_HOST = HttpHeaders.createOptimized("X-Forwarded-Host");
    private static final CharSequence FORWARDED_PROTO = HttpHeaders.createOptimized("X-Forwarded-Proto");
    private static final CharSequence FORWARDED_METHOD = HttpHeaders.createOptimized("X-Forwarded-Method");
    private static final CharSequence ORIGINAL_METHOD = HttpHeaders.createOptimized("X-Original-Method");

    private static final String GET = "GET";

    private static final Pattern SLASH = Pattern.compile("[/\\\\]");

    /** Each proxy on the way decodes at most once. */
    private static final int MOST_DECODED = 4;

    private static final List<String> OURS =
            Stream.of(Route.BASE_PATH.substring(1).split("/")).toList();

    /** The headers do not name one request. The message says why, for the operator. */
    static final class UnclearException extends Exception {
        private static final long serialVersionUID = 1L;

        UnclearException(String message) {
            super(message);
        }
    }

    /**
     * Reads the headers.
     *
     * @param scheme of the connection, or as a trusted proxy forwarded it
     * @param host the authority of the request; null if it has none
     * @param below the target after the path of the endpoint, for a proxy that puts a prefix before the original one
     * @param method of the request, which such a proxy keeps
     */
    static OriginalRequest read(MultiMap headers, String scheme, String host, Optional<String> below, String method)
            throws UnclearException {
        Optional<String> forwardedUri = one(headers, FORWARDED_URI);
        Optional<String> originalUri = one(headers, ORIGINAL_URI);
        Optional<String> originalUrl = one(headers, ORIGINAL_URL);
        List<String> named = Stream.of(forwardedUri, originalUri, originalUrl, below)
                .flatMap(Optional::stream)
                .toList();
        if (named.size() != 1) {
            throw new UnclearException(
                    named.isEmpty()
                            ? "no header says which request is meant (X-Forwarded-Uri, X-Original-URI or X-Original-URL)"
                            : "several of X-Forwarded-Uri, X-Original-URI, X-Original-URL and the path say which request"
                                    + " is meant: set one, and remove the others from the browser's request");
        }
        String given = named.get(0);
        Optional<String> forwardedHost = one(headers, FORWARDED_HOST);
        Optional<String> forwardedScheme = one(headers, FORWARDED_PROTO).map(OriginalRequest::web);
        if (originalUrl.isPresent()) {
            Origin origin = CallbackUrl.originOf(given)
                    .orElseThrow(() -> new UnclearException("X-Original-URL is no http or https address"));
            return named(
                    origin,
                    given.substring(endOfAuthority(given)),
                    method(headers, GET),
                    Stream.of(forwardedHost, Optional.ofNullable(host))
                            .flatMap(Optional::stream)
                            .toList());
        }
        String authority = forwardedHost
                .or(() -> Optional.ofNullable(host))
                .orElseThrow(() -> new UnclearException("no header names the host"));
        Origin origin = KnownOrigins.parse(forwardedScheme.orElse(scheme) + "://" + authority)
                .orElseThrow(() ->
                        new UnclearException("X-Forwarded-Host and X-Forwarded-Proto are not one host and one scheme"));
        return named(
                origin,
                given,
                method(headers, below.isPresent() ? method : GET),
                host == null || host.equals(authority) ? List.of() : List.of(host));
    }

    private static OriginalRequest named(Origin origin, String target, String method, List<String> others)
            throws UnclearException {
        String escaped = EscapedTarget.of(target.isEmpty() ? "/" : target);
        if (escaped.charAt(0) == '?') {
            escaped = "/" + escaped;
        }
        if (escaped.charAt(0) != '/') {
            throw new UnclearException("X-Forwarded-Uri and X-Original-URI have to be a path with its query");
        }
        if (isOurs(Target.of(escaped).path())) {
            throw new UnclearException("the request is for " + Route.BASE_PATH
                    + " itself: pass it on to the facade without asking, and without the secret");
        }
        return new OriginalRequest(origin, escaped, method, others);
    }

    private static String method(MultiMap headers, String otherwise) throws UnclearException {
        Optional<String> forwarded = one(headers, FORWARDED_METHOD);
        Optional<String> original = one(headers, ORIGINAL_METHOD);
        return forwarded.or(() -> original).orElse(otherwise);
    }

    /** Whether a redirect loses nothing of it. */
    boolean isGet() {
        return method.equals(GET);
    }

    /** An empty header counts as none: proxies remove headers like this. */
    private static Optional<String> one(MultiMap headers, CharSequence name) throws UnclearException {
        String value = headers.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (headers.getAll(name).size() > 1) {
            throw new UnclearException(name + " is there twice");
        }
        return value.isEmpty() ? Optional.empty() : Optional.of(value);
    }

    /** Traefik names the schemes of web sockets. */
    private static String web(String scheme) {
        return switch (scheme) {
            case "ws" -> "http";
            case "wss" -> "https";
            default -> scheme;
        };
    }

    private static int endOfAuthority(String url) {
        int at = url.indexOf("://") + "://".length();
        while (at < url.length() && "/?#\\".indexOf(url.charAt(at)) < 0) {
            at++;
        }
        return at;
    }

    /**
     * Whether any program on the way may take the path for one of the facade's: then a browser came by itself, or signing in
     * would need a session. Also below a base path that a proxy removes.
     */
    static boolean isOurs(String path) {
        String decoded = path.toLowerCase(Locale.ROOT);
        if (decoded.indexOf('%') < 0 && !decoded.contains("auth")) {
            return false;
        }
        for (int i = 0; i < MOST_DECODED; i++) {
            List<String> segments = segments(decoded);
            if (Collections.indexOfSubList(segments, OURS) == 0
                    || Collections.indexOfSubList(segments, List.of("api", "auth", "verify")) >= 0) {
                return true;
            }
            String further = decoded(decoded).toLowerCase(Locale.ROOT);
            if (further.equals(decoded)) {
                return false;
            }
            decoded = further;
        }
        return true;
    }

    /** Without dot segments, empty ones, parameters and capital letters. */
    private static List<String> segments(String path) {
        Deque<String> segments = new ArrayDeque<>();
        for (String segment : SLASH.split(path)) {
            String name = segment.split(";", 2)[0];
            if (name.equals("..")) {
                segments.pollLast();
            } else if (!name.isEmpty() && !name.equals(".")) {
                segments.add(name);
            }
        }
        return List.copyOf(segments);
    }

    private static String decoded(String path) {
        if (path.indexOf('%') < 0) {
            return path;
        }
        StringBuilder decoded = new StringBuilder(path.length());
        for (int i = 0; i < path.length(); i++) {
            int high = i + 2 < path.length() ? Character.digit(path.charAt(i + 1), 16) : -1;
            int low = i + 2 < path.length() ? Character.digit(path.charAt(i + 2), 16) : -1;
            if (path.charAt(i) == '%' && high >= 0 && low >= 0) {
                decoded.append((char) (high << 4 | low));
                i += 2;
            } else {
                decoded.append(path.charAt(i));
            }
        }
        return decoded.toString();
    }
}
