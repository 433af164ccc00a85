package io.github.multiclientauth.facade.web;

import io.github.multiclientauth.facade.client.ClientDirectory;
import io.github.multiclientauth.facade.client.DirectorySnapshot;
import io.github.multiclientauth.facade.client.Recognition;
import io.github.multiclientauth.facade.client.Recognition.Recognized;
import io.github.multiclientauth.facade.client.Recognition.Refused;
import io.github.multiclientauth.facade.endpoint.Destination;
import io.github.multiclientauth.facade.endpoint.Rules;
import io.github.multiclientauth.facade.wire.AuthRequest;
import io.github.multiclientauth.facade.wire.AuthRequest.ClientHints;
import io.github.multiclientauth.facade.wire.AuthRequest.Method;
import io.github.multiclientauth.facade.wire.AuthRequest.ServerProof;
import io.github.multiclientauth.facade.wire.CallbackUrl;
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

/** Reads a request except for its body. Refuses what it cannot understand, and never repairs it. */
final class RequestReader {

    private static final CharSequence RETURN_REDIRECT = HttpHeaders.createOptimized("X-Auth-Return-Redirect");
    private static final CharSequence FETCH_SITE = HttpHeaders.createOptimized("Sec-Fetch-Site");
    private static final CharSequence FETCH_MODE = HttpHeaders.createOptimized("Sec-Fetch-Mode");
    private static final CharSequence FETCH_DESTINATION = HttpHeaders.createOptimized("Sec-Fetch-Dest");

    private static final CharSequence FETCH_USER = HttpHeaders.createOptimized("Sec-Fetch-User");
    private static final CharSequence DPOP = HttpHeaders.createOptimized("DPoP");

    private static final CharSequence X_CLIENT_ORIGIN = HttpHeaders.createOptimized("X-Client-Origin");

    private static final CharSequence NEXT_ROUTER_PREFETCH = HttpHeaders.createOptimized("Next-Router-Prefetch");
    private static final List<CharSequence> PURPOSES = Stream.of(
                    "Sec-Purpose", "X-Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")
            .map(HttpHeaders::createOptimized)
            .toList();
    private static final Pattern SPECULATIVE = Pattern.compile("prefetch|prerender|preview", Pattern.CASE_INSENSITIVE);

    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private static final Optional<Method> GET = Optional.of(Method.GET);
    private static final Optional<Method> POST = Optional.of(Method.POST);
    private static final Optional<Parameters> NO_QUERY = Optional.of(Parameters.NONE);
    private static final Recognition NO_ORIGIN = new Refused(Recognition.Reason.NO_ORIGIN);

    private final ClientDirectory directory;
    private final CentralHost central;
    private final SecureRandom random;

    RequestReader(ClientDirectory directory, CentralHost central, SecureRandom random) {
        this.directory = directory;
        this.central = central;
        this.random = random;
    }

    /** How reading ended. */
    sealed interface Result {

        /** Calls the method for this case. */
        <C> void match(Cases<C> cases, C context);

        /**
         * One method for each way in which reading ends.
         *
         * @param <C> what the methods need besides the result
         */
        interface Cases<C> {

            void on(Read result, C context);

            void on(WrongMethod result, C context);

            void on(Malformed result, C context);

            void on(Unrecognised result, C context);
        }

        /** The body is still to come. */
        record Read(AuthRequest request) implements Result {
            @Override
            public <C> void match(Cases<C> cases, C context) {
                cases.on(this, context);
            }
        }

        /** The method is neither GET nor POST. */
        record WrongMethod() implements Result {
            @Override
            public <C> void match(Cases<C> cases, C context) {
                cases.on(this, context);
            }
        }

        /** @param what is wrong, for the operator */
        record Malformed(String what) implements Result {
            @Override
            public <C> void match(Cases<C> cases, C context) {
                cases.on(this, context);
            }
        }

        /**
         * @param origin the origin that was looked up; empty if there is none
         * @param host as sent, or empty
         * @param ignored the forwarded header that was not believed; empty if there is none
         * @param lacksTls whether the same host with https is an application: a proxy ends TLS, and the facade does not
         *     know the proxy
         */
        record Unrecognised(Recognition.Reason reason, String origin, String host, String ignored, boolean lacksTls)
                implements Result {
            @Override
            public <C> void match(Cases<C> cases, C context) {
                cases.on(this, context);
            }
        }
    }

