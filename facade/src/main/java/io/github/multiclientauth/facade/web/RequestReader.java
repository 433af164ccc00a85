package io.github.multiclientauth.facade.web;

import io.github.multiclientauth.facade.client.ClientDirectory;
import io.github.multiclientauth.facade.client.DirectorySnapshot;
import io.github.multiclientauth.facade.client.Recognition;
import io.github.multiclientauth.facade.client.Recognition.Recognized;
import io.github.multiclientauth.facade.client.Recognition.Refused;
import io.github.multiclientauth.facade.wire.Action;
import io.github.multiclientauth.facade.wire.AuthRequest;
import io.github.multiclientauth.facade.wire.AuthRequest.ClientHints;
import io.github.multiclientauth.facade.wire.AuthRequest.Method;
import io.github.multiclientauth.facade.wire.CookieNames;
import io.github.multiclientauth.facade.wire.KnownOrigins;
import io.github.multiclientauth.facade.wire.Parameters;
import io.github.multiclientauth.facade.wire.Reference;
import io.github.multiclientauth.facade.wire.RequestCookies;
import io.github.multiclientauth.facade.wire.Route;
import io.github.multiclientauth.origin.Origin;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads everything of a request but its body. What it cannot understand, it refuses; it never repairs. */
final class RequestReader {

    private static final CharSequence RETURN_REDIRECT = HttpHeaders.createOptimized("X-Auth-Return-Redirect");
    private static final CharSequence FETCH_SITE = HttpHeaders.createOptimized("Sec-Fetch-Site");
    private static final CharSequence FETCH_MODE = HttpHeaders.createOptimized("Sec-Fetch-Mode");
    private static final CharSequence FETCH_DESTINATION = HttpHeaders.createOptimized("Sec-Fetch-Dest");

    private static final CharSequence X_CLIENT_ORIGIN = HttpHeaders.createOptimized("X-Client-Origin");

    private static final CharSequence NEXT_ROUTER_PREFETCH = HttpHeaders.createOptimized("Next-Router-Prefetch");
    private static final List<CharSequence> PURPOSES = Stream.of(
                    "Sec-Purpose", "X-Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")
            .map(HttpHeaders::createOptimized)
            .toList();
    private static final Pattern SPECULATIVE = Pattern.compile("prefetch|prerender|preview", Pattern.CASE_INSENSITIVE);

    private static final Recognition NO_ORIGIN = new Refused(Recognition.Reason.NO_ORIGIN);

    private final ClientDirectory directory;
    private final CentralHost central;
    private final SecureRandom random;

    RequestReader(ClientDirectory directory, CentralHost central, SecureRandom random) {
        this.directory = directory;
        this.central = central;
        this.random = random;
    }

    /** How reading ended; every refusal has a reference of its own. */
    sealed interface Result {

        /** The body is still to come. */
        record Read(AuthRequest request) implements Result {}

        /** The path is no route, or the method neither GET nor POST. */
        record NoRoute() implements Result {}

        /** @param what for the operator */
        record Malformed(Reference reference, String what) implements Result {}

        /** @param host as sent, or empty */
        record Unrecognised(Reference reference, Recognition.Reason reason, String host) implements Result {}
    }

    Result read(HttpServerRequest request, Target target) {
        Optional<Method> method = method(request.method());
        Optional<Route> route = Route.parse(target.path());
        if (method.isEmpty() || route.isEmpty()) {
            return new Result.NoRoute();
        }
        MultiMap headers = request.headers();
        if (headers.getAll(HttpHeaders.HOST).size() > 1) {
            return malformed("more than one Host header");
        }
        Optional<Parameters> query =
                target.query().isEmpty() ? Optional.of(Parameters.NONE) : Parameters.ofForm(target.query());
        if (query.isEmpty()) {
            return malformed("the query is malformed or has a parameter twice");
        }
        RequestCookies cookies = RequestCookies.parse(headers.getAll(HttpHeaders.COOKIE));
        Recognition recognition = recognize(request, route.get(), query.get(), cookies);
        if (!(recognition instanceof Recognized recognized)) {
            String host =
                    Optional.ofNullable(request.getHeader(HttpHeaders.HOST)).orElse("");
            return new Result.Unrecognised(newReference(), ((Refused) recognition).reason(), host);
        }
        CookieNames names = CookieNames.of(recognized, cookies);
        return new Result.Read(new AuthRequest(
                method.get(),
                route.get(),
                recognized,
                names,
                cookies,
                query.get(),
                Parameters.NONE,
                hints(request),
                Reference.of(() -> cookies.get(names.csrf()), random)));
    }

