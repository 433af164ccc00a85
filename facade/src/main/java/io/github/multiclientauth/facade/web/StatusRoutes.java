package io.github.multiclientauth.facade.web;

import io.github.multiclientauth.facade.page.PageRenderer.Rendered;
import io.github.multiclientauth.facade.page.StatusPage;
import io.github.multiclientauth.facade.status.DoctorRounds;
import io.github.multiclientauth.facade.status.Search;
import io.github.multiclientauth.facade.status.Status;
import io.github.multiclientauth.facade.status.StatusJson;
import io.github.multiclientauth.facade.status.StatusReader;
import io.github.multiclientauth.origin.Origin;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The status for operators, on the management port alone. It is read on a worker thread of Quarkus, which no request of
 * an application uses.
 */
@Singleton
final class StatusRoutes {

    static final String PATH = "/status";
    static final String JSON_PATH = "/status.json";
    static final String DOCTOR_PATH = "/status/doctor";

    /** How long the answer waits for the doctor, which usually needs less. */
    private static final int DOCTOR_WAIT_SECONDS = 3;

    private final StatusReader reader;
    private final DoctorRounds rounds;
    private final StatusPage page;

    StatusRoutes(StatusReader reader, DoctorRounds rounds, StatusPage page) {
        this.reader = reader;
        this.rounds = rounds;
        this.page = page;
    }

    void register(@Observes ManagementInterface management) {
        Router router = management.router();
        router.route(PATH)
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .blockingHandler(routing -> show(routing, RequestReader.prefersJson(routing.request())), false);
        router.route(JSON_PATH)
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .blockingHandler(routing -> show(routing, true), false);
        router.post(DOCTOR_PATH).handler(this::examine);
    }

    private void show(RoutingContext routing, boolean json) {
        HttpServerRequest request = routing.request();
        Status status = reader.read(search(request));
        HttpServerResponse response = headers(request.response());
        if (json) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json").end(StatusJson.of(status));
            return;
        }
        Rendered rendered = page.html(status, request.getHeader(HttpHeaders.ACCEPT_LANGUAGE));
        response.putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8")
                .putHeader(HttpHeaders.CONTENT_LANGUAGE, rendered.language())
                .putHeader("Content-Security-Policy", page.contentSecurityPolicy())
                .end(rendered.content());
    }

    /** A query with a malformed percent escape counts as none. */
    private static Search search(HttpServerRequest request) {
        try {
            return Search.of(request.getParam("q"), request.getParam("page"));
        } catch (IllegalArgumentException malformed) {
            return Search.ALL;
        }
    }

    /** Runs the doctor unless it has run within the last minute, and leads back to the status. */
    private void examine(RoutingContext routing) {
        HttpServerResponse response = headers(routing.response());
        if (isOfAnotherSite(routing.request())) {
            response.setStatusCode(403).end();
            return;
        }
        response.putHeader(
                        HttpHeaders.LOCATION,
                        RequestReader.prefersJson(routing.request()) ? "../status.json" : "../status#doctor")
                .setStatusCode(303);
        rounds.request().orTimeout(DOCTOR_WAIT_SECONDS, TimeUnit.SECONDS).whenComplete((ended, late) -> response.end());
    }

    /** Whether it comes from a page of somebody else in the operator's browser. */
    private static boolean isOfAnotherSite(HttpServerRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return !site.equals("same-origin") && !site.equals("none");
        }
        // Browsers send no Fetch Metadata by plain http to another machine, but the origin of the page.
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        return origin != null
                && Stream.of("http", "https")
                        .flatMap(scheme -> Origin.parse(scheme + "://" + request.authority()).stream())
                        .noneMatch(own -> Origin.parse(origin).equals(Optional.of(own)));
    }

    private static HttpServerResponse headers(HttpServerResponse response) {
        // Quarkus lets the pages of all sites read what is at the management port.
        response.headers().remove(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN);
        return response.putHeader(HttpHeaders.CACHE_CONTROL, "private, no-cache, no-store")
                .putHeader(HttpHeaders.VARY, "Accept, Accept-Language")
                .putHeader(ReplyWriter.CONTENT_TYPE_OPTIONS, ReplyWriter.NOSNIFF)
                // The page's own button would come from the origin "null" with "no-referrer".
                .putHeader("Referrer-Policy", "same-origin");
    }
}