    Result read(HttpServerRequest request, Target target, Destination destination) {
        Optional<Method> method = isAnsweredHead(request, destination) ? GET : method(request.method());
        if (method.isEmpty()) {
            return new Result.WrongMethod();
        }
        MultiMap headers = request.headers();
        if (headers.getAll(HttpHeaders.HOST).size() > 1) {
            return new Result.Malformed("more than one Host header");
        }
        Optional<Parameters> query = target.query().isEmpty() ? NO_QUERY : Parameters.ofForm(target.query());
        if (query.isEmpty()) {
            return new Result.Malformed("the query is malformed or has a parameter twice");
        }
        RequestCookies cookies = RequestCookies.parse(headers.getAll(HttpHeaders.COOKIE));
        return recognize(request, destination.endpoint().rules(), query.get(), cookies)
                .match(
                        recognized -> new Result.Read(made(
                                method.get(),
                                destination.route(),
                                recognized,
                                query.get(),
                                cookies,
                                // A HEAD starts nothing and ends nothing: monitors and link previews send it.
                                hints(request, request.method().equals(HttpMethod.HEAD)))),
                        refused -> new Result.Unrecognised(
                                refused.reason(),
                                lookedUp(request, destination.endpoint().rules(), query.get()),
                                Optional.ofNullable(request.getHeader(HttpHeaders.HOST))
                                        .orElse(""),
                                UntrustedProxy.ignoredHeader(request),
                                lacksTls(request)));
    }

    private AuthRequest made(
            Method method,
            Route route,
            Recognized recognized,
            Parameters query,
            RequestCookies cookies,
            ClientHints hints) {
        CookieNames names = CookieNames.of(recognized, cookies);
        return new AuthRequest(
                method,
                route,
                recognized,
                names,
                cookies,
                query,
                Parameters.NONE,
                hints,
                Reference.of(() -> cookies.get(names.csrf()), random));
    }

    /** Reads the request of a reverse proxy, which has the headers of a browser's request to an application. */
    AuthRequest ofProxy(HttpServerRequest request, Route route, Recognized recognized) {
        RequestCookies cookies = RequestCookies.parse(request.headers().getAll(HttpHeaders.COOKIE));
        // Its method is the proxy's. Some send HEAD.
        return made(Method.GET, route, recognized, Parameters.NONE, cookies, hints(request, false));
    }

    private boolean lacksTls(HttpServerRequest request) {
        return origin(request)
                .filter(plain -> plain.scheme().equals("http"))
                .map(plain -> new Origin("https", plain.host(), plain.port() == HTTP ? HTTPS : plain.port()))
                .flatMap(secure -> directory.snapshot().recognize(secure).recognized())
                .isPresent();
    }

    private Recognition recognize(HttpServerRequest request, Rules rules, Parameters query, RequestCookies cookies) {
        Optional<Origin> host = origin(request);
        if (host.isEmpty()) {
            return NO_ORIGIN;
        }
        DirectorySnapshot snapshot = directory.snapshot();
        if (!central.isAt(host.get())) {
            Recognition here = snapshot.recognizeHost(host.get());
            return here.recognized().isPresent()
                    ? here
                    : namedByServer(request, rules)
                            .map(snapshot::recognizeHost)
                            .filter(named -> named.recognized().isPresent())
                            .orElse(here);
        }
        Recognition named = switch (rules.namesApplication()) {
            case BY_STATE -> central.recognizeCallback(host.get(), query.nonEmpty("state"), cookies, snapshot);
            case BY_ORIGIN -> central.recognize(host.get(), placesNamed(request, query), snapshot);
        };
        // Last, so that a client that has entered the facade's own origin takes nothing from the others there.
        Recognition registered = snapshot.recognize(host.get());
        return named.recognized().isPresent() || registered.recognized().isEmpty() ? named : registered;
    }

    /**
     * The application's origin, if its server asks here for the session of one of its users, or for an access token. It reaches the facade at an address
     * that is no application's, and {@code fetch} cannot send another {@code Host}. Believed as much as {@code Host}, which every
     * sender chooses too. No browser sends it: it would ask before, and would add Fetch Metadata.
     */
    private static Optional<Origin> namedByServer(HttpServerRequest request, Rules rules) {
        boolean reads =
                rules.content() == Rules.Content.SESSION && !request.method().equals(HttpMethod.POST);
        return (reads || rules.content() == Rules.Content.TOKEN)
                        && !request.headers().contains(FETCH_SITE)
                ? KnownOrigins.parse(request.getHeader(X_CLIENT_ORIGIN))
                : Optional.empty();
    }

