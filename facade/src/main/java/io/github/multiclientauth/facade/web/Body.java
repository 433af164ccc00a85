package io.github.multiclientauth.facade.web;

import io.github.multiclientauth.facade.trace.TracedWork;
import io.github.multiclientauth.facade.wire.Parameters;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The parameters of a POST: form or JSON. Auth.js ignores bodies of other types. */
final class Body {

    /** In bytes. Forms of the contract are far smaller. */
    private static final int MAX_BYTES = 32 * 1024;

    /** In bytes: what a request holds beside its headers and its body, about. */
    private static final int OVERHEAD = 4 * 1024;

    /** RFC 9113, section 8.1: the answer is complete although the request is not. */
    private static final long NO_ERROR = 0;

    private Body() {}

    /** How reading ended. */
    sealed interface Content {
        record Read(Parameters parameters) implements Content {}

        /** No form or JSON object, or a parameter twice. */
        record Malformed() implements Content {}

        /** The connection cannot be used further. */
        record TooLarge() implements Content {}

        /** It did not come within the time for it. */
        record TooSlow() implements Content {}

        /** Bodies on their way hold all the memory that they may. */
        record NoRoom() implements Content {}
    }

    /**
     * Must be called in the handler of the request, before anything asynchronous: Vert.x drops what nobody takes.
     *
     * @param unfinished limits how long it may take, and what it may hold
     * @param handler gets it, as part of what this thread works on now
     */
    static void read(HttpServerRequest request, Unfinished unfinished, Consumer<Content> handler) {
        read(request, unfinished).onSuccess(TracedWork.carried(handler)::accept);
    }

    private static Future<Content> read(HttpServerRequest request, Unfinished unfinished) {
        Promise<Content> promise = Promise.promise();
        Buffer bytes = Buffer.buffer();
        Context context = Vertx.currentContext();
        Unfinished.Arrival arrival = unfinished.begin(
                OVERHEAD + headBytes(request),
                (ended, why) -> context.runOnContext(nothing -> promise.tryComplete(
                        why == Unfinished.End.TIME ? new Content.TooSlow() : new Content.NoRoom())));
        promise.future().onComplete(read -> arrival.end());
        request.handler(chunk -> {
            if (bytes.length() + chunk.length() > MAX_BYTES) {
                promise.tryComplete(new Content.TooLarge());
            } else if (!promise.future().isComplete()) {
                bytes.appendBuffer(chunk);
                arrival.grow(chunk.length());
            }
        });
        request.exceptionHandler(broken -> promise.tryComplete(new Content.Malformed()));
        request.endHandler(end -> promise.tryComplete(parse(mediaType(request), bytes)));
        return promise.future();
    }

    /** Takes no more of a body after the answer. Of HTTP/1.1 the {@link RequestGate} closes the connection. */
    static void abandon(HttpServerRequest request) {
        if (request.version() == HttpVersion.HTTP_2) {
            request.response().reset(NO_ERROR);
        }
    }

    private static int headBytes(HttpServerRequest request) {
        int bytes = request.uri().length();
        for (Map.Entry<String, String> header : request.headers()) {
            bytes += header.getKey().length() + header.getValue().length();
        }
        return bytes;
    }

    private static Content parse(String mediaType, Buffer bytes) {
        boolean json = mediaType.equals("application/json");
        if (bytes.length() == 0 || !json && !mediaType.equals("application/x-www-form-urlencoded")) {
            return new Content.Read(Parameters.NONE);
        }
        return text(bytes)
                .flatMap(json ? Parameters::ofJson : Parameters::ofForm)
                .<Content>map(Content.Read::new)
                .orElseGet(Content.Malformed::new);
    }

    private static Optional<String> text(Buffer bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.getBytes()))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static String mediaType(HttpServerRequest request) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        return type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }
}
