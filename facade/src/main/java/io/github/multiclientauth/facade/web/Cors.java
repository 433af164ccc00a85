package io.github.multiclientauth.facade.web;

import io.github.multiclientauth.facade.endpoint.Destination;
import io.github.multiclientauth.facade.endpoint.Rules;
import io.github.multiclientauth.facade.wire.AuthRequest;
import io.github.multiclientauth.origin.Origin;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/**
 * Lets pages of an application read the answers for that application at an origin of the facade's own, with cookies. Pages of
 * other applications cannot. At an application's own origin nothing is granted: its pages need no grant.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#http-cors-protocol">Fetch, CORS protocol</a>
 */
final class Cors {

    /** The methods of the clients of Auth.js 5 and 4. */
    private static final String METHODS = "GET, POST";

    private static final String HEADERS = "content-type, x-auth-return-redirect";
    private static final String SECONDS = "600";
    private static final String TRUE = "true";

    /** Tells a page that the browser blocks its cookies, so that the session is {@code null}. */
    private static final CharSequence PROBLEM = HttpHeaders.createOptimized("X-Auth-Problem");

    private static final CharSequence EXPOSED = HttpHeaders.createOptimized("Access-Control-Expose-Headers");
    private static final CharSequence PREFLIGHT_VARIES =
            HttpHeaders.createOptimized("Origin, Access-Control-Request-Method, Access-Control-Request-Headers");

    private Cors() {}

    static void answerPreFlight(HttpServerRequest request, Origin page) {
        HttpServerResponse response = request.response();
        allow(response, page);
        response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, METHODS)
                .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, HEADERS)
                .putHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, SECONDS)
                .putHeader(HttpHeaders.VARY, PREFLIGHT_VARIES)
                .setStatusCode(204)
                .end();
    }

    /** Must be called before the answer is written. {@code Vary: Origin} is in every answer of the contract. */
    static void grant(HttpServerRequest http, AuthRequest request, Destination destination) {
        if (!request.recognized().isCentral()
                || !mayGrant(destination)
                || request.client().origin().filter(request.origin()::equals).isEmpty()) {
            return;
        }
        allow(http.response(), request.origin());
        if (isBlind(request, destination)) {
            http.response().putHeader(PROBLEM, "cookies_blocked").putHeader(EXPOSED, PROBLEM);
        }
    }

    /** Whether pages may read the answers at all. Access tokens are for servers. */
    static boolean mayGrant(Destination destination) {
        return destination.endpoint().rules().content() != Rules.Content.TOKEN;
    }

    private static void allow(HttpServerResponse response, Origin page) {
        response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, page.toString())
                .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_CREDENTIALS, TRUE);
    }

    /** Whether a page of another site asks for the session and no cookie came: the browser blocks them. */
    private static boolean isBlind(AuthRequest request, Destination destination) {
        return destination.endpoint().rules().content() == Rules.Content.SESSION
                && request.client().fetchSite().filter("cross-site"::equals).isPresent()
                && request.names().spellings().stream()
                        .allMatch(names -> request.cookies().get(names.csrf()).isEmpty());
    }
}
