package io.github.multiclientauth.facade.web;

import io.github.multiclientauth.facade.client.CentralOrigins;
import io.github.multiclientauth.facade.client.ClientDirectory;
import io.github.multiclientauth.facade.endpoint.Endpoints;
import io.github.multiclientauth.facade.endpoint.Problems;
import io.github.multiclientauth.facade.endpoint.Problems.Audience;
import io.github.multiclientauth.facade.log.OperatorLog;
import io.github.multiclientauth.facade.metrics.HttpTimers;
import io.github.multiclientauth.facade.oidc.FacadeKeys;
import io.github.multiclientauth.facade.page.PageRenderer;
import io.github.multiclientauth.facade.signout.BackChannelLogout;
import io.github.multiclientauth.facade.trace.FacadeSpans;
import io.github.multiclientauth.facade.trace.FacadeSpans.RequestSpan;
import io.github.multiclientauth.facade.wire.Action;
import io.github.multiclientauth.facade.wire.AuthRequest;
import io.github.multiclientauth.facade.wire.Reply;
import io.github.multiclientauth.facade.wire.Route;
import io.github.multiclientauth.origin.Origin;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Serves {@code /api/auth} on the event loop. Plain Vert.x rather than REST resources: moving a request to a worker
 * thread costs four times what answering {@code /session} does (measured: 85.9 against 19.5 µs CPU).
 */
@Singleton
final class AuthRoutes {

    private final Endpoints endpoints;
    private final RequestReader reader;
    private final ReplyWriter writer;
    private final OperatorLog log;
    private final HttpTimers timers;
    private final FacadeSpans spans;
    private final Connections connections;
    private final BackChannelRoute backChannel;
    private final KeysRoute keys;
    private final ClientScript script = new ClientScript();

    AuthRoutes(
            Endpoints endpoints,
            BackChannelLogout logout,
            ClientDirectory directory,
            CentralOrigins central,
            FacadeKeys keys,
            SecureRandom random,
            PageRenderer pages,
            Connections connections,
            OperatorLog log,
            HttpTimers timers,
            FacadeSpans spans) {
        this.endpoints = endpoints;
        this.reader = new RequestReader(directory, new CentralHost(central), random);
        this.writer = new ReplyWriter(pages);
        this.keys = new KeysRoute(keys.keys());
        this.connections = connections;
        this.backChannel = new BackChannelRoute(logout, writer, connections.unfinished());
        this.log = log;
        this.timers = timers;
        this.spans = spans;
    }

    void register(@Observes Router router) {
        // By the raw target, not by a path of the router, which decodes and normalises before it compares.
        router.route().handler(this::handle);
    }

    private void handle(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        Target target = Target.of(request.uri());
        if (!isOurs(target.path())) {
            routing.next();
            return;
        }
        if (spans.areOff()) {
            whenEnded(request, target, status -> {});
            answer(request, target);
        } else {
            RequestSpan span = spans.begin(request, target.path());
            whenEnded(request, target, span::end);
            span.during(() -> answer(request, target));
        }
    }

    private void answer(HttpServerRequest request, Target target) {
        if (request.version() == HttpVersion.HTTP_2 && Http2Rules.refuses(request, connections.areForwarded())) {
            writer.write(
                    request, refusal(request, reader.malformed("a header is there twice, or two authorities")), false);
            return;
        }
        if (script.serves(request, target)) {
            script.write(request);
            return;
        }
        if (keys.serves(request, target)) {
            keys.write(request);
            return;
        }
        if (backChannel.serves(request, target)) {
            backChannel.answer(request);
            return;
        }
        Optional<Origin> preFlight = reader.preFlight(request, target);
        if (preFlight.isPresent()) {
            Cors.answerPreFlight(request, preFlight.get());
            return;
        }
        RequestReader.Result result = reader.read(request, target);
        if (result instanceof RequestReader.Result.Read read) {
            Cors.grant(request, read.request());
            answer(request, read.request());
        } else {
            writer.write(request, refusal(request, result), false);
        }
    }

