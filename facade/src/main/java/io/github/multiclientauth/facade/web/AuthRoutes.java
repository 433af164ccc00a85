package io.github.multiclientauth.facade.web;

import io.github.multiclientauth.facade.client.CentralOrigins;
import io.github.multiclientauth.facade.client.ClientDirectory;
import io.github.multiclientauth.facade.endpoint.Destination;
import io.github.multiclientauth.facade.endpoint.Endpoints;
import io.github.multiclientauth.facade.endpoint.ForwardAuthentication;
import io.github.multiclientauth.facade.event.Events;
import io.github.multiclientauth.facade.metrics.HttpTimers;
import io.github.multiclientauth.facade.oidc.FacadeKeys;
import io.github.multiclientauth.facade.page.PageRenderer;
import io.github.multiclientauth.facade.signout.BackChannelLogout;
import io.github.multiclientauth.facade.trace.FacadeSpans;
import io.github.multiclientauth.facade.trace.FacadeSpans.RequestSpan;
import io.github.multiclientauth.facade.wire.ForwardAuth;
import io.github.multiclientauth.facade.wire.Route;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Serves {@code /api/auth} on the event loop: the endpoints of the contract, and the few routes beside them. Plain Vert.x
 * rather than REST resources: moving a request to a worker thread costs four times what answering {@code /session} does
 * (measured: 85.9 against 19.5 µs CPU).
 */
@Singleton
final class AuthRoutes {

    private final Endpoints endpoints;
    private final EndpointRoute contract;
    private final Map<String, ExtraRoute> extras;
    private final Connections connections;
    private final HttpTimers timers;
    private final FacadeSpans spans;

    AuthRoutes(
            Endpoints endpoints,
            BackChannelLogout logout,
            ClientDirectory directory,
            CentralOrigins central,
            FacadeKeys keys,
            ForwardAuth forwardAuth,
            ForwardAuthentication forwardAuthentication,
            SecureRandom random,
            PageRenderer pages,
            Connections connections,
            Events events,
            HttpTimers timers,
            FacadeSpans spans) {
        ReplyWriter writer = new ReplyWriter(pages);
        RequestReader reader = new RequestReader(directory, new CentralHost(central), random);
        this.endpoints = endpoints;
        this.contract = new EndpointRoute(endpoints, reader, writer, connections.unfinished(), events);
        this.extras = Stream.of(
                        new ClientScript(),
                        new KeysRoute(keys.keys()),
                        new BackChannelRoute(logout, writer, connections.unfinished()),
                        new VerifyRoute(forwardAuth, forwardAuthentication, directory, reader, writer, events))
                .collect(Collectors.toUnmodifiableMap(ExtraRoute::path, Function.identity()));
        this.connections = connections;
        this.timers = timers;
        this.spans = spans;
    }

    void register(@Observes Router router) {
        // Not by a path of the router, which decodes and normalises before it compares.
        router.route().handler(this::handle);
    }

    private void handle(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        Target target = Target.of(request.uri());
        if (!isOurs(target.path())) {
            routing.next();
            return;
        }
        Optional<Destination> destination = endpoints.find(target.path());
        String route = template(target.path(), destination);
        if (spans.areOff()) {
            whenEnded(request, route, status -> {});
            answer(request, target, destination);
        } else {
            RequestSpan span = spans.begin(request, route);
            whenEnded(request, route, span::end);
            span.during(() -> answer(request, target, destination));
        }
    }

    private void answer(HttpServerRequest request, Target target, Optional<Destination> destination) {
        if (request.version() == HttpVersion.HTTP_2 && Http2Rules.refuses(request, connections.areForwarded())) {
            contract.refuse(request, destination, "a header is there twice, or two authorities");
            return;
        }
        if (destination.isPresent()) {
            contract.answer(request, target, destination.get());
            return;
        }
        Optional<ExtraRoute> extra = extra(target.path());
        if (extra.filter(route -> route.serves(request, target)).isPresent()) {
            extra.get().answer(request);
        } else {
            contract.notFound(request);
        }
    }

    /** Reports the end, also when the browser gives up before there is an answer: then there is no status. */
    private void whenEnded(HttpServerRequest request, String route, Consumer<OptionalInt> further) {
        long began = System.nanoTime();
        request.response().endHandler(ended -> {
            HttpServerResponse response = request.response();
            OptionalInt status =
                    response.headWritten() ? OptionalInt.of(response.getStatusCode()) : OptionalInt.empty();
            timers.answered(request.method().name(), route, status, began);
            further.accept(status);
        });
    }

    private static boolean isOurs(String path) {
        return path.equals(Route.BASE_PATH) || path.startsWith(Route.BASE_PATH + "/");
    }

    private String template(String path, Optional<Destination> destination) {
        if (destination.isPresent()) {
            return destination.get().template();
        }
        return extra(path).map(ExtraRoute::path).orElse(HttpTimers.NO_ROUTE);
    }

    private Optional<ExtraRoute> extra(String path) {
        return Optional.ofNullable(extras.get(VerifyRoute.isBelow(path) ? VerifyRoute.PATH : path));
    }
}
