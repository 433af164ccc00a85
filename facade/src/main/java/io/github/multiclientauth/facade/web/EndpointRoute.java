package io.github.multiclientauth.facade.web;

import io.github.multiclientauth.facade.endpoint.Destination;
import io.github.multiclientauth.facade.endpoint.Endpoints;
import io.github.multiclientauth.facade.endpoint.Problems;
import io.github.multiclientauth.facade.endpoint.Problems.Audience;
import io.github.multiclientauth.facade.event.Events;
import io.github.multiclientauth.facade.event.RequestEvent;
import io.github.multiclientauth.facade.wire.AuthRequest;
import io.github.multiclientauth.facade.wire.Parameters;
import io.github.multiclientauth.facade.wire.Reference;
import io.github.multiclientauth.facade.wire.Reply;
import io.github.multiclientauth.origin.Origin;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Serves the endpoints of the contract over HTTP: reads the request, asks the endpoint, writes its reply. */
final class EndpointRoute {

    private final Endpoints endpoints;
    private final RequestReader reader;
    private final ReplyWriter writer;
    private final Unfinished unfinished;
    private final Events events;
    private final WhenRead whenRead = new WhenRead();

    EndpointRoute(Endpoints endpoints, RequestReader reader, ReplyWriter writer, Unfinished unfinished, Events events) {
        this.endpoints = endpoints;
        this.reader = reader;
        this.writer = writer;
        this.unfinished = unfinished;
        this.events = events;
    }

    /** A request on the connection, and where it goes. */
    private record Exchange(HttpServerRequest http, Destination destination) {

        Audience audience() {
            return EndpointRoute.audience(http, Optional.of(destination));
        }
    }

    void answer(HttpServerRequest http, Target target, Destination destination) {
        Optional<Origin> preFlight = Cors.mayGrant(destination) ? reader.preFlight(http) : Optional.empty();
        if (preFlight.isPresent()) {
            Cors.answerPreFlight(http, preFlight.get());
        } else {
            reader.read(http, target, destination).match(whenRead, new Exchange(http, destination));
        }
    }

    /** Answers a request for a path that does not exist. */
    void notFound(HttpServerRequest http) {
        writer.write(http, Endpoints.badRequest(), false);
    }

    /** Refuses a request that can be understood in two ways, wherever it goes. */
    void refuse(HttpServerRequest http, Optional<Destination> destination, String what) {
        Reference reference = reader.newReference();
        events.report(new RequestEvent.Malformed(reference, what));
        writer.write(http, Problems.malformed(reference, audience(http, destination)), false);
    }

    private final class WhenRead implements RequestReader.Result.Cases<Exchange> {

        @Override
        public void on(RequestReader.Result.Read result, Exchange exchange) {
            AuthRequest request = result.request();
            Cors.grant(exchange.http(), request, exchange.destination());
            if (request.isPost()) {
                Body.read(exchange.http(), unfinished, new WhenBodyRead(exchange, request));
            } else {
                ask(exchange, request);
            }
        }

        @Override
        public void on(RequestReader.Result.WrongMethod result, Exchange exchange) {
            notFound(exchange.http());
        }

        @Override
        public void on(RequestReader.Result.Malformed result, Exchange exchange) {
            refuse(exchange.http(), Optional.of(exchange.destination()), result.what());
        }

        @Override
        public void on(RequestReader.Result.Unrecognised result, Exchange exchange) {
            Reference reference = reader.newReference();
            events.report(new RequestEvent.Unrecognised(
                    reference, result.reason(), result.origin(), result.host(), result.ignored(), result.lacksTls()));
            writer.write(
                    exchange.http(), Problems.unrecognised(result.reason(), reference, exchange.audience()), false);
        }
    }

    private final class WhenBodyRead implements Body.Handler {

        private final Exchange exchange;
        private final AuthRequest request;

        WhenBodyRead(Exchange exchange, AuthRequest request) {
            this.exchange = exchange;
            this.request = request;
        }

        @Override
        public void read(Parameters parameters) {
            ask(exchange, request.withBody(parameters));
        }

        @Override
        public void malformed() {
            events.report(new RequestEvent.Malformed(
                    request.reference(), "the body cannot be read, or has a parameter twice"));
            writer.write(exchange.http(), Problems.malformed(request.reference(), exchange.audience()), false);
        }

        @Override
        public void tooLarge() {
            events.report(new RequestEvent.Malformed(request.reference(), "the body is too large"));
            abandon(Problems.tooLarge(request.reference(), exchange.audience()));
        }

        @Override
        public void tooSlow() {
            events.report(new RequestEvent.TooSlow());
            abandon(Problems.tooSlow(request.reference(), exchange.audience()));
        }

        @Override
        public void noRoom() {
            events.report(new RequestEvent.NoRoom());
            abandon(Problems.noRoom(request.reference(), exchange.audience()));
        }

        private void abandon(Reply reply) {
            writer.write(exchange.http(), reply, false);
            Body.abandon(exchange.http());
        }
    }

    private void ask(Exchange exchange, AuthRequest request) {
        try {
            CompletableFuture<Reply> answer =
                    endpoints.answer(exchange.destination().endpoint(), request).toCompletableFuture();
            if (answer.isDone() && !answer.isCompletedExceptionally()) {
                write(exchange, request, answer.join());
                return;
            }
            // Back on the event loop, whichever thread completes it.
            Future.fromCompletionStage(answer, Vertx.currentContext())
                    .onSuccess(reply -> write(exchange, request, reply))
                    .onFailure(failure -> fail(exchange, request, failure));
        } catch (RuntimeException e) {
            fail(exchange, request, e);
        }
    }

    private void write(Exchange exchange, AuthRequest request, Reply reply) {
        try {
            writer.write(exchange.http(), reply, request.wantsRedirectAsJson());
        } catch (RuntimeException e) {
            fail(exchange, request, e);
        }
    }

    private void fail(Exchange exchange, AuthRequest request, Throwable failure) {
        events.report(new RequestEvent.Failed(request.reference(), failure));
        HttpServerRequest http = exchange.http();
        if (!http.response().headWritten()) {
            http.response().headers().clear();
            Cors.grant(http, request, exchange.destination());
            writer.write(http, Problems.failure(request.reference(), exchange.audience()), false);
        }
    }

    private static Audience audience(HttpServerRequest http, Optional<Destination> destination) {
        Audience program = destination
                .map(found -> found.endpoint().rules().content().program())
                .orElse(Audience.CLIENT);
        // Nobody looks at the answer of an endpoint for servers.
        return program != Audience.TOKEN_CLIENT && RequestReader.acceptsHtml(http) ? Audience.PERSON : program;
    }
}