    /** The origin that {@link #recognize} looks up, for the operator. */
    private String lookedUp(HttpServerRequest request, Rules rules, Parameters query) {
        Optional<Origin> host = origin(request);
        return host.filter(central::isAt)
                .filter(here -> rules.namesApplication() == Rules.NamesApplication.BY_ORIGIN)
                .flatMap(here -> CentralHost.named(here, placesNamed(request, query)))
                // Never what was sent: the path and query of an address may hold codes.
                .map(named -> CallbackUrl.originOf(named).map(Origin::toString).orElse("unreadable"))
                .or(() -> host.filter(here -> !central.isAt(here))
                        .flatMap(here -> namedByServer(request, rules))
                        .map(Origin::toString))
                .or(() -> host.map(Origin::toString))
                .orElse("");
    }

    private static CentralHost.Hints placesNamed(HttpServerRequest request, Parameters query) {
        return new CentralHost.Hints(
                request.getHeader(HttpHeaders.ORIGIN),
                request.getHeader(X_CLIENT_ORIGIN),
                request.getHeader(HttpHeaders.REFERER),
                query);
    }

    /**
     * The page's origin, if this is a pre-flight of an application's page at a host of the facade's own.
     *
     * @see <a href="https://fetch.spec.whatwg.org/#cors-preflight-fetch">Fetch, CORS-preflight fetch</a>
     */
    Optional<Origin> preFlight(HttpServerRequest request) {
        if (!request.method().equals(HttpMethod.OPTIONS)) {
            return Optional.empty();
        }
        Optional<Origin> host = origin(request);
        Optional<Origin> asking = KnownOrigins.parse(request.getHeader(HttpHeaders.ORIGIN));
        boolean granted = request.headers().contains(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD)
                && host.isPresent()
                && asking.isPresent()
                && central.isAt(host.get())
                && directory.snapshot().recognize(asking.get()).recognized().isPresent();
        return granted ? asking : Optional.empty();
    }

    /** Makes a reference for a request whose cookies are not known. */
    Reference newReference() {
        return Reference.of(Optional::empty, random);
    }

    private static Optional<Method> method(HttpMethod method) {
        if (method.equals(HttpMethod.GET)) {
            return GET;
        }
        return method.equals(HttpMethod.POST) ? POST : Optional.empty();
    }

    /** Whether a HEAD may be answered like a GET. At a callback the GET would use up the code. */
    private static boolean isAnsweredHead(HttpServerRequest request, Destination destination) {
        Rules rules = destination.endpoint().rules();
        return request.method().equals(HttpMethod.HEAD)
                && rules.methods().haveGet()
                && rules.namesApplication() != Rules.NamesApplication.BY_STATE;
    }

    /**
     * The request's own origin: scheme and authority of the connection, or those that a proxy forwarded, if Quarkus is told
     * to trust that proxy ({@code quarkus.http.proxy.*}).
     */
    private static Optional<Origin> origin(HttpServerRequest request) {
        HostAndPort authority = request.authority();
        return authority == null ? Optional.empty() : KnownOrigins.parse(request.scheme() + "://" + authority);
    }

    private static ClientHints hints(HttpServerRequest request, boolean startsNothing) {
        return new ClientHints(
                KnownOrigins.parse(request.getHeader(HttpHeaders.ORIGIN)),
                request.headers().contains(RETURN_REDIRECT),
                Optional.ofNullable(request.getHeader(FETCH_SITE)),
                Optional.ofNullable(request.getHeader(FETCH_MODE)),
                Optional.ofNullable(request.getHeader(FETCH_DESTINATION)),
                startsNothing || isSpeculative(request.headers()),
                acceptsHtml(request),
                ClientNetwork.of(request.remoteAddress()),
                proof(request));
    }

    /**
     * {@code Sec-Fetch-Mode} alone is no sign of a browser: the {@code fetch} of Node.js sends it, too.
     *
     * @see <a href="https://fetch.spec.whatwg.org/#forbidden-request-header">Fetch, forbidden request-headers</a>
     */
    private static ServerProof proof(HttpServerRequest request) {
        MultiMap headers = request.headers();
        return new ServerProof(
                Optional.ofNullable(headers.get(HttpHeaders.AUTHORIZATION)),
                Optional.ofNullable(headers.get(DPOP)),
                headers.contains(HttpHeaders.ORIGIN)
                        || headers.contains(FETCH_SITE)
                        || headers.contains(FETCH_DESTINATION)
                        || headers.contains(FETCH_USER));
    }

    /**
     * Whether the browser, or a framework in it, says that it prefetches or prerenders. There are several headers for it. Fetch
     * Metadata shows the prefetches that have none of them.
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

    /** Whether a person's browser asks: scripts and other programs do not ask for HTML. */
    static boolean acceptsHtml(HttpServerRequest request) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        return accept != null && accept.contains("text/html");
    }

    /** Whether a program asks for JSON and cannot use a page. */
    static boolean prefersJson(HttpServerRequest request) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        return accept != null && accept.contains("application/json") && !accept.contains("text/html");
    }
}