    private Recognition recognize(HttpServerRequest request, Route route, Parameters query, RequestCookies cookies) {
        Optional<Origin> host = origin(request);
        if (host.isEmpty()) {
            return NO_ORIGIN;
        }
        DirectorySnapshot snapshot = directory.snapshot();
        if (!central.isAt(host.get())) {
            return snapshot.recognizeHost(host.get());
        }
        Recognition named = route.action() == Action.CALLBACK
                ? central.recognizeCallback(host.get(), query.nonEmpty("state"), cookies, snapshot)
                : central.recognize(host.get(), placesNamed(request, query), snapshot);
        // Last: a client that enters the facade's own origin takes nothing from the others there.
        Recognition registered = snapshot.recognize(host.get());
        return named instanceof Recognized || !(registered instanceof Recognized) ? named : registered;
    }

    private static CentralHost.Hints placesNamed(HttpServerRequest request, Parameters query) {
        return new CentralHost.Hints(
                request.getHeader(HttpHeaders.ORIGIN),
                request.getHeader(X_CLIENT_ORIGIN),
                request.getHeader(HttpHeaders.REFERER),
                query);
    }

    /**
     * For whom a pre-flight asks, at a host of the facade's own: the page's application.
     *
     * @see <a href="https://fetch.spec.whatwg.org/#cors-preflight-fetch">Fetch, CORS-preflight fetch</a>
     */
    Optional<Origin> preFlight(HttpServerRequest request, Target target) {
        if (!request.method().equals(HttpMethod.OPTIONS)) {
            return Optional.empty();
        }
        Optional<Origin> host = origin(request);
        Optional<Origin> asking = KnownOrigins.parse(request.getHeader(HttpHeaders.ORIGIN));
        boolean granted = request.headers().contains(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD)
                && Route.parse(target.path()).isPresent()
                && host.isPresent()
                && asking.isPresent()
                && central.isAt(host.get())
                && directory.snapshot().recognize(asking.get()) instanceof Recognized;
        return granted ? asking : Optional.empty();
    }

    Result malformed(String what) {
        return new Result.Malformed(newReference(), what);
    }

    private Reference newReference() {
        return Reference.of(Optional::empty, random);
    }

    private static Optional<Method> method(HttpMethod method) {
        if (method.equals(HttpMethod.GET)) {
            return Optional.of(Method.GET);
        }
        return method.equals(HttpMethod.POST) ? Optional.of(Method.POST) : Optional.empty();
    }

    /**
     * The request's own origin. Scheme and authority are those of the connection, unless Quarkus was told to trust the
     * proxy that it comes from ({@code quarkus.http.proxy.*}): then they are what the proxy forwarded.
     */
    private static Optional<Origin> origin(HttpServerRequest request) {
        HostAndPort authority = request.authority();
        return authority == null ? Optional.empty() : KnownOrigins.parse(request.scheme() + "://" + authority);
    }

    private static ClientHints hints(HttpServerRequest request) {
        return new ClientHints(
                KnownOrigins.parse(request.getHeader(HttpHeaders.ORIGIN)),
                request.headers().contains(RETURN_REDIRECT),
                Optional.ofNullable(request.getHeader(FETCH_SITE)),
                Optional.ofNullable(request.getHeader(FETCH_MODE)),
                Optional.ofNullable(request.getHeader(FETCH_DESTINATION)),
                isSpeculative(request.headers()),
                acceptsHtml(request),
                ClientNetwork.of(request.remoteAddress()));
    }

    /**
     * Browsers that prefetch or prerender say so in one of several ways, and so do some frameworks. What is not known here is
     * told by Fetch Metadata.
     */
    private static boolean isSpeculative(MultiMap headers) {
        if (headers.contains(NEXT_ROUTER_PREFETCH)) {
            return true;
        }
        for (CharSequence name : PURPOSES) {
            String purpose = headers.get(name);
            if (purpose != null && SPECULATIVE.matcher(purpose).find()) {
                return true;
            }
        }
        return false;
    }

    /** Whether a person's browser navigates: scripts and other programs do not ask for HTML. */
    static boolean acceptsHtml(HttpServerRequest request) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        return accept != null && accept.contains("text/html");
    }

    /** Whether a program asks for JSON, and would not know what to do with a page. */
    static boolean prefersJson(HttpServerRequest request) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        return accept != null && accept.contains("application/json") && !accept.contains("text/html");
    }
}