    /** Also when the browser gives up before there is an answer: then there is no status. */
    private void whenEnded(HttpServerRequest request, Target target, Consumer<OptionalInt> further) {
        long began = System.nanoTime();
        request.response().endHandler(ended -> {
            HttpServerResponse response = request.response();
            OptionalInt status =
                    response.headWritten() ? OptionalInt.of(response.getStatusCode()) : OptionalInt.empty();
            timers.answered(request.method().name(), target.path(), status, began);
            further.accept(status);
        });
    }

    private static boolean isOurs(String path) {
        return path.equals(Route.BASE_PATH) || path.startsWith(Route.BASE_PATH + "/");
    }

    private void answer(HttpServerRequest http, AuthRequest request) {
        if (!request.isPost()) {
            complete(http, request);
            return;
        }
        Body.read(http, connections.unfinished(), content -> {
            if (content instanceof Body.Content.Read body) {
                complete(http, request.withBody(body.parameters()));
            } else if (content instanceof Body.Content.TooLarge) {
                log.malformed(request.reference(), "the body is too large");
                writer.write(http, Problems.tooLarge(request.reference(), audience(http)), false);
                Body.abandon(http);
            } else if (content instanceof Body.Content.TooSlow) {
                log.incomplete(true);
                writer.write(http, Problems.tooSlow(request.reference(), audience(http)), false);
                Body.abandon(http);
            } else if (content instanceof Body.Content.NoRoom) {
                log.incomplete(false);
                writer.write(http, Problems.noRoom(request.reference(), audience(http)), false);
                Body.abandon(http);
            } else {
                log.malformed(request.reference(), "the body cannot be read, or has a parameter twice");
                writer.write(http, Problems.malformed(request.reference(), audience(http)), false);
            }
        });
    }

    private void complete(HttpServerRequest http, AuthRequest request) {
        try {
            CompletableFuture<Reply> answer = endpoints.answer(request).toCompletableFuture();
            if (answer.isDone() && !answer.isCompletedExceptionally()) {
                write(http, request, answer.join());
                return;
            }
            // Back on the event loop, whichever thread completes it.
            Future.fromCompletionStage(answer, Vertx.currentContext())
                    .onSuccess(reply -> write(http, request, reply))
                    .onFailure(failure -> fail(http, request, failure));
        } catch (RuntimeException e) {
            fail(http, request, e);
        }
    }

    private void write(HttpServerRequest http, AuthRequest request, Reply reply) {
        try {
            writer.write(http, reply, request.wantsRedirectAsJson());
        } catch (RuntimeException e) {
            fail(http, request, e);
        }
    }

    private void fail(HttpServerRequest http, AuthRequest request, Throwable failure) {
        log.failed(request.reference(), failure);
        if (!http.response().headWritten()) {
            http.response().headers().clear();
            Cors.grant(http, request);
            writer.write(http, Problems.failure(request.reference(), audience(http)), false);
        }
    }

    private Reply refusal(HttpServerRequest http, RequestReader.Result result) {
        if (result instanceof RequestReader.Result.Malformed malformed) {
            log.malformed(malformed.reference(), malformed.what());
            return Problems.malformed(malformed.reference(), audience(http));
        }
        if (result instanceof RequestReader.Result.Unrecognised unrecognised) {
            log.unrecognised(unrecognised.reference(), unrecognised.reason(), unrecognised.host());
            return Problems.unrecognised(unrecognised.reason(), unrecognised.reference(), audience(http));
        }
        return Endpoints.badRequest();
    }

    /** Scripts that read the session never ask for HTML, and nothing but a session may look to them like an object. */
    private static Audience audience(HttpServerRequest http) {
        if (RequestReader.acceptsHtml(http)) {
            return Audience.PERSON;
        }
        boolean session = Route.parse(Target.of(http.uri()).path())
                .filter(route -> route.action() == Action.SESSION)
                .isPresent();
        return session ? Audience.SESSION_CLIENT : Audience.CLIENT;
    }
}
